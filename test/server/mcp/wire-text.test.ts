import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromWire, toWire } from '../../../server/mcp/wire-text.ts'
import { checkProperty } from '../lib/check-property.ts'

it('a text on the wire has a character for each of its bytes, and is the same text afterwards', () => {
  checkProperty(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const bytes = Buffer.from(text)
      expect(toWire(text)).toBe(bytes.toString('latin1'))
      expect(fromWire(toWire(text))).toBe(bytes.toString())
    })
  )
})
