import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Database } from '../../../db/database.ts'
import { openDatabase } from '../../../db/open.ts'
import { findConnection } from '../../../db/queries/connections.ts'
import { listUsage, readNamespaceUsage } from '../../../db/queries/usage.ts'
import { LATENCY_BOUNDS_MS } from '../../../db/schema/usage-bucket.ts'
import { silentLogger } from '../../../server/lib/logger.ts'
import type { FinishedCall } from '../../../server/usage/finished-call.ts'
import { KEPT_USAGE_MS, pruneUsage } from '../../../server/usage/prune-usage.ts'
import { UsageRecorder } from '../../../server/usage/usage-recorder.ts'
import { addConnection, addDemoNamespace } from '../../db/sample-rows.ts'

let db: Database
let broken = false
const MINUTE = 60_000
const clock = { nowMs: 10 * MINUTE }
let usage: UsageRecorder
let warnings: string[]

beforeEach(async () => {
  const opened = await openDatabase({ url: ':memory:', now: () => clock.nowMs })
  onTestFinished(() => opened.close())
  await addDemoNamespace(opened)
  await addConnection(opened, { uid: 'con_1' })
  broken = false
  warnings = []
  clock.nowMs = 10 * MINUTE
  db = { ...opened, write: (statement) => (broken ? Promise.reject(new Error('the disk is full')) : opened.write(statement)) }
  usage = new UsageRecorder(db, () => clock.nowMs, { ...silentLogger, warn: (message) => void warnings.push(message) })
})

const plain = { connectionUid: 'con_1', namespace: 'demo', tool: 'echo', failed: false, code: undefined, principal: 'api_key:key_1', requestId: 'req_1' }
const call = (durationMs: number, change: Partial<FinishedCall> = {}) => usage.recordCall({ ...plain, ...change, durationMs })
const perNamespace = () => readNamespaceUsage(db, { namespace: 'demo', fromMs: 0, toMs: 60 * MINUTE, stepMs: 5 * MINUTE })
const stored = () => listUsage(db, { connectionUid: 'con_1', sinceMinute: 0 })

describe('a call is counted', () => {
  it('in the first place of the histogram that it fits into', async () => {
    for (const bound of LATENCY_BOUNDS_MS) {
      call(bound)
      call(bound + 0.5)
    }
    await usage.flush()
    const [bucket] = await stored()
    expect(bucket?.latency).toEqual([1, ...LATENCY_BOUNDS_MS.slice(1).map(() => 2), 1])
    expect(bucket?.calls).toBe(2 * LATENCY_BOUNDS_MS.length)
  })

  it('per tool and minute, with its failure and duration', async () => {
    call(10)
    call(20.4, { failed: true })
    call(5, { tool: 'other' })
    clock.nowMs += MINUTE - 1
    call(1)
    clock.nowMs += 1
    call(2)
    await usage.flush()
    expect(
      (await stored()).map(({ minute, tool, calls, errors, totalDurationMs }) => [minute / MINUTE, tool, calls, errors, totalDurationMs])
    ).toEqual([
      [10, 'echo', 3, 1, 31],
      [10, 'other', 1, 0, 5],
      [11, 'echo', 1, 0, 2],
    ])
  })

  it('once: the next flush adds what came since, and one without news writes nothing', async () => {
    call(1)
    await usage.flush()
    call(700)
    await usage.flush()
    broken = true
    await usage.flush()
    expect(warnings).toEqual([])
    expect(await stored()).toMatchObject([{ calls: 2, latency: [1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0] }])
  })

  it("under a shortened name when the tool's is endless", async () => {
    call(1, { tool: 'x'.repeat(10_000) })
    await usage.flush()
    expect((await stored()).map(({ tool }) => tool.length)).toEqual([128])
  })

  it('under no more than 200 names of one connection and minute: callers choose them', async () => {
    for (let index = 0; index < 150; index++) call(1, { tool: `a${index}` })
    await usage.flush()
    for (let index = 0; index < 150; index++) call(1, { tool: `b${index}` })
    call(1, { tool: 'a0' })
    call(1, { tool: 'c', connectionUid: 'con_2' })
    await usage.flush()
    const rows = await stored()
    expect(rows).toHaveLength(201)
    expect(rows.find(({ tool }) => tool === '(other)')).toMatchObject({ calls: 100 })
    expect(rows.find(({ tool }) => tool === 'a0')).toMatchObject({ calls: 2 })
    clock.nowMs += MINUTE
    call(1, { tool: 'late' })
    await usage.flush()
    expect((await stored()).at(-1)).toMatchObject({ tool: 'late' })
  })

  it.each(['', '"quoted"', 'nul\0byte', '😀'.repeat(64), `x${'😀'.repeat(64)}`, '\ud800', "'; DROP TABLE usage_bucket; --"])(
    'also under the name %j',
    async (tool) => {
      call(1, { tool })
      call(1)
      await usage.flush()
      expect(warnings).toEqual([])
      expect((await stored()).reduce((sum, { calls }) => sum + calls, 0)).toBe(2)
    }
  )
})

