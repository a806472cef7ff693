// Counts calls without touching the database on their way: buckets in memory, written every few
// seconds and at a clean stop.
import type { Database } from '../../db/database.ts'
import { recordApiKeyUse } from '../../db/queries/api-keys.ts'
import { recordConnectionUse } from '../../db/queries/connections.ts'
import { addRecentCalls } from '../../db/queries/recent-calls.ts'
import { addNamespaceUsage, addUsage } from '../../db/queries/usage.ts'
import { LATENCY_BOUNDS_MS } from '../../db/schema/usage-bucket.ts'
import type { Now } from '../lib/clock.ts'
import type { Logger } from '../lib/logger.ts'
import { MINUTE_MS } from '../lib/units.ts'
import { wellFormed } from '../lib/well-formed.ts'
import { CallTotals, type CountedCalls } from './call-totals.ts'
import type { FinishedCall } from './finished-call.ts'
import { addHistogram, emptyHistogram } from './latency-histogram.ts'
import { NamespaceCounts } from './namespace-counts.ts'
import { RecentCalls } from './recent-calls.ts'

interface Bucket {
  connectionUid: string
  namespace: string
  tool: string
  minute: number
  calls: number
  errors: number
  totalDurationMs: number
  latency: number[]
  /** Of the same connection, opened before. */
  next: Bucket | undefined
}

const MAX_TOOL_NAME = 128
/** Of one connection in one minute. Callers choose the names, and each is a row. */
const MAX_TOOL_NAMES = 200
const OTHER_TOOLS = '(other)'

export class UsageRecorder {
  readonly #db: Database
  readonly #now: Now
  readonly #log: Logger
  readonly #onCall: (connectionUid: string, principal: string) => void
  /** By connection, the newest first: most have one, and a key made of all three for each call would cost more than the walk. */
  #buckets = new Map<string, Bucket>()
  /** Of buckets that are written, and themselves not written yet. */
  readonly #namespaces = new NamespaceCounts()
  readonly #recent = new RecentCalls()
  /** Written, so up to a few seconds old. */
  readonly #totals = new CallTotals()
  #connectionUses = new Map<string, number>()
  #keyUses = new Map<string, number>()
  #flushing: Promise<void> = Promise.resolve()
  /** By connection: the names that have a row of their own in this minute. */
  #names = new Map<string, Set<string>>()
  #namesMinute = 0

  /** `onCall` hears of each call whose connection it is, and who made it. */
  constructor(db: Database, now: Now, log: Logger, onCall: (connectionUid: string, principal: string) => void = () => undefined) {
    this.#db = db
    this.#now = now
    this.#log = log
    this.#onCall = onCall
  }

  get totals(): CountedCalls {
    return this.#totals
  }

  recordCall(call: FinishedCall): void {
    const nowMs = this.#now()
    const minute = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS
    const tool = wellFormed(call.tool.slice(0, MAX_TOOL_NAME))
    const bucket = this.#find(call.connectionUid, minute, tool) ?? this.#openBucket(call, minute, tool)
    bucket.calls++
    if (call.failed) bucket.errors++
    bucket.totalDurationMs += Math.round(call.durationMs)
    const place = LATENCY_BOUNDS_MS.findIndex((bound) => call.durationMs <= bound)
    const index = place < 0 ? LATENCY_BOUNDS_MS.length : place
    bucket.latency[index]! += 1
    this.#connectionUses.set(call.connectionUid, nowMs)
    this.#onCall(call.connectionUid, call.principal)
    this.#recent.keep(call, tool, nowMs)
  }

  #openBucket({ connectionUid, namespace }: FinishedCall, minute: number, named: string): Bucket {
    const tool = this.#admitName(connectionUid, minute, named) ? named : OTHER_TOOLS
    const open = tool === named ? undefined : this.#find(connectionUid, minute, tool)
    if (open) return open
    const bucket = { connectionUid, namespace, tool, minute, calls: 0, errors: 0, totalDurationMs: 0, latency: emptyHistogram(), next: undefined }
    this.#add(bucket)
    return bucket
  }

  #add(bucket: Bucket): void {
    bucket.next = this.#buckets.get(bucket.connectionUid)
    this.#buckets.set(bucket.connectionUid, bucket)
  }

  #find(connectionUid: string, minute: number, tool: string): Bucket | undefined {
    let bucket = this.#buckets.get(connectionUid)
    while (bucket && (bucket.minute !== minute || bucket.tool !== tool)) bucket = bucket.next
    return bucket
  }

  /** Remembered across flushes: what was written counts too. */
  #admitName(connectionUid: string, minute: number, name: string): boolean {
    if (minute !== this.#namesMinute) {
      this.#namesMinute = minute
      this.#names = new Map()
    }
    const names = this.#names.get(connectionUid) ?? new Set()
    this.#names.set(connectionUid, names)
    if (names.size >= MAX_TOOL_NAMES && !names.has(name)) return false
    names.add(name)
    return true
  }

  recordKeyUse(id: string): void {
    this.#keyUses.set(id, this.#now())
  }

  /** Writes what was counted until now, after what an earlier flush still writes. What cannot be written is counted with the next one. */
  flush(): Promise<void> {
    this.#flushing = this.#flushing.then(() => this.#flush())
    return this.#flushing
  }

  async #flush(): Promise<void> {
    const buckets = this.#takeBuckets()
    const recent = this.#recent.take()
    const connectionUses = this.#connectionUses
    const keyUses = this.#keyUses
    this.#connectionUses = new Map()
    this.#keyUses = new Map()
    try {
      if (buckets.length > 0) await addUsage(this.#db, buckets)
      for (const bucket of buckets) {
        this.#namespaces.add(bucket)
        this.#totals.add(bucket)
      }
    } catch (error) {
      this.#log.warn('usage could not be written; it is kept for the next attempt', { error })
      for (const bucket of buckets) this.#putBack(bucket)
    }
    await this.#flushNamespaces()
    try {
      if (recent.length > 0) await addRecentCalls(this.#db, recent)
      if (connectionUses.size > 0) await recordConnectionUse(this.#db, Array.from(connectionUses, ([uid, at]) => ({ uid, at })))
      if (keyUses.size > 0) await recordApiKeyUse(this.#db, Array.from(keyUses, ([id, at]) => ({ id, at })))
    } catch (error) {
      this.#log.warn('the last calls and times of use could not be written', { error })
    }
  }

  async #flushNamespaces(): Promise<void> {
    const { rows } = this.#namespaces
    if (rows.length === 0) return
    try {
      await addNamespaceUsage(this.#db, rows)
      this.#namespaces.clear()
    } catch (error) {
      this.#log.warn('usage of namespaces could not be written; it is kept for the next attempt', { error })
    }
  }

  /** The oldest first. */
  #takeBuckets(): Bucket[] {
    const taken: Bucket[] = []
    for (const newest of this.#buckets.values()) {
      let bucket: Bucket | undefined = newest
      while (bucket) {
        const { next }: Bucket = bucket
        bucket.next = undefined
        taken.push(bucket)
        bucket = next
      }
    }
    this.#buckets = new Map()
    // Rows are pruned in the order in which they were written.
    return taken.sort((one, other) => one.minute - other.minute)
  }

  #putBack(bucket: Bucket): void {
    const current = this.#find(bucket.connectionUid, bucket.minute, bucket.tool)
    if (!current) return this.#add(bucket)
    current.calls += bucket.calls
    current.errors += bucket.errors
    current.totalDurationMs += bucket.totalDurationMs
    addHistogram(current.latency, bucket.latency)
  }
}
