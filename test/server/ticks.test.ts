import { afterEach, expect, it, vi } from 'vitest'
import { type Logger, silentLogger } from '../../server/lib/logger.ts'
import { SECOND_MS } from '../../server/lib/units.ts'
import { createTicks } from '../../server/ticks.ts'

afterEach(() => void vi.useRealTimers())

function ticking(run: () => Promise<void>) {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const error = vi.fn<Logger['error']>()
  return { ticks: createTicks([{ everyMs: 2 * SECOND_MS, what: 'writing', run }], { ...silentLogger, error }), error }
}

it('does nothing until it is started, then each task at its time, and nothing once it is stopped', () => {
  const run = vi.fn<() => Promise<void>>(async () => {})
  const { ticks } = ticking(run)
  vi.advanceTimersByTime(2 * SECOND_MS)
  expect(run).toHaveBeenCalledTimes(0)
  ticks.start()
  vi.advanceTimersByTime(4 * SECOND_MS)
  expect(run).toHaveBeenCalledTimes(2)
  ticks.stop()
  vi.advanceTimersByTime(4 * SECOND_MS)
  expect(run).toHaveBeenCalledTimes(2)
})

it('a task that fails is logged and tried again at its next time', async () => {
  const { ticks, error } = ticking(async () => Promise.reject(new Error('no disk')))
  ticks.start()
  await vi.advanceTimersByTimeAsync(4 * SECOND_MS)
  ticks.stop()
  expect(error.mock.calls.map(([message]) => message as string)).toEqual(['writing failed', 'writing failed'])
})
