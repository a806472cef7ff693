// A listener that must never be reached: it counts who comes, on both loopback families where there are two.
import { createServer, type AddressInfo, type Server } from 'node:net'

export interface TcpTrap {
  port: number
  connections(): number
  stop(): Promise<void>
}

export async function startTcpTrap(): Promise<TcpTrap> {
  let connections = 0
  const open = (host: string, port: number): Promise<Server | undefined> =>
    new Promise((resolve) => {
      const server = createServer((socket) => {
        connections += 1
        socket.destroy()
      })
      server.once('error', () => resolve(undefined))
      server.listen(port, host, () => resolve(server))
    })
  const v4 = await open('127.0.0.1', 0)
  if (!v4) throw new Error('no loopback to listen on')
  const port = (v4.address() as AddressInfo).port
  const v6 = await open('::1', port)
  return {
    port,
    connections: () => connections,
    async stop() {
      for (const server of [v4, v6]) await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
    },
  }
}
