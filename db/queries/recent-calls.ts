// The last calls of each connection: written in bulk, and of each connection no more than a page of them.
import { desc, eq, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { inChunks } from '../in-chunks.ts'
import { recentCall, type RecentCallRow } from '../schema/recent-call.ts'

/** Per connection. */
export const KEPT_CALLS = 50

export type NewRecentCall = Omit<RecentCallRow, 'id'>

/** In the order of their end. Those of a connection that was deleted meanwhile are dropped. */
export const addRecentCalls = (db: Database, calls: readonly NewRecentCall[]): Promise<void> =>
  inChunks(calls, (chunk) => {
    const touched = [...new Set(chunk.map(({ connectionUid }) => connectionUid))]
    return db.writeBatch([
      sql`
        INSERT INTO recent_call (connection_uid, at, tool, duration_ms, failed, code, principal, request_id)
        SELECT uid, value ->> 'at', value ->> 'tool', value ->> 'durationMs', value ->> 'failed',
          value ->> 'code', value ->> 'principal', value ->> 'requestId'
        FROM json_each(${JSON.stringify(chunk)}) AS made CROSS JOIN connection ON uid = made.value ->> 'connectionUid'`,
      sql`
        DELETE FROM recent_call WHERE id IN (
          SELECT old.id FROM json_each(${JSON.stringify(touched)}) AS touched CROSS JOIN recent_call AS old
            ON old.connection_uid = touched.value AND old.id <= (
              SELECT id FROM recent_call WHERE connection_uid = touched.value ORDER BY id DESC LIMIT 1 OFFSET ${KEPT_CALLS}))`,
    ])
  })

export interface ListedCall extends Omit<RecentCallRow, 'id' | 'connectionUid'> {
  /** The key's or the member's; null if it is gone. */
  callerName: string | null
}

const { at, tool, durationMs, failed, code, principal, requestId } = recentCall
const callerId = sql`substr(${principal}, instr(${principal}, ':') + 1)`
const callerName = sql<string | null>`CASE substr(${principal}, 1, instr(${principal}, ':') - 1)
  WHEN 'api_key' THEN (SELECT api_key.name FROM api_key WHERE api_key.id = ${callerId})
  WHEN 'member' THEN (SELECT member.name FROM member WHERE member.id = ${callerId}) END`

/** Newest first. */
export const listRecentCalls = (db: Database, input: { connectionUid: string; limit: number }): Promise<ListedCall[]> =>
  db.read(
    db.build
      .select({ at, tool, durationMs, failed, code, principal, requestId, callerName })
      .from(recentCall)
      .where(eq(recentCall.connectionUid, input.connectionUid))
      .orderBy(desc(recentCall.id))
      .limit(input.limit),
  )
