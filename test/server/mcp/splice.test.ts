import fc from 'fast-check'
import { expect, it } from 'vitest'
import { splice } from '../../../server/mcp/splice.ts'
import { checkProperty } from '../lib/check-property.ts'

it('edits are made at their own places, in whatever order they are given', () => {
  const bytes = Buffer.from('{"id":1,"é":2}')
  expect(splice(bytes, []).equals(bytes)).toBe(true)
  const edits = [
    { start: 13, end: 14, text: '3' },
    { start: 6, end: 7, text: '"ünique"' },
    { start: 1, end: 1, text: '"a":0,' },
  ]
  expect(splice(bytes, edits).toString()).toBe('{"a":0,"id":"ünique","é":3}')
})

it('what lies outside the edits stays, byte for byte', () => {
  const places = fc.uniqueArray(fc.nat({ max: 60 }), { minLength: 2, maxLength: 8 }).map((all) => all.sort((a, b) => a - b))
  checkProperty(
    fc.property(fc.uint8Array({ minLength: 60, maxLength: 60 }), places, fc.string(), (input, at, text) => {
      const bytes = Buffer.from(input)
      const edits = at.flatMap((start, index) =>
        index % 2 === 0 && at[index + 1] !== undefined ? [{ start, end: at[index + 1]!, text }] : []
      )
      let expected: Buffer = bytes
      for (const edit of edits.toReversed())
        expected = Buffer.concat([expected.subarray(0, edit.start), Buffer.from(text), expected.subarray(edit.end)])
      expect(splice(bytes, edits).equals(expected)).toBe(true)
    })
  )
})
