import { describe, expect, it } from 'vitest'
import type { SegmentResult } from '../children/segment.ts'
import { alternate } from './alternate.ts'
import { compareRounds } from './compare-rounds.ts'

const result = (callsPerSecond: number, foreignShare = 0): SegmentResult => ({ calls: 1, callsPerSecond, p50Us: 1, p99Us: 1, cpuUsPerCall: 1, foreignShare })
const round = (first: number, second: number, foreignShare = 0) => ({ a: result(first, foreignShare), b: result(second) })
const rate = ({ callsPerSecond }: SegmentResult) => callsPerSecond

describe('comparing rounds', () => {
  it('divides within each round and takes the median of the clean ones', () => {
    const rounds = [round(1, 2), round(30, 40), round(5, 5), round(900, 1, 0.5)]
    expect(compareRounds(rounds, ['a', 'b'], rate)).toEqual({ ratio: 0.75, cleanPairs: 3, pairs: 4, noisy: false })
  })

  it('takes all rounds, and says so, when too few were clean', () => {
    const rounds = [round(1, 2), round(2, 1, 0.5), round(3, 1, 0.5)]
    expect(compareRounds(rounds, ['a', 'b'], rate)).toEqual({ ratio: 2, cleanPairs: 1, pairs: 3, noisy: true })
  })
})

describe('alternating', () => {
  it('lets nobody always follow the same neighbour, and stops after enough clean rounds', async () => {
    const order: string[] = []
    const measure = (name: string) => {
      order.push(name)
      return Promise.resolve(result(1, order.length === 1 ? 0.5 : 0))
    }
    const rounds = await alternate(['a', 'b', 'c'], measure, { cleanRounds: 2, withinMs: 60_000 })
    expect(rounds).toHaveLength(3)
    expect(order.join('')).toBe('abcacbcab')
  })
})
