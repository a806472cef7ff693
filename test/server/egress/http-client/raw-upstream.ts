// An upstream that says bytes: it knows which connection and which request it answers, and nothing of HTTP.
import { createServer, type AddressInfo, type Socket } from 'node:net'

export interface RawUpstream {
  url: URL
  /** How many connections were made. */
  connections(): number
  /** Resolves when so many of them are closed. */
  closed(count: number): Promise<void>
  stop(): Promise<void>
}

export interface RawRequest {
  socket: Socket
  /** Both from 1. */
  connection: number
  request: number
  text: string
}

/** One read is taken for one request, which on loopback it is. */
export async function startRawUpstream(answer: (request: RawRequest) => void): Promise<RawUpstream> {
  const sockets: Socket[] = []
  let requests = 0
  let closed = 0
  let onClosed = () => {}
  const server = createServer((socket) => {
    sockets.push(socket)
    const connection = sockets.length
    socket.on('error', () => {})
    socket.on('close', () => {
      closed += 1
      onClosed()
    })
    socket.on('data', (bytes) => answer({ socket, connection, request: (requests += 1), text: bytes.toString('latin1') }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`),
    connections: () => sockets.length,
    closed: (count) =>
      new Promise((resolve) => {
        onClosed = () => closed >= count && resolve()
        onClosed()
      }),
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
