// Where a program that the harness did not write tells it something: each message waits for what comes of it.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Door {
  port: number
  close(): Promise<void>
}

/** On loopback. 204 once `take` is done, 500 with its reason if it failed. */
export async function startDoor(take: (body: string) => Promise<void>): Promise<Door> {
  const server = createServer((request, response) => {
    text(request)
      .then(take)
      .then(
        () => response.writeHead(204).end(),
        (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
      )
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
