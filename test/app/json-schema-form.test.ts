import type { RJSFSchema } from '@rjsf/utils'
import { Validator } from '@cfworker/json-schema'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findViolations, formValidator } from '../../app/lib/json-schema-validator.ts'
import { sampleArguments } from '../../app/lib/sample-arguments.ts'
import { unfoldSchema } from '../../app/lib/unfold-json-schema.ts'

const unfolded = (raw: unknown): RJSFSchema => {
  const { schema, reason } = unfoldSchema(raw)
  if (!schema) throw new Error(reason)
  return schema
}

describe('a schema for a form', () => {
  it('has its references written out, and ends where they would go round', () => {
    const tree = { type: 'object', properties: { name: { type: 'string' }, child: { $ref: '#', title: 'Child' } } }
    expect(unfolded(tree).properties?.child).toEqual({ type: 'object', title: 'Child', properties: { name: { type: 'string' }, child: { title: 'Child' } } })
  })

  it.each([
    ['a reference to itself', { type: 'object', properties: { a: { $ref: '#/properties/a' } } }],
    ['a reference to nowhere', { type: 'object', properties: { a: { $ref: '#/$defs/none' } } }],
    ['a reference to another place', { type: 'object', properties: { a: { $ref: 'https://example.com/schema' } } }],
    ['a reference that is no pointer', { type: 'object', properties: { a: { $ref: '#/%E0%A4%A' } } }],
  ])('takes %s for a value of any kind', (_, raw) => {
    expect(unfolded(raw).properties).toEqual({ a: {} })
  })

  it('is refused in a sentence if references make it grow without end', () => {
    const $defs = Object.fromEntries(Array.from({ length: 30 }, (_, level) => [`d${level}`, { anyOf: [{ $ref: `#/$defs/d${level + 1}` }, { $ref: `#/$defs/d${level + 1}` }] }]))
    expect(unfoldSchema({ type: 'object', properties: { a: { $ref: '#/$defs/d0' } }, $defs }).reason).toMatch(/more than a form can hold/)
  })

  it('joins what may be null to one field', () => {
    const raw = { type: 'object', properties: { a: { anyOf: [{ type: 'string' }, { type: 'null' }], default: null, title: 'A' } } }
    expect(unfolded(raw).properties?.a).toEqual({ type: ['string', 'null'], default: null, title: 'A' })
  })

  it('leaves out keywords that are not what they should be', () => {
    const raw = { type: 'object', required: 7, properties: { a: { type: 'strange', enum: {}, minLength: -1, pattern: '(', properties: [] } } }
    expect(unfolded(raw)).toEqual({ type: 'object', properties: { a: {} } })
  })

  it('whatever a server sends is unfolded or refused, within a bound', () => {
    const keyword = fc.constantFrom('type', '$ref', 'properties', 'items', 'anyOf', 'allOf', 'enum', 'required', 'pattern', 'additionalProperties', '__proto__', 'constructor')
    const { schema: hostile } = fc.letrec<{ schema: unknown }>((tie) => ({
      schema: fc.oneof({ maxDepth: 6 }, fc.jsonValue(), fc.constantFrom('#', '#/properties/a', 'object'), fc.array(tie('schema')), fc.dictionary(keyword, tie('schema'))),
    }))
    fc.assert(
      fc.property(hostile, fc.jsonValue(), (raw, value) => {
        const { schema = {}, reason } = unfoldSchema(raw)
        expect(schema.type === 'object' || reason?.endsWith('.')).toBe(true)
        expect(schema).not.toHaveProperty('$ref')
        expect(Array.isArray(findViolations(schema, value))).toBe(true)
        expect(sampleArguments(schema)).toBeTypeOf('object')
      }),
    )
  })
})

