import { and, asc, eq, gte, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { inChunks } from '../in-chunks.ts'
import { usageBucket, type UsageBucketRow } from '../schema/usage-bucket.ts'

/** Adds to what the buckets hold. What is counted for a connection that was deleted meanwhile is dropped. */
export const addUsage = (db: Database, rows: readonly UsageBucketRow[]): Promise<void> =>
  inChunks(rows, (chunk) =>
    db.write(sql`
      INSERT INTO usage_bucket (connection_uid, minute, tool, calls, errors, total_duration_ms, latency)
      SELECT uid, value ->> 'minute', value ->> 'tool',
        value ->> 'calls', value ->> 'errors', value ->> 'totalDurationMs', value -> 'latency'
      FROM json_each(${JSON.stringify(chunk)}) AS counted CROSS JOIN connection ON uid = counted.value ->> 'connectionUid'
      WHERE true
      ON CONFLICT (connection_uid, minute, tool) DO UPDATE SET
        calls = calls + excluded.calls,
        errors = errors + excluded.errors,
        total_duration_ms = total_duration_ms + excluded.total_duration_ms,
        latency = (
          SELECT json_group_array(coalesce(old.value, 0) + added.value ORDER BY added.key)
          FROM json_each(excluded.latency) AS added LEFT JOIN json_each(usage_bucket.latency) AS old ON old.key = added.key
        )`),
  )

/** Oldest minute first. */
export const listUsage = (db: Database, input: { connectionUid: string; sinceMinute: number }): Promise<UsageBucketRow[]> => {
  const wanted = and(eq(usageBucket.connectionUid, input.connectionUid), gte(usageBucket.minute, input.sinceMinute))
  return db.read(db.build.select().from(usageBucket).where(wanted).orderBy(asc(usageBucket.minute), asc(usageBucket.tool)))
}
