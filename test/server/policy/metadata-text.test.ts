import fc from 'fast-check'
import { expect, it } from 'vitest'
import { metadataPairs, metadataText } from '../../../server/policy/metadata-text.ts'
import { checkProperty } from '../lib/check-property.ts'

it.each([
  ['text', 'text'],
  ['', ''],
  ['true', 'true'],
  [true, 'true'],
  [false, 'false'],
  [0, '0'],
  [-0, '0'],
  [1.5, '1.5'],
  [1e21, '1e+21'],
  [null, undefined],
  [undefined, undefined],
  [['a'], undefined],
  [{ a: 1 }, undefined],
])('%j is compared as %j', (value, text) => expect(metadataText(value)).toBe(text))

it('no metadata has no pairs', () => {
  expect([metadataPairs(null), metadataPairs(undefined), metadataPairs({})]).toEqual([[], [], []])
})

it('every pair is a key of the metadata with its text, and lists and objects never match', () => {
  checkProperty(
    fc.property(fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), fc.jsonValue()), (metadata) => {
      const pairs = metadataPairs(metadata)
      const plain = Object.keys(metadata).filter((key) => ['string', 'number', 'boolean'].includes(typeof metadata[key]))
      expect(pairs.map(({ key }) => key)).toEqual(plain)
      for (const { key, value } of pairs) expect(value).toBe(String(JSON.parse(JSON.stringify(metadata[key]))))
    })
  )
})
