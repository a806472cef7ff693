import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { createCallHandle, openCall } from '../../../server/api/call-context.ts'
import { watchNamespace } from '../../../server/api/watch-namespace.ts'
import type { Context } from '../../../server/context/context.ts'
import { type RunningPlugboard, startPlugboard } from '../../support/start-plugboard.ts'

let plugboard: RunningPlugboard
beforeAll(async () => {
  plugboard = await startPlugboard()
  await plugboard.send('PUT', '/namespaces/shop')
})
afterAll(() => plugboard.stop())

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** A caller who is asked again `times` and then no longer known. */
async function callerKnown(times: number) {
  let left = times
  const context: Context = { ...plugboard.house, actor: { kind: 'api_key', id: 'key_1', organizationId: plugboard.organizationId }, requestId: 'req_1' }
  const handle = createCallHandle('req_1', async () => {
    if (left-- <= 0) throw new Error('no longer known')
    return context
  })
  return { ...(await openCall(handle)), handle }
}

it('a quiet subscription ends within five seconds after its credential', async () => {
  const events = watchNamespace(await callerKnown(2), { namespace: 'shop', resumed: false, signal: undefined })
  expect((await events.next()).value).toMatchObject([expect.any(String), { type: 'listening', resumed: false }, expect.anything()])
  const ended = events.next().then(
    () => 'went on',
    (error: Error) => error.message,
  )
  await vi.advanceTimersByTimeAsync(5000)
  await vi.advanceTimersByTimeAsync(5000)
  expect(await ended).toBe('no longer known')
})

it('a subscriber who comes back is told that this is a new beginning', async () => {
  const events = watchNamespace(await callerKnown(1), { namespace: 'shop', resumed: true, signal: undefined })
  expect((await events.next()).value).toMatchObject([expect.any(String), { type: 'listening', resumed: true }, expect.anything()])
  await events.return()
})

it('a subscriber who leaves ends it', async () => {
  const leaving = new AbortController()
  const events = watchNamespace(await callerKnown(1), { namespace: 'shop', resumed: false, signal: leaving.signal })
  await events.next()
  const ended = events.next()
  leaving.abort()
  expect(await ended).toEqual({ done: true, value: undefined })
})
