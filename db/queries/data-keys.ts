import { and, asc, eq } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { dataKey, type DataKeyRow } from '../schema/data-key.ts'

export type DataKeyName = Pick<DataKeyRow, 'organizationId' | 'purpose' | 'version'>

const isNamed = ({ organizationId, purpose, version }: DataKeyName) =>
  and(eq(dataKey.organizationId, organizationId), eq(dataKey.purpose, purpose), eq(dataKey.version, version))

export const listDataKeys = (db: Database): Promise<DataKeyRow[]> =>
  db.read(db.build.select().from(dataKey).orderBy(asc(dataKey.organizationId), asc(dataKey.purpose), asc(dataKey.version)))

/** False if that version exists: another process made it first, and its key counts. */
export async function insertDataKey(db: Database, row: DataKeyRow): Promise<boolean> {
  return (await db.write(db.build.insert(dataKey).values(row).onConflictDoNothing())) === 1
}

/** The same data key under another key-encryption key. False if it was wrapped anew meanwhile. */
export async function replaceWrappedKey(
  db: Database,
  { wrapped, kekId, expectedWrapped, ...name }: DataKeyName & { wrapped: string; kekId: string; expectedWrapped: string },
): Promise<boolean> {
  const unchanged = and(isNamed(name), eq(dataKey.wrapped, expectedWrapped))
  return (await db.write(db.build.update(dataKey).set({ wrapped, kekId }).where(unchanged))) === 1
}

export async function deleteDataKey(db: Database, name: DataKeyName): Promise<boolean> {
  return (await db.write(db.build.delete(dataKey).where(isNamed(name)))) === 1
}
