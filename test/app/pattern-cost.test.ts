import { describe, expect, it } from 'vitest'
import { patternCost } from '../../app/lib/pattern-cost.ts'

const LENGTH = 60

describe('the work of a pattern', () => {
  it.each(['^[a-z0-9-]+$', '^\\d{4}-\\d{2}-\\d{2}$', '^[^/]+/[^/]+$', '^(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$', '^https?://', '^(GET|POST)$', '[\\]a-z]', '^#[0-9a-fA-F]{6}$'])(
    'of %s is small',
    (pattern) => {
      expect(patternCost(pattern, LENGTH)).toBeLessThan(10_000)
    },
  )

  it.each(['(a+)+$', '(a|a)*b', '(a?){40}a{40}', '^(([a-z])+.)+$', '(?=a)*', '(.*)\\1', '(?<n>a)\\k<n>', 'a'.repeat(3) + '.*'.repeat(6), '(a|b)'.repeat(30), '((a{99}){99}){99}', '(unclosed', 'closed)', '[open'])(
    'of %s is more than a page may do',
    (pattern) => {
      expect(patternCost(pattern, LENGTH)).toBeGreaterThan(2_000_000)
    },
  )
})
