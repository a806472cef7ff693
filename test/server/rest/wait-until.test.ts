import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ConnectionView } from '../../../server/connections/connection-view.ts'
import type { StatusChange } from '../../../server/context/status-change.ts'
import { Feed } from '../../../server/lib/feed.ts'
import { waitUntil } from '../../../server/rest/wait-until.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

function setUp(state: ConnectionView['status']['state'] = 'error') {
  const feed = new Feed<StatusChange>()
  const caller = new AbortController()
  const connection = { status: { state } } as ConnectionView
  const read = vi.fn<() => Promise<ConnectionView>>(async () => ({ ...connection, status: { ...connection.status } }))
  const become = (next: ConnectionView['status']['state']) => void (connection.status = { state: next } as ConnectionView['status'])
  const tell = (connectionId: string) => feed.publish({ organizationId: 'o', namespace: 'n', connectionId, connectionUid: 'u', state: 'connected' })
  const letGo = vi.fn<() => void>()
  const answer = waitUntil({
    read,
    feed,
    concerns: (news) => news.connectionId === 'mine',
    isDone: ({ status }) => status.state === 'connected',
    waitMs: 30_000,
    recheckMs: 5000,
    signal: caller.signal,
    hold: () => letGo,
  })
  return { answer, become, tell, read, caller, feed, letGo }
}

it('answers at once if the connection is in that state', async () => {
  const { answer, read } = setUp('connected')
  expect((await answer).status.state).toBe('connected')
  expect(read).toHaveBeenCalledTimes(1)
  expect(vi.getTimerCount()).toBe(0)
})

it('answers when news of this connection says so, and does not look for news of others', async () => {
  const { answer, become, tell, read } = setUp()
  await vi.advanceTimersByTimeAsync(0)
  tell('other')
  tell('other')
  await vi.advanceTimersByTimeAsync(0)
  expect(read).toHaveBeenCalledTimes(1)
  become('connected')
  tell('mine')
  expect((await answer).status.state).toBe('connected')
  expect(read).toHaveBeenCalledTimes(2)
  expect(vi.getTimerCount()).toBe(0)
})

it('hears what happens while it looks for the first time', async () => {
  const { answer, become, tell } = setUp()
  become('connected')
  tell('mine')
  expect((await answer).status.state).toBe('connected')
})

it('looks again every five seconds, for news that were told in another process', async () => {
  const { answer, become, read } = setUp()
  await vi.advanceTimersByTimeAsync(4999)
  expect(read).toHaveBeenCalledTimes(1)
  become('connected')
  await vi.advanceTimersByTimeAsync(1)
  expect((await answer).status.state).toBe('connected')
})

it('answers what is true when the time is up', async () => {
  const { answer, read } = setUp()
  await vi.advanceTimersByTimeAsync(30_000)
  expect((await answer).status.state).toBe('error')
  expect(read.mock.calls.length).toBeLessThanOrEqual(8)
  expect(vi.getTimerCount()).toBe(0)
})

it('ends when the caller leaves', async () => {
  const { answer, caller } = setUp()
  await vi.advanceTimersByTimeAsync(0)
  caller.abort()
  await answer
  expect(vi.getTimerCount()).toBe(0)
})

it('passes on that the connection is gone or the credential ended', async () => {
  const { answer, read, tell } = setUp()
  await vi.advanceTimersByTimeAsync(0)
  read.mockRejectedValueOnce(new Error('gone'))
  tell('mine')
  await expect(answer).rejects.toThrow('gone')
  expect(vi.getTimerCount()).toBe(0)
})

it('is held until it is over, however it ends', async () => {
  const [answered, failed] = [setUp(), setUp()]
  await vi.advanceTimersByTimeAsync(0)
  expect([answered.letGo.mock.calls, failed.letGo.mock.calls]).toEqual([[], []])
  answered.caller.abort()
  failed.read.mockRejectedValueOnce(new Error('gone'))
  failed.tell('mine')
  await Promise.allSettled([answered.answer, failed.answer])
  expect([answered.letGo.mock.calls, failed.letGo.mock.calls]).toEqual([[[]], [[]]])
})
