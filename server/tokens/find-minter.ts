// On whose behalf something acts that was made earlier, a link or a service token: whoever made it, as they are now.
import { findApiKeys } from '../../db/queries/api-keys.ts'
import { findMembers } from '../../db/queries/members.ts'
import type { ApiKeyRow } from '../../db/schema/api-key.ts'
import type { MemberRow } from '../../db/schema/member.ts'
import { apiKeyActorOf } from '../context/api-key-actor.ts'
import type { KnownMinter } from '../context/caches.ts'
import type { House } from '../context/context.ts'

/** By principal; without those whose key is revoked or expired, and members who are gone. */
export async function findMinters(house: House, principals: readonly string[]): Promise<Map<string, KnownMinter>> {
  const [keys, members] = await Promise.all([
    findRows(principals, 'api_key:', (ids) => findApiKeys(house.db, ids)),
    findRows(principals, 'member:', (ids) => findMembers(house.db, ids)),
  ])
  const nowMs = house.db.now()
  const good = keys.filter((row) => row.revokedAt === null && (row.expiresAt === null || row.expiresAt > nowMs))
  const found = [...good.map(keyAsMinter), ...members.map(memberAsMinter)]
  return new Map(found.map((minter) => [minter.principal, minter]))
}

async function findRows<Row>(principals: readonly string[], prefix: string, find: (ids: string[]) => Promise<Row[]>): Promise<Row[]> {
  const ids = principals.filter((principal) => principal.startsWith(prefix)).map((principal) => principal.slice(prefix.length))
  return ids.length === 0 ? [] : find(ids)
}

export const findMinter = async (house: House, principal: string): Promise<KnownMinter | undefined> =>
  (await findMinters(house, [principal])).get(principal)

const keyAsMinter = (row: ApiKeyRow): KnownMinter => ({
  principal: `api_key:${row.id}`,
  actor: apiKeyActorOf(row),
  expiresAtMs: row.expiresAt ?? undefined,
  version: JSON.stringify({ ...row, lastUsedAt: null }),
})

/** In no browser: what they made acts without them. */
const memberAsMinter = (row: MemberRow): KnownMinter => ({
  principal: `member:${row.id}`,
  actor: { kind: 'member', id: row.id, organizationId: row.organizationId, role: row.role, sessionHandle: '' },
  expiresAtMs: undefined,
  version: row.role,
})

/** At once in this process, when a key or a member has changed: what was minted by them is judged anew. */
export function forgetMinter(house: House, id: string): void {
  house.caches.minters.forgetWhere(({ actor }) => actor.id === id)
}
