// Connections whose deletion can still be undone: the row is there, and no other query finds it.
import { and, eq, gt, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from '../database.ts'
import { connection, type ConnectionRow } from '../schema/connection.ts'
import { usageBucket } from '../schema/usage-bucket.ts'
import type { ConnectionEnd } from './connections.ts'
import { tellDeletion } from './webhook-events.ts'

/** A new revision, so that whoever is about to change the connection notices. */
const nextRevision = sql`${connection.revision} + 1`

/** False if it is gone or hidden already. */
export async function hideConnection(db: Database, { uid, at, expectedRevision }: ConnectionEnd): Promise<boolean> {
  const asExpected = expectedRevision === undefined ? undefined : eq(connection.revision, expectedRevision)
  const visible = and(eq(connection.uid, uid), isNull(connection.deletedAt), asExpected)
  return (await db.write(db.build.update(connection).set({ deletedAt: at, revision: nextRevision }).where(visible))) === 1
}

export const findHiddenConnection = (
  db: Database,
  { namespace, connectionId }: { namespace: string; connectionId: string },
): Promise<ConnectionRow | undefined> => {
  const wanted = and(eq(connection.namespace, namespace), eq(connection.connectionId, connectionId), isNotNull(connection.deletedAt))
  return db.read(db.build.select().from(connection).where(wanted).get())
}

/** False if it was not hidden, or that long ago that it is being deleted. */
export async function restoreConnection(db: Database, input: { uid: string; hiddenAfter: number }): Promise<boolean> {
  const restorable = and(eq(connection.uid, input.uid), gt(connection.deletedAt, input.hiddenAfter))
  return (await db.write(db.build.update(connection).set({ deletedAt: null, revision: nextRevision }).where(restorable))) === 1
}

/** Per statement: a file database deletes this many in a few milliseconds. */
const DELETE_CONNECTIONS = 20
const DELETE_BUCKETS = 1000

/** Those hidden at `until` or before, with all that belongs to them; slice by slice, since a busy one has many rows of usage. */
export async function deleteHiddenConnections(db: Database, { until, at }: { until: number; at: number }): Promise<void> {
  const due = db.build.select({ uid: connection.uid }).from(connection).where(lte(connection.deletedAt, until))
  const used = db.build.select({ rowid: sql`rowid` }).from(usageBucket).where(inArray(usageBucket.connectionUid, due)).limit(DELETE_BUCKETS)
  while ((await db.write(db.build.delete(usageBucket).where(inArray(sql`rowid`, used)))) === DELETE_BUCKETS) await nextTurn()
  const slice = inArray(connection.uid, due.orderBy(connection.deletedAt).limit(DELETE_CONNECTIONS))
  const deleteSlice = () => db.writeBatch([tellDeletion(db, { when: slice, at }), db.build.delete(connection).where(slice)])
  while ((await deleteSlice())[1] === DELETE_CONNECTIONS) await nextTurn()
}
