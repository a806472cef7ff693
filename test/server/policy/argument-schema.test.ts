import { describe, expect, it } from 'vitest'
import { compileArgumentSchema, SchemaRefused } from '../../../server/policy/argument-schema.ts'
import { Effort } from '../../../server/policy/pattern.ts'

const accepts = (schema: unknown, value: unknown) => compileArgumentSchema(schema)(value, new Effort())

it.each<[unknown, unknown[], unknown[]]>([
  [{ type: 'string' }, ['', 'a'], [1, null, [], {}, true]],
  [{ type: ['string', 'null'], maxLength: 1 }, ['', 'a', null], ['ab', 1]],
  [{ type: 'integer', minimum: 1, maximum: 3 }, [1, 3, 2.0], [0, 4, 1.5, '2']],
  [{ minimum: 1 }, [1, 1.5], [0, '1', null]],
  [{ maxLength: 2 }, ['ab', '😀😀'], ['abc', 1, ['a']]],
  [{ minLength: 1 }, ['a'], ['']],
  [{ pattern: 'a+' }, ['a', 'aa'], ['', 'ba', 'ab', 'a\n', 1]],
  [{ const: { a: [1, null] } }, [{ a: [1, null] }], [{ a: [1] }, { a: [1, null], b: 1 }, null]],
  [{ const: null }, [null], [undefined, 0, '']],
  [{ enum: ['a', 1, [2]] }, ['a', 1, [2]], ['1', 2, [3], []]],
  [{ items: { type: 'integer' }, minItems: 1, maxItems: 2 }, [[1], [1, 2]], [[], [1, 2, 3], ['1'], 1, { length: 1 }]],
  [{ type: 'object' }, [{}], [{ a: 1 }, [], null]],
  [{ properties: { a: { type: 'string' } } }, [{}, { a: 'x' }], [{ a: 1 }, { b: 'x' }, 'a', []]],
  [{ required: ['a'], additionalProperties: true }, [{ a: undefined }, { a: 1, b: 2 }], [{}, { b: 1 }]],
  [{ properties: { a: { properties: { b: { const: 1 } } } } }, [{ a: { b: 1 } }, { a: {} }], [{ a: { b: 2 } }, { a: { c: 1 } }]],
  [{ required: ['toString'], additionalProperties: true }, [{ toString: 1 }], [{}]],
  [{ properties: { a: {  type: 'string' } } }, [{}], [JSON.parse('{"__proto__":{"a":"x"}}')]],
])('%j', (schema, good, bad) => {
  expect(good.filter((value) => !accepts(schema, value))).toEqual([])
  expect(bad.filter((value) => accepts(schema, value))).toEqual([])
})

const nested = (levels: number): object => (levels === 0 ? { type: 'string' } : { items: nested(levels - 1) })

describe('what is not understood is no limit', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a list', []],
    ['true', true],
    ['a schema that says nothing', {}],
    ['a property that says nothing', { properties: { a: {} } }],
    ...['$ref', '$defs', 'anyOf', 'oneOf', 'allOf', 'not', 'if', 'patternProperties', 'format', 'multipleOf', 'uniqueItems', 'exclusiveMinimum', 'description', '__proto__x'].map(
      (keyword): [string, unknown] => [keyword, { type: 'object', [keyword]: {} }],
    ),
    ['a type that there is not', { type: 'text' }],
    ['no type', { type: [] }],
    ['a keyword of another type', { type: 'string', properties: {} }],
    ['keywords of two types', { maxLength: 1, minimum: 1 }],
    ['a bound that is no number', { maxLength: '1' }],
    ['a bound that is none', { minimum: null }],
    ['an empty enum', { enum: [] }],
    ['a pattern that is none', { pattern: '(' }],
    ['a pattern that is no text', { pattern: 1 }],
    ['additional properties with a schema', { additionalProperties: { type: 'string' } }],
    ['required that is no list', { required: 'a' }],
    ['nine schemas in each other', nested(8)],
    ['more than 2 KB', { enum: ['a'.repeat(2048)] }],
  ])('%s', (_what, schema) => expect(() => compileArgumentSchema(schema)).toThrow(SchemaRefused))

  it('eight schemas in each other are', () => expect(accepts(nested(7), [[[[[[['x']]]]]]])).toBe(true))
})
