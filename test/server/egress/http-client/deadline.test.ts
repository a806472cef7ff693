import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Deadline } from '../../../../server/egress/http-client/deadline.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

const reached = vi.fn<() => void>()
beforeEach(() => void reached.mockClear())
const inMs = (ms: number) => performance.now() + ms

it('a deadline is reached when it is due, once', () => {
  new Deadline(reached).moveTo(inMs(100))
  vi.advanceTimersByTime(99)
  expect(reached).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1000)
  expect(reached).toHaveBeenCalledTimes(1)
})

it('moved further again and again, it keeps one timer', () => {
  const deadline = new Deadline(reached)
  for (let turn = 0; turn < 50; turn += 1) {
    deadline.moveTo(inMs(100))
    expect(vi.getTimerCount()).toBe(1)
    vi.advanceTimersByTime(50)
  }
  expect(reached).not.toHaveBeenCalled()
  vi.advanceTimersByTime(50)
  expect(reached).toHaveBeenCalledTimes(1)
})

it('moved closer, it is reached earlier', () => {
  const deadline = new Deadline(reached)
  deadline.moveTo(inMs(1000))
  deadline.moveTo(inMs(10))
  vi.advanceTimersByTime(10)
  expect(reached).toHaveBeenCalledTimes(1)
})

it('lifted, it is not reached until it is set again', () => {
  const deadline = new Deadline(reached)
  deadline.moveTo(inMs(10))
  deadline.lift()
  vi.advanceTimersByTime(1000)
  expect(reached).not.toHaveBeenCalled()
  deadline.moveTo(inMs(10))
  vi.advanceTimersByTime(10)
  expect(reached).toHaveBeenCalledTimes(1)
})

it('stopped, it leaves no timer', () => {
  const deadline = new Deadline(reached)
  deadline.moveTo(inMs(10))
  deadline.stop()
  expect(vi.getTimerCount()).toBe(0)
})
