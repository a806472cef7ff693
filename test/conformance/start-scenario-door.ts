// Takes the scenarios that the suite's child processes bring (client-relay.mjs), and says whether they were played to their end.
import { z } from 'zod'
import { type Door, startDoor } from './start-door.ts'

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

/** A scenario of an attack may fail: the suite knows which ones. */
export const startScenarioDoor = (play: (scenario: ClientScenario) => Promise<void>): Promise<Door> =>
  startDoor((body) => play(clientScenario.parse(JSON.parse(body))))
