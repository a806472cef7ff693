import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Database } from '../../../db/database.ts'
import { openDatabase } from '../../../db/open.ts'
import { listRecentCalls } from '../../../db/queries/recent-calls.ts'
import { silentLogger } from '../../../server/lib/logger.ts'
import type { FinishedCall } from '../../../server/usage/finished-call.ts'
import { UsageRecorder } from '../../../server/usage/usage-recorder.ts'
import { addConnection, addDemoNamespace } from '../../db/sample-rows.ts'

const FIRST_MS = 600_000
let db: Database
let nowMs: number
let usage: UsageRecorder
let warnings: string[]

beforeEach(async () => {
  nowMs = FIRST_MS
  warnings = []
  db = await openDatabase({ url: ':memory:', now: () => nowMs })
  onTestFinished(() => db.close())
  await addDemoNamespace(db)
  await addConnection(db, { uid: 'con_1' })
  usage = new UsageRecorder(db, () => nowMs, { ...silentLogger, warn: (message) => void warnings.push(message) })
})

const plain = { connectionUid: 'con_1', namespace: 'demo', tool: 'echo', failed: false, code: undefined, principal: 'api_key:key_1', requestId: 'req_1' }
const call = (durationMs: number, change: Partial<FinishedCall> = {}) => usage.recordCall({ ...plain, ...change, durationMs })
const recent = (connectionUid = 'con_1') => listRecentCalls(db, { connectionUid, limit: 100 })

describe('of each connection the last calls are kept', () => {
  it('with who called, how long it took and which error ended it', async () => {
    call(12.4)
    nowMs += 5
    call(3, { tool: 'fail', failed: true, code: 'upstream.timeout', principal: 'member:mem_1', requestId: 'req_2' })
    await usage.flush()
    expect(await recent()).toEqual([
      { at: FIRST_MS + 5, tool: 'fail', durationMs: 3, failed: true, code: 'upstream.timeout', principal: 'member:mem_1', requestId: 'req_2', callerName: null },
      { at: FIRST_MS, tool: 'echo', durationMs: 12, failed: false, code: null, principal: 'api_key:key_1', requestId: 'req_1', callerName: null },
    ])
  })

  it('no more than fifty, across flushes, and the last ones', async () => {
    for (let index = 0; index < 30; index++) call(index)
    await usage.flush()
    for (let index = 30; index < 133; index++) call(index)
    await usage.flush()
    call(133)
    await usage.flush()
    expect((await recent()).map(({ durationMs }) => durationMs)).toEqual(Array.from({ length: 50 }, (_, index) => 133 - index))
  })

  it('and of connections that are quiet, beside one that is not', async () => {
    await addConnection(db, { uid: 'con_2' })
    call(1, { connectionUid: 'con_2' })
    for (let index = 0; index < 5000; index++) call(2)
    await usage.flush()
    expect(await recent('con_2')).toHaveLength(1)
  })

  it('but not more than 2,000 at once: the connection that was heard of first gives way', async () => {
    for (let index = 0; index < 41; index++) {
      await addConnection(db, { uid: `con_many_${index}` })
      for (let calls = 0; calls < 50; calls++) call(1, { connectionUid: `con_many_${index}` })
    }
    await usage.flush()
    expect(warnings).toEqual([])
    expect(await recent('con_many_0')).toEqual([])
    expect(await recent('con_many_1')).toHaveLength(50)
    expect(await recent('con_many_40')).toHaveLength(50)
  })
})
