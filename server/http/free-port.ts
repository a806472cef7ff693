import { createServer, type AddressInfo } from 'node:net'

/** A port that is free now, for PORT=0: PUBLIC_URL must name it before anything listens. */
export function findFreePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, host, () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
