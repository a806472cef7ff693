import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { serviceToken, type ServiceTokenRow } from '../schema/service-token.ts'

export async function insertServiceToken(db: Database, row: ServiceTokenRow): Promise<void> {
  await db.write(db.build.insert(serviceToken).values(row))
}

/** Revoked and expired ones, too. */
export const findServiceToken = (db: Database, { organizationId, id }: { organizationId: string; id: string }): Promise<ServiceTokenRow | undefined> =>
  db.read(db.build.select().from(serviceToken).where(and(eq(serviceToken.id, id), eq(serviceToken.organizationId, organizationId))).get())

export interface ListServiceTokens {
  organizationId: string
  limit: number
  /** The last one of the page before. */
  after?: Pick<ServiceTokenRow, 'createdAt' | 'id'> | undefined
}

/** Newest first; revoked and expired ones, too. */
export const listServiceTokens = (db: Database, { organizationId, limit, after }: ListServiceTokens): Promise<ServiceTokenRow[]> => {
  const { createdAt, id } = serviceToken
  const older = after && sql`(${createdAt}, ${id}) < (${after.createdAt}, ${after.id})`
  return db.read(
    db.build.select().from(serviceToken).where(and(eq(serviceToken.organizationId, organizationId), older)).orderBy(desc(createdAt), desc(id)).limit(limit),
  )
}

export const deleteServiceTokensEndedBefore = (db: Database, at: number): Promise<number> =>
  db.write(db.build.delete(serviceToken).where(lt(serviceToken.expiresAt, at)))