describe('counts that cannot be written', () => {
  it('are written with the next ones, and nothing is lost or counted twice', async () => {
    call(1)
    broken = true
    await usage.flush()
    call(7000, { failed: true })
    call(1, { tool: 'other' })
    await usage.flush()
    expect(warnings.length).toBeGreaterThan(0)
    broken = false
    await usage.flush()
    await usage.flush()
    expect(await stored()).toMatchObject([
      { tool: 'echo', calls: 2, errors: 1, totalDurationMs: 7001, latency: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0] },
      { tool: 'other', calls: 1 },
    ])
    expect(await perNamespace()).toMatchObject([{ calls: 3, errors: 1 }])
  })

  it('of a connection that was deleted meanwhile are dropped, and the others are not', async () => {
    call(1, { connectionUid: 'con_deleted' })
    call(1)
    await usage.flush()
    expect(warnings).toEqual([])
    expect(await stored()).toHaveLength(1)
  })
})

it("the last use of a connection is the last call's", async () => {
  call(1)
  clock.nowMs += 5
  call(1)
  await usage.flush()
  expect((await findConnection(db, { namespace: 'demo', connectionId: 'id-con_1' }))?.connection.lastUsedAt).toBe(10 * MINUTE + 5)
})

describe('a namespace', () => {
  it('has the calls of all of its connections counted in five minutes', async () => {
    await addConnection(db, { uid: 'con_2' })
    call(7)
    call(3, { connectionUid: 'con_2', failed: true })
    clock.nowMs += 4 * MINUTE
    call(1)
    await usage.flush()
    clock.nowMs += MINUTE
    call(1)
    await usage.flush()
    expect((await perNamespace()).map(({ at, calls, errors }) => [at / MINUTE, calls, errors])).toEqual([
      [10, 3, 1],
      [15, 1, 0],
    ])
  })

  it('keeps the count of a connection that was deleted meanwhile', async () => {
    call(1, { connectionUid: 'con_deleted' })
    await usage.flush()
    expect(await perNamespace()).toMatchObject([{ calls: 1 }])
  })
})

it('counters older than thirty days go, slice by slice, and younger ones stay', async () => {
  for (let index = 0; index < 1300; index++) {
    call(1)
    clock.nowMs += MINUTE
  }
  await usage.flush()
  clock.nowMs = 10 * MINUTE + KEPT_USAGE_MS + 1200 * MINUTE
  await pruneUsage(db, clock.nowMs)
  const kept = await stored()
  expect([kept.length, kept[0]?.minute]).toEqual([100, 1210 * MINUTE])
  const periods = await readNamespaceUsage(db, { namespace: 'demo', fromMs: 0, toMs: 3000 * MINUTE, stepMs: 5 * MINUTE })
  expect([periods.length, periods[0]?.at]).toEqual([20, 1210 * MINUTE])
})
