import type { Database } from '../../db/database.ts'
import { insertConnection } from '../../db/queries/connections.ts'
import type { CredentialWrite, MetadataText } from '../../db/queries/connection-children.ts'
import { insertNamespace } from '../../db/queries/namespaces.ts'
import { insertOrganization } from '../../db/queries/organizations.ts'
import type { ApiKeyRow } from '../../db/schema/api-key.ts'
import type { NewConnectionRow } from '../../db/schema/connection.ts'

export const connectionRow = (uid: string, changes: Partial<NewConnectionRow> = {}): NewConnectionRow => ({
  uid,
  organizationId: 'org_1',
  namespace: 'demo',
  connectionId: `id-${uid}`,
  name: 'Linear',
  mcpUrl: 'https://mcp.linear.app/mcp?key=***',
  mcpUrlDigest: 'digest-1',
  status: { state: 'connected' },
  sessions: 'shared',
  revision: 1,
  credentialGeneration: 1,
  createdAt: 1000,
  updatedAt: 1000,
  ...changes,
})

export const credentialWrite = (changes: Partial<CredentialWrite> = {}): CredentialWrite => ({
  generation: 1,
  kind: 'headers',
  sealed: 'sealed-1',
  createdAt: 1000,
  updatedAt: 1000,
  ...changes,
})

export const apiKeyRow = (id: string, changes: Partial<ApiKeyRow> = {}): ApiKeyRow => ({
  id,
  organizationId: 'org_1',
  name: 'backend',
  prefix: 'plug_abc',
  lastFour: 'wxyz',
  digest: `digest-of-${id}`,
  role: 'admin',
  isRoot: false,
  createdAt: 1000,
  expiresAt: null,
  lastUsedAt: null,
  revokedAt: null,
  namespaces: null,
  operations: null,
  addresses: null,
  ...changes,
})

/** Organization `org_1` with the namespace `demo`. */
export async function addDemoNamespace(db: Database): Promise<void> {
  await insertOrganization(db, { id: 'org_1', name: 'Acme', createdAt: 0 })
  await insertNamespace(db, { name: 'demo', organizationId: 'org_1', createdAt: 0 })
}

export interface SampleConnection extends Partial<NewConnectionRow> {
  uid: string
  texts?: MetadataText[]
  credential?: CredentialWrite
}

export async function addConnection(db: Database, { uid, texts = [], credential, ...changes }: SampleConnection): Promise<void> {
  await insertConnection(db, { connection: connectionRow(uid, changes), metadataTexts: texts, credential })
}
