// Connections by the thousand, as `createConnection` would store them after a probe that went well, without
// the probe and many to a transaction. Each has a sealed credential of its own, unless it wants none.
import { connection, type JsonObject, type NewConnectionRow } from '../../../db/schema/connection.ts'
import { connectionMetadata } from '../../../db/schema/connection-metadata.ts'
import { credential, type CredentialRow } from '../../../db/schema/credential.ts'
import { findNamespace } from '../../../db/queries/namespaces.ts'
import { sealCredential } from '../../../server/connections/connection-credential.ts'
import { metadataPairs } from '../../../server/policy/metadata-text.ts'
import type { House } from '../../../server/context/context.ts'
import { newId } from '../../../server/lib/ids.ts'
import type { ProtocolVerdict } from '../../../server/mcp/protocol-revision.ts'

export interface SeedConnection {
  connectionId: string
  mcpUrl: string
  protocol: ProtocolVerdict
  /** Without a credential, where none is read. */
  sealed?: false
  metadata?: JsonObject
}

const ROWS_PER_STATEMENT = 200
const GENERATION = 1

export async function insertConnections(house: House, namespace: string, seeds: readonly SeedConnection[]): Promise<void> {
  const organizationId = (await findNamespace(house.db, namespace))!.organizationId
  await house.vault.prepareOrganization(organizationId)
  const startMs = house.now()
  for (let from = 0; from < seeds.length; from += ROWS_PER_STATEMENT) {
    const rows = seeds.slice(from, from + ROWS_PER_STATEMENT).map((seed, index) => rowsOf(house, { seed, namespace, organizationId, createdAt: startMs + from + index }))
    const credentials = rows.flatMap((row) => row.credential)
    const texts = rows.flatMap((row) => row.metadata)
    await house.db.writeBatch([
      house.db.build.insert(connection).values(rows.map((row) => row.connection)),
      ...(credentials.length > 0 ? [house.db.build.insert(credential).values(credentials)] : []),
      ...(texts.length > 0 ? [house.db.build.insert(connectionMetadata).values(texts)] : []),
    ])
  }
}

interface Placed {
  seed: SeedConnection
  namespace: string
  organizationId: string
  createdAt: number
}

function rowsOf(house: House, { seed, namespace, organizationId, createdAt }: Placed) {
  const uid = newId('con')
  const { connectionId, mcpUrl, protocol, metadata } = seed
  const row: NewConnectionRow = {
    uid,
    organizationId,
    namespace,
    connectionId,
    name: connectionId,
    mcpUrl,
    mcpUrlDigest: house.vault.digest(organizationId, 'mcp_url', mcpUrl),
    metadata: metadata ?? null,
    status: { state: 'connected' },
    serverInfo: { name: 'bench-upstream', version: '1.0.0' },
    protocol: { ...protocol },
    sessions: 'shared',
    revision: 1,
    credentialGeneration: GENERATION,
    createdAt,
    updatedAt: createdAt,
  }
  const texts = metadataPairs(metadata).map(({ key, value }) => ({ namespace, key, value, connectionCreatedAt: createdAt, connectionUid: uid }))
  return { connection: row, credential: seed.sealed === false ? [] : [credentialOf(house, row, connectionId)], metadata: texts }
}

function credentialOf(house: House, row: NewConnectionRow, connectionId: string): CredentialRow {
  const { uid: connectionUid, organizationId, createdAt } = row
  const secret = { destination: row.mcpUrl, headers: { 'x-api-key': `key-of-${connectionId}` }, search: '' }
  const sealed = sealCredential(house.vault, { organizationId, connectionUid, generation: GENERATION, nowMs: createdAt }, secret)!
  return { connectionUid, organizationId, ...sealed }
}
