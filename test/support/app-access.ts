// What a member once let an MCP client do, as its rows are.
import { insertDownstreamClient } from '../../db/queries/downstream-clients.ts'
import { insertDownstreamGrant } from '../../db/queries/downstream-grants.ts'
import type { House } from '../../server/context/context.ts'
import { newId } from '../../server/lib/ids.ts'
import { DAY_MS } from '../../server/lib/units.ts'

/** @returns its id. */
export async function storeAppAccess({ db }: House, member: { memberId: string; organizationId: string; namespace: string }, clientName = 'An app'): Promise<string> {
  const [id, clientId, createdAt] = [newId('dgr'), newId('app'), db.now()]
  await insertDownstreamClient(db, { id: clientId, name: clientName, redirectUris: ['https://app.example.com/callback'], createdAt, usedAt: null, freshUntil: null })
  await insertDownstreamGrant(db, {
    ...member, id, clientId, redirectUri: 'https://app.example.com/callback', audience: 'https://plugboard.example.com/mcp/any',
    policy: [{ namespaces: [member.namespace], metadata: [{ connectionId: 'it' }] }], codeHash: newId('any'), codeChallenge: 'any',
    familyHash: newId('any'), refreshHash: newId('any'), createdAt, redeemedAt: createdAt, lastUsedAt: createdAt, expiresAt: createdAt + DAY_MS,
  })
  return id
}
