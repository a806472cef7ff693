import { and, asc, eq, inArray } from 'drizzle-orm'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from '../database.ts'
import { connection } from '../schema/connection.ts'
import { namespace, type NamespaceRow } from '../schema/namespace.ts'

export const findNamespace = (db: Database, name: string): Promise<NamespaceRow | undefined> =>
  db.read(db.build.select().from(namespace).where(eq(namespace.name, name)).get())

export const listNamespaces = (db: Database, { organizationId }: { organizationId: string }): Promise<NamespaceRow[]> =>
  db.read(db.build.select().from(namespace).where(eq(namespace.organizationId, organizationId)).orderBy(asc(namespace.name)))

/** False if the name is taken, by whomever. */
export async function insertNamespace(db: Database, row: NamespaceRow): Promise<boolean> {
  return (await db.write(db.build.insert(namespace).values(row).onConflictDoNothing({ target: namespace.name }))) === 1
}

/** Which connections go when the namespace does. */
export const listConnectionsIn = (
  db: Database,
  { name, organizationId }: { name: string; organizationId: string },
): Promise<{ uid: string; connectionId: string }[]> =>
  db.read(
    db.build
      .select({ uid: connection.uid, connectionId: connection.connectionId })
      .from(connection)
      .where(and(eq(connection.namespace, name), eq(connection.organizationId, organizationId))),
  )

/** Connections per statement: a file database deletes this many, with what belongs to them, in about 10 ms. */
const DELETE_ROWS = 1000

/**
 * With its connections and all that belongs to them: slice by slice, because one statement over 100,000 of
 * them would hold up the event loop for a second. The namespace goes last, so a deletion that was
 * interrupted can be repeated.
 */
export async function deleteNamespace(db: Database, { name, organizationId }: { name: string; organizationId: string }): Promise<boolean> {
  const owned = and(eq(connection.namespace, name), eq(connection.organizationId, organizationId))
  const slice = db.build.select({ uid: connection.uid }).from(connection).where(owned).limit(DELETE_ROWS)
  while ((await db.write(db.build.delete(connection).where(inArray(connection.uid, slice)))) === DELETE_ROWS) await nextTurn()
  const itself = and(eq(namespace.name, name), eq(namespace.organizationId, organizationId))
  return (await db.write(db.build.delete(namespace).where(itself))) === 1
}
