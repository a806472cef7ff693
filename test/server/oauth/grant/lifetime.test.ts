import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../../../server/lib/units.ts'
import { expiresAtMs, refreshAtMs } from '../../../../server/oauth/grant/lifetime.ts'
import { checkProperty } from '../../lib/check-property.ts'

const ISSUED = 1_800_000_000_000
const moments = fc.record({ life: fc.nat({ max: 366 * 24 * 3600 * 1000 }), spread: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }) })

describe('the moment from which on a token is renewed', () => {
  it.each([
    ['an hour', HOUR_MS, 0, HOUR_MS - 6 * MINUTE_MS],
    ['an hour, spread', HOUR_MS, 0.5, HOUR_MS - 7.5 * MINUTE_MS],
    ['five minutes', 5 * MINUTE_MS, 0, 4 * MINUTE_MS],
    ['a minute: half of it', MINUTE_MS, 0.9, MINUTE_MS / 2],
    ['no time at all', 0, 0.9, 0],
  ])('of one that lives %s', (_life, life, spread, after) => expect(refreshAtMs(ISSUED, ISSUED + life, spread)).toBe(ISSUED + after))

  it('is a whole moment between its issue and its end', () => {
    checkProperty(
      fc.property(moments, ({ life, spread }) => {
        const at = refreshAtMs(ISSUED, ISSUED + life, spread)
        expect(Number.isInteger(at) && at >= ISSUED && at <= ISSUED + life).toBe(true)
      }),
    )
  })

  it('leaves at least a tenth of its life for its use', () => {
    checkProperty(
      fc.property(moments, ({ life, spread }) => {
        expect(refreshAtMs(ISSUED, ISSUED + life, spread) - ISSUED).toBeGreaterThanOrEqual(Math.floor(life / 10))
      }),
    )
  })

  it('of one that ended before it was issued is its end', () => {
    expect(refreshAtMs(ISSUED, ISSUED - 5, 0.3)).toBe(ISSUED - 5)
  })
})

describe('the end of a token', () => {
  it('is counted from when it was asked for', () => expect(expiresAtMs(ISSUED, 300)).toBe(ISSUED + 300_000))
  it('is unknown if the server did not say', () => expect(expiresAtMs(ISSUED, undefined)).toBeUndefined())
})
