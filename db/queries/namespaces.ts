import { and, asc, eq } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { namespace, type NamespaceRow } from '../schema/namespace.ts'

export const findNamespace = (db: Database, name: string): Promise<NamespaceRow | undefined> =>
  db.read(db.build.select().from(namespace).where(eq(namespace.name, name)).get())

export const listNamespaces = (db: Database, { organizationId }: { organizationId: string }): Promise<NamespaceRow[]> =>
  db.read(db.build.select().from(namespace).where(eq(namespace.organizationId, organizationId)).orderBy(asc(namespace.name)))

/** False if the name is taken, by whomever. */
export async function insertNamespace(db: Database, row: NamespaceRow): Promise<boolean> {
  return (await db.write(db.build.insert(namespace).values(row).onConflictDoNothing({ target: namespace.name }))) === 1
}

/** With its connections and all that belongs to them. */
export async function deleteNamespace(db: Database, { name, organizationId }: { name: string; organizationId: string }): Promise<boolean> {
  return (await db.write(db.build.delete(namespace).where(and(eq(namespace.name, name), eq(namespace.organizationId, organizationId))))) === 1
}
