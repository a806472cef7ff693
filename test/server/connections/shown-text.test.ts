import { expect, it } from 'vitest'
import { shownText } from '../../../server/connections/shown-text.ts'

it.each([
  ['plain', 'plain'],
  ['invoice\u202egnp.exe', 'invoicegnp.exe'],
  ['\u2066isolated\u2069 and \u200fmarked', 'isolated and marked'],
  ['half \ud800 pair', 'half \ufffd pair'],
  ['שלום', 'שלום'],
])('%j is shown as %j', (said, shown) => {
  expect(shownText(said)).toBe(shown)
})

it('what is no text is nothing, and what is long is cut', () => {
  expect([shownText(1), shownText(undefined), shownText('abcdef', 3)]).toEqual([undefined, undefined, 'abc'])
})
