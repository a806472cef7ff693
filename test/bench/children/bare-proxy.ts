// The yardstick: a reverse proxy as one writes it with node:http and nothing else. It looks at nothing,
// knows nobody, and pipes both bodies.
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

const upstreamPort = Number(process.argv[2])
const agent = new Agent({ keepAlive: true, maxSockets: 512, maxFreeSockets: 512 })

const server = createServer((incoming, outgoing) => {
  const { connection: _hop, ...headers } = incoming.headers
  headers.host = `127.0.0.1:${upstreamPort}`
  const onward = request({ host: '127.0.0.1', port: upstreamPort, method: incoming.method, path: incoming.url, headers, agent }, (answer) => {
    const { connection: _close, 'keep-alive': _keep, ...kept } = answer.headers
    outgoing.writeHead(answer.statusCode!, kept)
    answer.pipe(outgoing)
  })
  onward.on('error', () => {
    if (!outgoing.headersSent) outgoing.writeHead(502)
    outgoing.end()
  })
  incoming.pipe(onward)
})

server.keepAliveTimeout = 600_000
server.listen(0, '127.0.0.1', 4096, () => process.send!({ result: (server.address() as AddressInfo).port }))
process.on('disconnect', () => process.exit(0))
