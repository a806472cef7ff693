import { expect, it } from 'vitest'
import { freshForMs } from '../../../server/downstream-oauth/document-freshness.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../server/lib/units.ts'

it.each<[what: string, headers: Record<string, string | string[]>, ms: number]>([
  ['five minutes where nothing is said', {}, 5 * MINUTE_MS],
  ['as long as it says', { 'cache-control': 'public, max-age=3600' }, HOUR_MS],
  ['as long as it says to shared caches', { 'cache-control': 'max-age=60, S-MaxAge="7200"' }, 2 * HOUR_MS],
  ['a day at most', { 'cache-control': 'max-age=31536000' }, DAY_MS],
  ['a day at most, whatever the number', { 'cache-control': 'max-age=9999999999' }, DAY_MS],
  ['five minutes at least', { 'cache-control': 'max-age=1' }, 5 * MINUTE_MS],
  ['less by what it was old already', { 'cache-control': 'max-age=7200', age: '3600' }, HOUR_MS],
  ['five minutes if it is too old', { 'cache-control': 'max-age=60', age: '99999' }, 5 * MINUTE_MS],
  ['five minutes if it must not be stored', { 'cache-control': 'no-store, max-age=3600' }, 5 * MINUTE_MS],
  ['five minutes if it must be asked for again', { 'cache-control': ['max-age=3600', 'no-cache="x"'] }, 5 * MINUTE_MS],
  ['five minutes if the number is none', { 'cache-control': 'max-age=-1, s-maxage=1e9' }, 5 * MINUTE_MS],
])('what a document said counts %s', (_what, headers, ms) => {
  expect(freshForMs(headers)).toBe(ms)
})
