// Takes the scenarios that the suite's child processes bring (client-relay.mjs), and says whether they were played to their end.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { z } from 'zod'

const clientScenario = z.object({
  scenario: z.string(),
  /** The MCP server of this scenario. */
  url: z.url(),
  /** The revision it is run for; the stable suite does not say. */
  revision: z.string().optional(),
  /** What a person would know of this server beforehand. */
  context: z
    .object({
      client_id: z.string().optional(),
      client_secret: z.string().optional(),
      private_key_pem: z.string().optional(),
      /** The signed identity of a workload. */
      valid_jwt: z.string().optional(),
      /** Of a person, from the identity provider of their organization. */
      idp_issuer: z.url().optional(),
      idp_client_id: z.string().optional(),
      idp_id_token: z.string().optional(),
      toolCalls: z.array(z.object({ name: z.string(), arguments: z.record(z.string(), z.unknown()) })).optional(),
    })
    .optional(),
})
export type ClientScenario = z.infer<typeof clientScenario>

export interface ScenarioDoor {
  url: string
  close(): Promise<void>
}

export async function startScenarioDoor(play: (scenario: ClientScenario) => Promise<void>): Promise<ScenarioDoor> {
  const server = createServer((request, response) => {
    text(request)
      .then((body) => play(clientScenario.parse(JSON.parse(body))))
      .then(
        () => response.writeHead(204).end(),
        // A scenario of an attack ends here: the suite knows which ones may.
        (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
      )
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
