import { expect, it } from 'vitest'
import { wellFormed } from '../../../server/lib/well-formed.ts'

it.each([
  ['plain', 'plain'],
  ['whole: 😀', 'whole: 😀'],
  ['cut: \ud83d', 'cut: \ufffd'],
  ['\ude00 and \ud83d\ud83d', '\ufffd and \ufffd\ufffd'],
])('%j becomes %j, however often it is asked', (text, expected) => {
  expect([wellFormed(text), wellFormed(text)]).toEqual([expected, expected])
})
