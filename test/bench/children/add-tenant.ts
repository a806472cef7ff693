// One more organization in a data directory, with a key and connections of its own: <directory> <root key> <namespace> <connections> <upstream port>.
import { insertApiKey } from '../../../db/queries/api-keys.ts'
import { insertNamespace } from '../../../db/queries/namespaces.ts'
import { insertOrganization } from '../../../db/queries/organizations.ts'
import { keyRow } from '../../../server/identity/api-keys.ts'
import { generateKey } from '../../../server/identity/key-format.ts'
import { newId } from '../../../server/lib/ids.ts'
import { insertConnections } from '../seed/insert-connections.ts'
import { openHouse } from '../seed/open-house.ts'
import { connectionName } from './request-template.ts'

const [dataDir = '', rootKey = '', namespace = '', count, upstreamPort] = process.argv.slice(2)

const { house, close } = await openHouse(dataDir, rootKey)
const organizationId = newId('org')
const createdAt = house.now()
await insertOrganization(house.db, { id: organizationId, name: namespace, createdAt })
await insertNamespace(house.db, { name: namespace, organizationId, createdAt })
const key = generateKey()
await insertApiKey(house.db, keyRow({ key, name: namespace, organizationId, isRoot: false, createdAt, expiresAt: null }))
const connections = Array.from({ length: Number(count) }, (_, index) => ({
  connectionId: connectionName(index),
  mcpUrl: `http://127.0.0.1:${upstreamPort}/session/mcp`,
  protocol: { era: 'session', transport: 'streamable-http' } as const,
}))
await insertConnections(house, namespace, connections)
await close()
process.send!({ result: key })
