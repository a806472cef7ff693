import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { valuesOfForm } from '../../app/components/connections/form-values.ts'
import { type MetadataValue, readMetadataValue, writeMetadataValue } from '../../app/components/connections/metadata-text.ts'
import { findRowProblem, headersOf, metadataOf, readConnectionForm } from '../../app/components/connections/read-connection-form.ts'

function formOf(fields: readonly (readonly [string, string])[]) {
  const data = new FormData()
  for (const [name, value] of fields) data.append(name, value)
  return readConnectionForm(data)
}

describe('the form of a connection', () => {
  it('leaves out rows in which nothing was typed', () => {
    const form = formOf([
      ['headers.name', 'X-Api-Key'],
      ['headers.value', 'k'],
      ['headers.name', ''],
      ['headers.value', ' '],
    ])
    expect(headersOf(form)).toEqual({ 'X-Api-Key': 'k' })
  })

  it.each([
    [[['headers.name', ''], ['headers.value', 'k']], 'headers'],
    [[['headers.name', 'X-Key'], ['headers.value', '1'], ['headers.name', 'x-key'], ['headers.value', '2']], 'headers.x-key'],
    [[['metadata.name', 'userId'], ['metadata.value', '1'], ['metadata.name', 'userId'], ['metadata.value', '2']], 'metadata.userId'],
  ] as const)('says which row cannot be stored: %j', (fields, field) => {
    expect(findRowProblem(formOf(fields), 'req_1')?.field).toBe(field)
  })

  it('takes a row named __proto__ like any other', () => {
    const form = formOf([['metadata.name', '__proto__'], ['metadata.value', 'x']])
    expect(Object.entries(metadataOf(form))).toEqual([['__proto__', 'x']])
  })

  it('is shown again without a secret, and says that some were left out', () => {
    const values = valuesOfForm(
      formOf([
        ['mcpUrl', 'https://mcp.example.com/mcp?apiKey=canary-1&x=canary-2'],
        ['headers.name', 'X-Api-Key'],
        ['headers.value', 'canary-3'],
      ]),
    )
    expect(JSON.stringify(values)).not.toContain('canary')
    expect(values).toMatchObject({ mcpUrl: 'https://mcp.example.com/mcp?apiKey=&x=', headerNames: ['X-Api-Key'], secretsLeftOut: true })
  })
})

describe('a metadata value in a form', () => {
  it.each([
    ['blue', 'blue'],
    ['12345678901234567890', '12345678901234567890'],
    ['true', 'true'],
    ['["a"]', ['a']],
    ['"{}"', '{}'],
    ['{broken', '{broken'],
  ])('%o is read as %j', (text, value) => {
    expect(readMetadataValue(text)).toEqual(value)
  })

  it('is stored again as what it was, with its type, unless its line was changed', () => {
    const value = fc.jsonValue() as fc.Arbitrary<MetadataValue>
    fc.assert(fc.property(value, (stored) => void expect(readMetadataValue(writeMetadataValue(stored), stored)).toEqual(stored)))
    expect(readMetadataValue('6', 5)).toBe('6')
  })

  it('fits on one line, and text is read from its line alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const line = writeMetadataValue(text)
        expect(line).not.toMatch(/[\r\n]/)
        expect(readMetadataValue(line)).toBe(text)
      }),
    )
  })
})
