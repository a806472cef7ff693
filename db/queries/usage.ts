// Counters of calls: written by adding, read in the steps of a chart.
import { and, asc, eq, gte, sql, type SQL } from 'drizzle-orm'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from '../database.ts'
import { inChunks } from '../in-chunks.ts'
import type { NamespaceUsageRow } from '../schema/namespace-usage.ts'
import { usageBucket, type UsageBucketRow } from '../schema/usage-bucket.ts'
import { sumHistograms } from '../sum-histograms.ts'

/** What an upsert into `table` makes of the two rows. */
const sumOfBoth = (table: SQL): SQL => sql`
  calls = calls + excluded.calls,
  errors = errors + excluded.errors,
  total_duration_ms = total_duration_ms + excluded.total_duration_ms,
  latency = (
    SELECT json_group_array(coalesce(old.value, 0) + added.value ORDER BY added.key)
    FROM json_each(excluded.latency) AS added LEFT JOIN json_each(${table}.latency) AS old ON old.key = added.key
  )`

/** Adds to what the buckets hold. What is counted for a connection that was deleted meanwhile is dropped. */
export const addUsage = (db: Database, rows: readonly UsageBucketRow[]): Promise<void> =>
  inChunks(rows, (chunk) =>
    db.write(sql`
      INSERT INTO usage_bucket (connection_uid, minute, tool, calls, errors, total_duration_ms, latency)
      SELECT uid, value ->> 'minute', value ->> 'tool',
        value ->> 'calls', value ->> 'errors', value ->> 'totalDurationMs', value -> 'latency'
      FROM json_each(${JSON.stringify(chunk)}) AS counted CROSS JOIN connection ON uid = counted.value ->> 'connectionUid'
      WHERE true
      ON CONFLICT (connection_uid, minute, tool) DO UPDATE SET ${sumOfBoth(sql`usage_bucket`)}`),
  )

/** The same for whole namespaces. */
export const addNamespaceUsage = (db: Database, rows: readonly NamespaceUsageRow[]): Promise<void> =>
  inChunks(rows, (chunk) =>
    db.write(sql`
      INSERT INTO namespace_usage (namespace, period, calls, errors, total_duration_ms, latency)
      SELECT name, value ->> 'period', value ->> 'calls', value ->> 'errors', value ->> 'totalDurationMs', value -> 'latency'
      FROM json_each(${JSON.stringify(chunk)}) AS counted CROSS JOIN namespace ON name = counted.value ->> 'namespace'
      WHERE true
      ON CONFLICT (namespace, period) DO UPDATE SET ${sumOfBoth(sql`namespace_usage`)}`),
  )

/** Oldest minute first. */
export const listUsage = (db: Database, input: { connectionUid: string; sinceMinute: number }): Promise<UsageBucketRow[]> => {
  const wanted = and(eq(usageBucket.connectionUid, input.connectionUid), gte(usageBucket.minute, input.sinceMinute))
  return db.read(db.build.select().from(usageBucket).where(wanted).orderBy(asc(usageBucket.minute), asc(usageBucket.tool)))
}

/** From `fromMs` to before `toMs`, both multiples of `stepMs`. */
export interface UsageWindow {
  fromMs: number
  toMs: number
  stepMs: number
}

export interface UsageStep {
  /** Where the step starts, in milliseconds. */
  at: number
  calls: number
  errors: number
  /** Calls per place of LATENCY_BOUNDS_MS. */
  latency: number[]
}

type StepValues = [at: number, calls: number, errors: number, latencies: string]

/** The start of the step that `time` lies in. A bound number is a REAL to SQLite, which would divide without rest. */
const startOfStep = (time: SQL, stepMs: number): SQL => sql`${time} / CAST(${stepMs} AS INTEGER) * CAST(${stepMs} AS INTEGER)`

/** Histograms are added up here: SQLite would read each of them once for every place. */
const toStep = ([at, calls, errors, latencies]: StepValues): UsageStep => ({ at, calls, errors, latency: sumHistograms(latencies) })

/** Steps without calls are left out. */
export async function readNamespaceUsage(db: Database, input: UsageWindow & { namespace: string }): Promise<UsageStep[]> {
  const { namespace, fromMs, toMs, stepMs } = input
  const rows = await db.read(
    db.build.values<StepValues>(sql`
      SELECT ${startOfStep(sql`period`, stepMs)}, sum(calls), sum(errors), group_concat(latency)
      FROM namespace_usage WHERE namespace = ${namespace} AND period >= ${fromMs} AND period < ${toMs} GROUP BY 1`),
  )
  return rows.map(toStep)
}

/** Rows of about this time are read at once: a week of a busy connection in one statement would hold up the event loop. */
const SLICE_MS = 24 * 60 * 60 * 1000

/** By tool. */
export async function readConnectionUsage(db: Database, input: UsageWindow & { connectionUid: string }): Promise<(UsageStep & { tool: string })[]> {
  const { connectionUid, fromMs, toMs, stepMs } = input
  const steps: (UsageStep & { tool: string })[] = []
  for (let from = fromMs; from < toMs; from += SLICE_MS) {
    if (from > fromMs) await nextTurn()
    const until = Math.min(from + SLICE_MS, toMs)
    const rows = await db.read(
      db.build.values<[...StepValues, tool: string]>(sql`
        SELECT ${startOfStep(sql`minute`, stepMs)}, sum(calls), sum(errors), group_concat(latency), tool
        FROM usage_bucket WHERE connection_uid = ${connectionUid} AND minute >= ${from} AND minute < ${until} GROUP BY 1, tool`),
    )
    for (const [at, calls, errors, latencies, tool] of rows) steps.push({ ...toStep([at, calls, errors, latencies]), tool })
  }
  return steps
}

/** Per statement: a few milliseconds of the event loop. */
const PRUNE_ROWS = 500

/**
 * What was counted before that moment goes. Rows are inserted in the order of time, near enough, so the old ones are
 * the first of the table and no index is needed to find them.
 */
export async function deleteUsageBefore(db: Database, beforeMs: number): Promise<void> {
  const tables = [
    [sql`usage_bucket`, sql`minute`],
    [sql`namespace_usage`, sql`period`],
  ] as const
  for (const [table, time] of tables) {
    const slice = sql`DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} ORDER BY rowid LIMIT ${PRUNE_ROWS}) AND ${time} < ${beforeMs}`
    while ((await db.write(slice)) === PRUNE_ROWS) await nextTurn()
  }
}