describe('the validator of forms', () => {
  const schema = unfolded({
    type: 'object',
    required: ['city', 'a.b'],
    additionalProperties: false,
    properties: {
      'city': { type: 'string', minLength: 2 },
      'a.b': { type: 'integer', minimum: 3 },
      'tags': { type: 'array', items: { enum: ['x', 'y'] }, maxItems: 2 },
      'either': { anyOf: [{ type: 'string' }, { type: 'number' }] },
    },
  })

  it.each([
    [{}, [['city'], 'Is required.'], [['a.b'], 'Is required.']],
    [{ 'city': 'x', 'a.b': 3 }, [['city'], 'Must have at least 2 characters.']],
    [{ 'city': 'xy', 'a.b': 2.5 }, [['a.b'], 'Must be a whole number.'], [['a.b'], 'Must be at least 3.']],
    [{ 'city': 'xy', 'a.b': 3, 'tags': ['x', 'z'] }, [['tags', '1'], 'Must be one of the choices.']],
    [{ 'city': 'xy', 'a.b': 3, 'either': true }, [['either'], 'Matches none of the alternatives.']],
    [{ 'city': 'xy', 'a.b': 3, 'what': 1 }, [['what'], 'Is not known to this tool.']],
    [{ 'city': 'xy', 'a.b': 3, 'tags': undefined }],
  ])('says of %j what is wrong, once and where', (value, ...violations) => {
    expect(findViolations(schema, value).map(({ path, message }) => [path, message])).toEqual(violations)
  })

  it('puts its sentences where a form looks for them', () => {
    const { errors, errorSchema } = formValidator.validateFormData({ city: 'x' }, schema)
    expect(errors).toHaveLength(2)
    expect(errorSchema).toMatchObject({ 'city': { __errors: ['Must have at least 2 characters.'] }, 'a.b': { __errors: ['Is required.'] } })
  })

  it('agrees with the library that it stands on', () => {
    const leaf = fc.constantFrom({ type: 'string', minLength: 2 }, { type: 'integer', maximum: 5 }, { enum: ['a', 1, null] }, { type: ['boolean', 'null'] }, { type: 'array', items: { type: 'number' }, uniqueItems: true })
    const properties = fc.dictionary(fc.constantFrom('a', 'b', 'c'), leaf)
    const object = fc.record({ type: fc.constant('object'), properties, required: fc.subarray(['a', 'b', 'c']), additionalProperties: fc.boolean() })
    const value = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.oneof(fc.string({ maxLength: 3 }), fc.integer({ max: 9 }), fc.boolean(), fc.constant(null), fc.array(fc.integer({ min: 0, max: 2 }))))
    fc.assert(
      fc.property(object, value, (raw, given) => {
        const { valid } = new Validator(structuredClone(raw) as object, '2020-12').validate(given)
        expect(formValidator.isValid(unfolded(raw), given, {})).toBe(valid)
      }),
    )
  })

  it('does not take what every object inherits for an argument', () => {
    expect(findViolations(unfolded({ type: 'object', required: ['constructor'], properties: { toString: { type: 'string' } } }), {})).toEqual([{ path: ['constructor'], message: 'Is required.' }])
  })

  it('checks a pattern, and leaves one to the server that would take the tab’s time', () => {
    const withPattern = (pattern: string) => unfolded({ type: 'object', properties: { a: { type: 'string', pattern } } })
    expect(findViolations(withPattern('^[a-z]+$'), { a: 'A' })).toEqual([{ path: ['a'], message: 'Must match ^[a-z]+$' }])
    expect(findViolations(withPattern('^(a+)+$'), { a: `${'a'.repeat(40)}!` })).toEqual([])
  })
})

it('arguments start with what is required, by its default or empty', () => {
  const schema = unfolded({
    type: 'object',
    required: ['text', 'level', 'where'],
    properties: { text: { type: 'string' }, level: { enum: ['low', 'high'], default: 'high' }, where: { type: 'object', required: ['n'], properties: { n: { type: 'number', minimum: 4 } } }, more: { type: 'string' } },
  })
  expect(sampleArguments(schema)).toEqual({ text: '', level: 'high', where: { n: 4 } })
})
