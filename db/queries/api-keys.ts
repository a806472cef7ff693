import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { inChunks } from '../in-chunks.ts'
import { prepareOnce } from '../prepare-once.ts'
import { apiKey, type ApiKeyRow } from '../schema/api-key.ts'

const byDigest = prepareOnce((build) => build.select().from(apiKey).where(eq(apiKey.digest, sql.placeholder('digest'))).prepare())

/** Revoked and expired ones, too. */
export const findApiKeyByDigest = (db: Database, digest: string): Promise<ApiKeyRow | undefined> => db.read(byDigest(db).get({ digest }))

/** Revoked and expired ones, too. */
export const findApiKey = (db: Database, { organizationId, id }: { organizationId: string; id: string }): Promise<ApiKeyRow | undefined> =>
  db.read(db.build.select().from(apiKey).where(and(eq(apiKey.id, id), eq(apiKey.organizationId, organizationId))).get())

/** Newest first; revoked and expired ones, too. */
export const listApiKeys = (db: Database, { organizationId }: { organizationId: string }): Promise<ApiKeyRow[]> =>
  db.read(
    db.build.select().from(apiKey).where(eq(apiKey.organizationId, organizationId)).orderBy(desc(apiKey.createdAt), desc(apiKey.id)),
  )

/** False if this very key is there already. */
export async function insertApiKey(db: Database, row: ApiKeyRow): Promise<boolean> {
  return (await db.write(db.build.insert(apiKey).values(row).onConflictDoNothing({ target: apiKey.digest }))) === 1
}

/** False if there is no such key or it was revoked before. */
export async function revokeApiKey(db: Database, input: { organizationId: string; id: string; at: number }): Promise<boolean> {
  const { organizationId, id, at } = input
  const unrevoked = and(eq(apiKey.id, id), eq(apiKey.organizationId, organizationId), isNull(apiKey.revokedAt))
  return (await db.write(db.build.update(apiKey).set({ revokedAt: at }).where(unrevoked))) === 1
}

/** Of any organization; revoked and expired ones, too. */
export const findApiKeys = (db: Database, ids: readonly string[]): Promise<ApiKeyRow[]> =>
  db.read(db.build.select().from(apiKey).where(inArray(apiKey.id, [...ids])))

export const recordApiKeyUse = (db: Database, uses: readonly { id: string; at: number }[]): Promise<void> =>
  inChunks(uses, (chunk) =>
    db.write(sql`
      UPDATE api_key SET last_used_at = max(coalesce(last_used_at, 0), used.at)
      FROM (SELECT value ->> 'id' AS id, max(value ->> 'at') AS at FROM json_each(${JSON.stringify(chunk)}) GROUP BY 1) AS used
      WHERE api_key.id = used.id`),
  )
