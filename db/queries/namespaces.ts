import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from '../database.ts'
import { connection } from '../schema/connection.ts'
import { freedNamespace } from '../schema/freed-namespace.ts'
import { namespace, type NamespaceRow } from '../schema/namespace.ts'

export const findNamespace = (db: Database, name: string): Promise<NamespaceRow | undefined> =>
  db.read(db.build.select().from(namespace).where(eq(namespace.name, name)).get())

export const listNamespaces = (db: Database, { organizationId }: { organizationId: string }): Promise<NamespaceRow[]> =>
  db.read(db.build.select().from(namespace).where(eq(namespace.organizationId, organizationId)).orderBy(asc(namespace.name)))

/** False if the name is taken, by whomever, or was another organization's once. */
export async function insertNamespace(db: Database, row: NamespaceRow): Promise<boolean> {
  const { name, organizationId, createdAt } = row
  const another = and(eq(freedNamespace.name, name), ne(freedNamespace.organizationId, organizationId))
  const oncesOfAnother = db.build.select({ one: sql`1` }).from(freedNamespace).where(another)
  const unlessAnothers = sql`SELECT ${name}, ${organizationId}, ${createdAt} WHERE NOT EXISTS ${oncesOfAnother}`
  return (await db.write(db.build.insert(namespace).select(unlessAnothers).onConflictDoNothing({ target: namespace.name }))) === 1
}

/** Which connections go when the namespace does, hidden ones included. */
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
export async function deleteNamespace(db: Database, input: { name: string; organizationId: string; at: number }): Promise<boolean> {
  const { name, organizationId, at } = input
  const owned = and(eq(connection.namespace, name), eq(connection.organizationId, organizationId))
  const slice = db.build.select({ uid: connection.uid }).from(connection).where(owned).limit(DELETE_ROWS)
  while ((await db.write(db.build.delete(connection).where(inArray(connection.uid, slice)))) === DELETE_ROWS) await nextTurn()
  const itself = and(eq(namespace.name, name), eq(namespace.organizationId, organizationId))
  const [, deleted] = await db.writeBatch([
    db.build
      .insert(freedNamespace)
      .select(sql`SELECT ${namespace.name}, ${namespace.organizationId}, ${at} FROM ${namespace} WHERE ${itself}`)
      .onConflictDoNothing({ target: freedNamespace.name }),
    db.build.delete(namespace).where(itself),
  ])
  return deleted === 1
}
