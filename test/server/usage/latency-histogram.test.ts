import { describe, expect, it } from 'vitest'
import { LATENCY_BOUNDS_MS } from '../../../db/schema/usage-bucket.ts'
import { addHistogram, emptyHistogram, percentileMs } from '../../../server/usage/latency-histogram.ts'

const at = (counts: Record<number, number>) => {
  const histogram = emptyHistogram()
  for (const [place, calls] of Object.entries(counts)) histogram[Number(place)] = calls
  return histogram
}
const BEYOND = LATENCY_BOUNDS_MS.length

describe('a percentile', () => {
  it.each([
    ['is none without calls', {}, 0.5, null],
    ['of one place lies evenly inside it', { 0: 10 }, 0.5, 3],
    ['of one place reaches its upper bound', { 2: 4 }, 1, 25],
    ['starts at the lower bound of its place', { 3: 100 }, 0.01, 25],
    ['falls into the place that its call is in', { 0: 50, 5: 50 }, 0.75, 175],
    ['on the edge between two places is the edge', { 0: 50, 5: 50 }, 0.5, 5],
    ['skips places without calls', { 0: 1, 9: 1 }, 0.95, 4750],
    ['beyond the last bound is that bound', { [BEYOND]: 3 }, 0.5, 30_000],
    ['of mostly fast calls does not see the slow one', { 0: 99, [BEYOND]: 1 }, 0.95, 5],
  ])('%s', (_what, counts, share, expected) => {
    expect(percentileMs(at(counts), share)).toBe(expected)
  })

  it('of a histogram that is shorter than ours is that of its calls', () => {
    expect(percentileMs([0, 4], 1)).toBe(10)
  })
})

it('histograms add up place by place', () => {
  const sum = at({ 0: 1, 3: 2 })
  addHistogram(sum, [1, 0, 5])
  expect(sum).toEqual(at({ 0: 2, 2: 5, 3: 2 }))
})
