import { and, eq, isNull, lt } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { downstreamClient, type DownstreamClientRow } from '../schema/downstream-client.ts'

export async function insertDownstreamClient(db: Database, row: DownstreamClientRow): Promise<void> {
  await db.write(db.build.insert(downstreamClient).values(row))
}

/** As its document has it now. Since when it was used stays. */
export async function upsertDescribedClient(db: Database, row: DownstreamClientRow): Promise<void> {
  const { name, redirectUris, createdAt, freshUntil } = row
  await db.write(db.build.insert(downstreamClient).values(row).onConflictDoUpdate({ target: downstreamClient.id, set: { name, redirectUris, createdAt, freshUntil } }))
}

export const findDownstreamClient = (db: Database, id: string): Promise<DownstreamClientRow | undefined> =>
  db.read(db.build.select().from(downstreamClient).where(eq(downstreamClient.id, id)).get())

/** Those that nobody ever let in. */
export const deleteUnusedDownstreamClients = (db: Database, { createdBefore }: { createdBefore: number }): Promise<number> =>
  db.write(db.build.delete(downstreamClient).where(and(isNull(downstreamClient.usedAt), lt(downstreamClient.createdAt, createdBefore))))
