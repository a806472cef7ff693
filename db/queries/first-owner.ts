import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { apiKey, type ApiKeyRow } from '../schema/api-key.ts'
import { connection } from '../schema/connection.ts'
import { connectionMetadata } from '../schema/connection-metadata.ts'
import { freedNamespace } from '../schema/freed-namespace.ts'
import { member, type MemberRow } from '../schema/member.ts'
import { namespace } from '../schema/namespace.ts'
import { namespaceUsage } from '../schema/namespace-usage.ts'
import { organization } from '../schema/organization.ts'
import { webhookEndpoint } from '../schema/webhook-endpoint.ts'

export interface FirstOwner {
  member: MemberRow
  organizationName: string
  apiKey: ApiKeyRow
  namespace: { from: string; to: string }
}

/**
 * Makes the installation somebody's: one owner, whoever else tries at the same moment, together with the names and
 * the key that come with it. False, and nothing happened, if there is a member already or the namespace's new name is taken.
 */
export async function insertFirstOwner(db: Database, owner: FirstOwner): Promise<boolean> {
  const { id, organizationId, email, name, role, passwordHash, createdAt } = owner.member
  const { from, to } = owner.namespace
  const taken =
    from === to
      ? sql`0`
      : sql`EXISTS (SELECT 1 FROM ${namespace} WHERE name = ${to})
          OR EXISTS (SELECT 1 FROM ${freedNamespace} WHERE name = ${to} AND organization_id <> ${organizationId})`
  // What follows happens for this very member or not at all.
  const won = sql`EXISTS (SELECT 1 FROM ${member} WHERE ${member.id} = ${id})`
  const key = owner.apiKey
  const [inserted] = await db.writeBatch([
    sql`INSERT INTO ${member} (id, organization_id, email, name, role, password_hash, created_at, last_signed_in_at)
        SELECT ${id}, ${organizationId}, ${email}, ${name}, ${role}, ${passwordHash}, ${createdAt}, ${createdAt}
        WHERE NOT EXISTS (SELECT 1 FROM ${member}) AND NOT (${taken})`,
    db.build.update(organization).set({ name: owner.organizationName }).where(and(eq(organization.id, organizationId), won)),
    sql`INSERT INTO ${apiKey} (id, organization_id, name, prefix, last_four, digest, role, is_root, created_at)
        SELECT ${key.id}, ${key.organizationId}, ${key.name}, ${key.prefix}, ${key.lastFour}, ${key.digest}, ${key.role}, 0, ${key.createdAt}
        WHERE ${won}`,
    ...(from === to ? [] : renameNamespace(db, { from, to, organizationId, at: createdAt, when: won })),
  ])
  return inserted === 1
}

interface Renaming {
  from: string
  to: string
  organizationId: string
  at: number
  when: ReturnType<typeof sql>
}

/** Its connections and their history move along; the old name stays the organization's, as if the namespace had been deleted. */
function renameNamespace(db: Database, { from, to, organizationId, at, when }: Renaming) {
  const owned = and(eq(namespace.name, from), eq(namespace.organizationId, organizationId), when)
  return [
    sql`INSERT INTO ${namespace} (name, organization_id, created_at) SELECT ${to}, organization_id, created_at FROM ${namespace} WHERE ${owned}`,
    db.build.update(connection).set({ namespace: to }).where(and(eq(connection.namespace, from), when)),
    db.build.update(connectionMetadata).set({ namespace: to }).where(and(eq(connectionMetadata.namespace, from), when)),
    db.build.update(namespaceUsage).set({ namespace: to }).where(and(eq(namespaceUsage.namespace, from), when)),
    db.build.update(webhookEndpoint).set({ namespace: to }).where(and(eq(webhookEndpoint.namespace, from), when)),
    sql`INSERT INTO ${freedNamespace} (name, organization_id, freed_at) SELECT name, organization_id, ${at} FROM ${namespace} WHERE ${owned}
        ON CONFLICT DO NOTHING`,
    db.build.delete(namespace).where(owned),
  ]
}
