import { afterEach, expect, it, vi } from 'vitest'
import type { House } from '../../server/context/context.ts'
import { Revocations } from '../../server/context/revocations.ts'
import type { Gateway } from '../../server/gateway/endpoint.ts'
import { type Logger, silentLogger } from '../../server/lib/logger.ts'
import { SECOND_MS } from '../../server/lib/units.ts'
import { createTicks } from '../../server/ticks.ts'

afterEach(() => void vi.useRealTimers())

/** As much of a house as the tasks of two seconds need. */
function ticking(flush: () => Promise<void>) {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const error = vi.fn<Logger['error']>()
  const house = { config: { databaseUrl: 'file:x' }, usage: { flush }, traces: { flush: async () => {} }, revocations: new Revocations(), log: { ...silentLogger, error } }
  const deliverer = { listen() {}, deliverDue: async () => {}, stop: async () => {} }
  return { ticks: createTicks(house as unknown as House, {} as Gateway, deliverer), error }
}

it('does nothing until it is started, then each task at its time, and nothing once it is stopped', () => {
  const flush = vi.fn<() => Promise<void>>(async () => {})
  const { ticks } = ticking(flush)
  vi.advanceTimersByTime(2 * SECOND_MS)
  expect(flush).toHaveBeenCalledTimes(0)
  ticks.start()
  vi.advanceTimersByTime(4 * SECOND_MS)
  expect(flush).toHaveBeenCalledTimes(2)
  ticks.stop()
  vi.advanceTimersByTime(4 * SECOND_MS)
  expect(flush).toHaveBeenCalledTimes(2)
})

it('a task that fails is logged and tried again at its next time', async () => {
  const flush = vi.fn<() => Promise<void>>(async () => Promise.reject(new Error('no disk')))
  const { ticks, error } = ticking(flush)
  ticks.start()
  await vi.advanceTimersByTimeAsync(4 * SECOND_MS)
  ticks.stop()
  expect(error.mock.calls.map(([message]) => message as string)).toEqual(['writing usage failed', 'writing usage failed'])
})
