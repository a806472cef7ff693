import { expect, it } from 'vitest'
import { ConcurrencyLimit } from '../../../server/lib/concurrency-limit.ts'

it('of a key there are so many at one time, and one more when one is over', () => {
  const limit = new ConcurrencyLimit(2)
  const [first] = [limit.take('a'), limit.take('a')]
  expect(limit.take('a')).toBeUndefined()
  limit.give(first!)
  expect(limit.take('a')).toBe(first)
  expect(limit.take('a')).toBeUndefined()
  expect(limit.total).toBe(2)
})

it('each key has its own, also after thousands that came and went', () => {
  const limit = new ConcurrencyLimit(1)
  limit.take('a')
  for (let other = 0; other < 30_000; other++) limit.give(limit.take(`other ${other}`)!)
  expect(limit.take('a')).toBeUndefined()
  expect(limit.total).toBe(1)
})

it('zero is no limit', () => {
  const limit = new ConcurrencyLimit(0)
  for (let taken = 0; taken < 10_000; taken++) limit.take('a')
  expect(limit.total).toBe(10_000)
})
