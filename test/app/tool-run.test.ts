import { describe, expect, it } from 'vitest'
import { advanceRun, cancelRun, MAX_MESSAGES, type RunEvent, startRun, type ToolRun } from '../../app/lib/tool-run.ts'

const received = (message: unknown, atMs = 5): RunEvent => ({ type: 'received', atMs, message })
const progress = (params: object) => received({ jsonrpc: '2.0', method: 'notifications/progress', params })
const runOf = (...events: RunEvent[]): ToolRun => events.reduce(advanceRun, startRun())

describe('a run', () => {
  it('keeps what was sent and what came, in order, until the result', () => {
    const run = runOf({ type: 'sent', message: { id: 1 } }, received({ id: 1, result: {} }, 12), { type: 'result', result: { content: [] }, durationMs: 13 })
    expect(run).toMatchObject({ state: 'answered', durationMs: 13, result: { content: [] } })
    expect(run.messages.map(({ direction, atMs }) => [direction, atMs])).toEqual([
      ['sent', 0],
      ['received', 12],
    ])
  })

  it('tells the last progress, with a total only if there is one', () => {
    expect(runOf(progress({ progress: 1 }), progress({ progress: 2, total: 4, message: 'half' })).progress).toEqual({ progress: 2, total: 4, message: 'half' })
    expect(runOf(progress({ progress: 1, total: 0 })).progress).toEqual({ progress: 1, total: undefined, message: undefined })
    expect(runOf(progress({ progress: 'all' })).progress).toBeUndefined()
  })

  it('keeps the last messages of a server that does not stop', () => {
    const run = runOf(...Array.from({ length: MAX_MESSAGES + 3 }, (_, index) => received({ index })))
    expect([run.messages.length, run.dropped, run.messages[0]?.message]).toEqual([MAX_MESSAGES, 3, { index: 3 }])
  })

  it('that was cancelled stays so, whatever comes late', () => {
    const cancelled = cancelRun(runOf({ type: 'sent', message: {} }))
    expect(advanceRun(cancelled, { type: 'result', result: {}, durationMs: 1 })).toBe(cancelled)
  })

  it('that has ended cannot be cancelled', () => {
    expect(cancelRun(runOf({ type: 'result', result: {}, durationMs: 1 })).state).toBe('answered')
  })
})
