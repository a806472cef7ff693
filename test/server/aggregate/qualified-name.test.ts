// Full names come apart into what they were made of, whatever a server calls its things.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { qualifyItems } from '../../../server/aggregate/list-kinds.ts'
import { qualifyName, qualifyUri, readName, readUri } from '../../../server/aggregate/qualified-name.ts'

const connectionId = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/)
const own = fc.string({ minLength: 1, unit: 'binary' })

it('a name and a URI are read back as they were written, for any connection and any text', () => {
  fc.assert(
    fc.property(connectionId, own, (id, text) => {
      expect(readName(qualifyName(id, text))).toEqual({ connectionId: id, own: text })
      expect(readUri(qualifyUri(id, text))).toEqual({ connectionId: id, own: text })
    }),
  )
})

it('things of two connections never have one name', () => {
  fc.assert(
    fc.property(connectionId, own, connectionId, own, (id, text, otherId, otherText) => {
      fc.pre(id !== otherId)
      expect(qualifyName(id, text)).not.toBe(qualifyName(otherId, otherText))
      expect(qualifyUri(id, text)).not.toBe(qualifyUri(otherId, otherText))
    }),
  )
})

it('a template keeps its expressions, so that what is filled in is what the server expects', () => {
  const filled = qualifyUri('wiki', 'page://{space}/{title}').replace('{space}', 'a%20b').replace('{title}', 'c')
  expect(readUri(filled)).toEqual({ connectionId: 'wiki', own: 'page://a%20b/c' })
})

describe('what is no full name', () => {
  it.each(['', '.', 'a', 'a.', '.a'])('%j names no tool', (text) => expect(readName(text)).toBeUndefined())
  it.each(['', 'file:///a', 'plugboard://', 'plugboard://a', 'plugboard://a/', 'plugboard:///a'])('%j names no resource', (text) => expect(readUri(text)).toBeUndefined())
})

it('of two things with one name the first is listed, and what has no name is not', () => {
  const items = [{ name: 'a', n: 1 }, { name: 'a', n: 2 }, { name: '' }, { name: 7 }, {}, { name: '__proto__' }]
  expect(qualifyItems('tools/list', 'it', items)).toEqual([{ name: 'it.a', n: 1 }, { name: 'it.__proto__' }])
})

it('the interface of a tool is found where its server is', () => {
  const tool = { name: 'chart', _meta: { ui: { resourceUri: 'ui://chart', visibility: ['model'] }, other: 1 } }
  expect(qualifyItems('tools/list', 'it', [tool])).toEqual([
    { name: 'it.chart', _meta: { ui: { resourceUri: 'plugboard://it/ui://chart', visibility: ['model'] }, other: 1 } },
  ])
})
