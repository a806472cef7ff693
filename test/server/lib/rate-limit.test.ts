import { expect, it } from 'vitest'
import { RateLimit } from '../../../server/lib/rate-limit.ts'

function start(perSecond: number, burstSeconds: number) {
  let nowMs = 1_800_000_000_000
  const limit = new RateLimit({ perSecond, burstSeconds, now: () => nowMs })
  const takeAll = (key: string) => {
    let taken = 0
    while (taken < 10_000 && limit.take(key) === undefined) taken++
    return taken
  }
  return { limit, takeAll, advance: (ms: number) => void (nowMs += ms) }
}

it.each([[1, 1], [3, 10], [7, 2], [1000, 5]])('%i a second lets a burst of %i seconds pass, and then what has been earned since', (perSecond, burstSeconds) => {
  const { takeAll, advance } = start(perSecond, burstSeconds)
  expect(takeAll('a')).toBe(perSecond * burstSeconds)
  advance(1000)
  expect(takeAll('a')).toBe(perSecond)
  advance(1000 * burstSeconds * 10)
  expect(takeAll('a')).toBe(perSecond * burstSeconds)
})

it('each key has its own, and what was refused is not counted', () => {
  const { limit, takeAll, advance } = start(2, 1)
  takeAll('a')
  for (let i = 0; i < 100; i++) expect(limit.take('a')).toBe(1)
  expect(takeAll('b')).toBe(2)
  advance(500)
  expect(takeAll('a')).toBe(1)
})

it('zero is no limit', () => {
  expect(start(0, 1).takeAll('a')).toBe(10_000)
})

it('a clock that is put back has everybody start anew', () => {
  const { takeAll, advance } = start(1, 5)
  takeAll('a')
  advance(-3_600_000)
  expect(takeAll('a')).toBe(5)
})
