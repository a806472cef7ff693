// What connections went through: written in bulk, a flow in one row that grows, and of each connection no more than the
// last flows of a kind.
import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { inChunks } from '../in-chunks.ts'
import { authorizationTrace, type AuthorizationTraceRow } from '../schema/authorization-trace.ts'

/** Per connection and kind: renewals must not push out the sign-in that they go back to. */
export const KEPT_FLOWS = 20

export type TracePart = Omit<AuthorizationTraceRow, 'id'>

/** What is said of a connection that was deleted meanwhile is dropped. */
export const addTraces = (db: Database, parts: readonly TracePart[]): Promise<void> =>
  inChunks(parts, (chunk) => {
    const touched = new Map(chunk.map(({ connectionUid, kind }) => [`${connectionUid} ${kind}`, { connectionUid, kind }]))
    return db.writeBatch([
      sql`
        INSERT INTO authorization_trace (flow_id, connection_uid, kind, started_at, steps)
        SELECT value ->> 'flowId', uid, value ->> 'kind', value ->> 'startedAt', value -> 'steps'
        FROM json_each(${JSON.stringify(chunk)}) AS told CROSS JOIN connection ON uid = told.value ->> 'connectionUid'
        WHERE true
        ON CONFLICT (flow_id) DO UPDATE SET steps = (
          SELECT json_group_array(json(step) ORDER BY part, place) FROM (
            SELECT 1 AS part, key AS place, value AS step FROM json_each(authorization_trace.steps)
            UNION ALL SELECT 2, key, value FROM json_each(excluded.steps)))`,
      sql`
        DELETE FROM authorization_trace WHERE id IN (
          SELECT old.id FROM json_each(${JSON.stringify([...touched.values()])}) AS touched CROSS JOIN authorization_trace AS old
            ON old.connection_uid = touched.value ->> 'connectionUid' AND old.kind = touched.value ->> 'kind' AND old.id <= (
              SELECT id FROM authorization_trace WHERE connection_uid = touched.value ->> 'connectionUid' AND kind = touched.value ->> 'kind'
              ORDER BY id DESC LIMIT 1 OFFSET ${KEPT_FLOWS}))`,
    ])
  })

/** Newest first; `beforeId` is the last one that was seen. */
export const listTraces = (db: Database, input: { connectionUid: string; beforeId: number | undefined; limit: number }): Promise<AuthorizationTraceRow[]> => {
  const { connectionUid, beforeId, limit } = input
  const wanted = and(eq(authorizationTrace.connectionUid, connectionUid), beforeId === undefined ? undefined : lt(authorizationTrace.id, beforeId))
  return db.read(db.build.select().from(authorizationTrace).where(wanted).orderBy(desc(authorizationTrace.id)).limit(limit))
}
