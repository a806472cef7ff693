import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FairShares, MAX_WAITING } from '../../../../server/egress/http-client/fair-shares.ts'

/** Sockets of one origin, and who of whom holds one, in the order in which they came to it. */
function open(slots: number) {
  const shares = new FairShares<number>(slots)
  const holding: { payer: string; who: number }[] = []
  const waiting: { payer: string; who: number }[] = []
  let count = 0
  const heldBy = (payer: string) => holding.filter((each) => each.payer === payer).length
  return {
    holding,
    waiting,
    heldBy,
    ask(payer: string): boolean {
      const asker = { payer, who: count++ }
      const share = shares.shareOf(payer)
      if (shares.take(share)) holding.push(asker)
      else {
        waiting.push(asker)
        shares.wait(share, asker.who, () => {
          waiting.splice(waiting.indexOf(asker), 1)
          holding.push(asker)
        })
      }
      return holding.at(-1) === asker
    },
    finish(place: number) {
      const [{ payer } = { payer: '' }] = holding.splice(place, 1)
      shares.give(shares.shareOf(payer))
    },
    leave(place: number) {
      const [asker] = waiting.splice(place, 1)
      if (asker) shares.leave(shares.shareOf(asker.payer), asker.who)
    },
  }
}
const times = (count: number, what: () => unknown) => Array.from({ length: count }, what)

describe('sockets that payers share', () => {
  it('are half taken by one alone, and a newcomer has some at once', () => {
    const origin = open(1024)
    times(5000, () => origin.ask('noisy'))
    expect(origin.heldBy('noisy')).toBe(512)
    expect(times(100, () => origin.ask('quiet'))).toEqual(times(100, () => true))
  })

  it('have room for one more, though nine let all of theirs hang', () => {
    const origin = open(1024)
    for (let tenant = 0; tenant < 9; tenant++) times(1000, () => origin.ask(`noisy ${tenant}`))
    expect(origin.ask('quiet')).toBe(true)
  })

  it('come to equal parts as requests end', () => {
    const origin = open(1024)
    const floods = ['first', 'second', 'third']
    for (const payer of floods) times(2000, () => origin.ask(payer))
    times(1500, () => origin.finish(0))
    const parts = floods.map((payer) => origin.heldBy(payer))
    expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(2)
  })

  it('go round among those who wait, and of each to the one who came first', () => {
    const origin = open(4)
    for (const payer of ['a', 'a', 'a', 'a', 'b', 'b', 'c', 'c']) origin.ask(payer)
    const served: string[] = []
    while (origin.holding.length > 0) {
      served.push(`${origin.holding[0]!.payer}${origin.holding[0]!.who}`)
      origin.finish(0)
    }
    expect(served).toEqual(['a0', 'a1', 'b4', 'c6', 'a2', 'b5', 'c7', 'a3'])
  })

  it('are waited for by so many of a payer, and no more', () => {
    const shares = new FairShares<number>(2)
    const share = shares.shareOf('noisy')
    shares.take(share)
    const waits = times(MAX_WAITING + 1, () => shares.wait(share, share.waiting.size, () => {}))
    expect([waits.indexOf(false), shares.everybodyWaiting.length]).toEqual([MAX_WAITING, MAX_WAITING])
  })

  it('are remembered of those who hold or wait for one, among thousands who come and go', () => {
    const shares = new FairShares<number>(8)
    const [holds, waits] = [shares.shareOf('holds'), shares.shareOf('waits')]
    times(4, () => shares.take(holds))
    shares.wait(waits, 1, () => {})
    for (let tenant = 0; tenant < 3000; tenant++) shares.shareOf(`passes ${tenant}`)
    expect([shares.shareOf('holds') === holds, shares.shareOf('waits') === waits]).toEqual([true, true])
  })
})

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('ask' as const), payer: fc.constantFrom('a', 'b', 'c', 'd') }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('finish' as const), at: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('leave' as const), at: fc.nat(40) }) },
)

it('whatever is asked, finished and left: never more than there are, nobody waits who might begin, and all are served', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.array(step, { maxLength: 120 }), (slots, steps) => {
      const origin = open(slots)
      for (const each of steps) {
        if (each.does === 'ask') origin.ask(each.payer)
        else if (each.does === 'leave') origin.leave(each.at % Math.max(1, origin.waiting.length))
        else if (origin.holding.length > 0) origin.finish(each.at % origin.holding.length)
        const left = slots - origin.holding.length
        expect(left).toBeGreaterThanOrEqual(0)
        for (const { payer } of origin.waiting) expect(origin.heldBy(payer)).toBeGreaterThanOrEqual(left)
      }
      const whoWaited = origin.waiting.map(({ who }) => who)
      const begun = new Set<number>()
      while (origin.holding.length > 0) {
        begun.add(origin.holding[0]!.who)
        origin.finish(0)
      }
      expect([origin.waiting, whoWaited.filter((who) => !begun.has(who))]).toEqual([[], []])
    }),
    { numRuns: 1000 },
  )
})
