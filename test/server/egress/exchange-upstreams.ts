// The other side of an exchange: the fixture upstream with its knobs, and servers that say any bytes at all.
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { FixtureKnobs } from '../../support/fixture-knobs.ts'
import { startFixtureUpstream, type FixtureUpstream } from '../../support/fixture-upstream.ts'

export interface ExchangeUpstreams {
  fixture(knobs?: Partial<FixtureKnobs>): Promise<FixtureUpstream>
  /** A server that answers every request with these bytes, whatever HTTP thinks of them. */
  rawServer(answer: (socket: Socket) => void): Promise<URL>
  /** For what a test started itself. */
  onStop(stop: () => Promise<unknown>): void
  stop(): Promise<void>
}

export function createExchangeUpstreams(): ExchangeUpstreams {
  const stops: (() => Promise<unknown>)[] = []
  return {
    async fixture(knobs = {}) {
      const upstream = await startFixtureUpstream({ sessions: false, ...knobs })
      stops.push(() => upstream.stop())
      return upstream
    },
    async rawServer(answer) {
      const sockets = new Set<Socket>()
      const server: Server = createServer((socket) => {
        sockets.add(socket)
        socket.on('error', () => {})
        socket.on('data', () => answer(socket))
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      stops.push(async () => {
        for (const socket of sockets) socket.destroy()
        await new Promise((resolve) => server.close(resolve))
      })
      return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    },
    onStop: (stop) => void stops.push(stop),
    async stop() {
      for (const stop of stops.splice(0)) await stop()
    },
  }
}

export const call = (name: string, input: object = {}): Buffer =>
  Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: input } }))

export const echo = { body: call('echo', { text: 'hello' }) }

/** An answer whose body says that it is coded like this. */
export const coded = (coding: string, body: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: ${coding}\r\ncontent-length: ${body.length}\r\n\r\n`),
    body,
  ])
