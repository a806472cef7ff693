import { expect, it } from 'vitest'
import { DEFAULT_EXPIRY, expiryOf, KEY_EXPIRIES } from '../../app/components/account/key-expiries.ts'

const now = Date.parse('2026-01-01T00:00:00Z')

it.each([
  ['30', '2026-01-31T00:00:00.000Z'],
  ['365', '2027-01-01T00:00:00.000Z'],
  ['never', undefined],
])('a key that was to last %s ends at %s', (value, expiresAt) => {
  expect(expiryOf(value, now)).toBe(expiresAt)
})

it('a choice that nobody offered does not make a key that lasts for ever', () => {
  expect(expiryOf('for ever', now)).toBe('2026-01-31T00:00:00.000Z')
})

it('a key expires unless somebody chooses otherwise', () => {
  expect(KEY_EXPIRIES.find(({ value }) => value === DEFAULT_EXPIRY)?.days).toBeGreaterThan(0)
})
