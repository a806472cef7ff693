// Fills a data directory and leaves: <directory> <root key> <connections> <upstream port>.
import { insertConnections, type SeedConnection } from '../seed/insert-connections.ts'
import { openHouse } from '../seed/open-house.ts'
import { connectionName } from './request-template.ts'

const [dataDir = '', rootKey = '', count, upstreamPort] = process.argv.slice(2)
const origin = `http://127.0.0.1:${upstreamPort}`

const services = await openHouse(dataDir, rootKey)
const sessions = Array.from({ length: Number(count) }, (_, index): SeedConnection => ({
  connectionId: connectionName(index),
  mcpUrl: `${origin}/session/mcp`,
  protocol: { era: 'session', transport: 'streamable-http' },
  metadata: { userId: `user-${index}`, plan: index % 2 === 0 ? 'free' : 'pro' },
}))
const stateless: SeedConnection = { connectionId: 'stateless', mcpUrl: `${origin}/stateless/mcp`, protocol: { era: 'stateless' } }
await insertConnections(services.house, services.setUp.namespace, [...sessions, stateless])
await services.close()
process.send!({ result: 'ready' })
