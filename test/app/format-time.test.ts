import { describe, expect, it } from 'vitest'
import { formatDuration, formatNumber } from '../../app/lib/format-number.ts'
import { formatAbsolute, formatRelative } from '../../app/lib/format-time.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const now = Date.parse('2026-11-22T12:00:00Z')

describe('a moment', () => {
  it.each([
    [0, 'just now'],
    [-59_999, 'just now'],
    [-MINUTE, '1 min ago'],
    [-5 * HOUR, '5 h ago'],
    [-29 * DAY, '29 d ago'],
    [-400 * DAY, '1 y ago'],
    [30_000, 'in under 1 min'],
    [7 * DAY, 'in 7 d'],
  ])('%d ms from now reads %s', (distance, text) => {
    expect(formatRelative(now + distance, now)).toBe(text)
  })

  it('reads the same in every time zone when it is written out', () => {
    expect(formatAbsolute('2026-11-22T18:47:05.123Z')).toBe('22 Nov 2026, 18:47:05 UTC')
  })
})

it.each([
  [null, '–'],
  [0.42, '0.4 ms'],
  [87.4, '87 ms'],
  [999.4, '999 ms'],
  [999.6, '1.0 s'],
  [1_240, '1.2 s'],
  [59_000, '59 s'],
  [185_000, '3 min 5 s'],
])('a duration of %o ms reads %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

it.each([
  [0, '0'],
  [12_345, '12,345'],
  [1_240_000, '1.2M'],
])('the number %d reads %s', (value, text) => {
  expect(formatNumber(value)).toBe(text)
})
