import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FilterTerm, readFilter, writeFilter } from '../../app/components/connections/connection-filter.ts'

describe('the search of the connections page', () => {
  it.each<[string, FilterTerm[]]>([
    ['userId:123', [{ kind: 'metadata', key: 'userId', value: '123' }]],
    ['team:"blue whales"', [{ kind: 'metadata', key: 'team', value: 'blue whales' }]],
    ['id:github-42 name:GitHub', [{ kind: 'id', value: 'github-42' }, { kind: 'name', value: 'GitHub' }]],
    ['url:https://mcp.example.com:8443/mcp?a=b', [{ kind: 'url', value: 'https://mcp.example.com:8443/mcp?a=b' }]],
    ['https://mcp.example.com/mcp', [{ kind: 'url', value: 'https://mcp.example.com/mcp' }]],
    ['github', [{ kind: 'word', value: 'github' }]],
    ['Linear of Ada', [{ kind: 'word', value: 'Linear of Ada' }]],
    ['"Linear of Ada"', [{ kind: 'word', value: 'Linear of Ada' }]],
    ['"name":x', [{ kind: 'metadata', key: 'name', value: 'x' }]],
    ['plan:', [{ kind: 'metadata', key: 'plan', value: '' }]],
    ['id: name:', []],
    ['team:"never closed', [{ kind: 'metadata', key: 'team', value: 'never closed' }]],
    ['   ', []],
  ])('reads %o', (text, terms) => {
    expect(readFilter(text)).toEqual(terms)
  })

  it('can be taken apart and put together again, whatever is in it', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 })
    const term = fc.oneof(
      fc.record({ kind: fc.constant('metadata' as const), key: text, value: fc.string({ unit: 'grapheme' }) }),
      fc.record({ kind: fc.constantFrom('id' as const, 'name' as const, 'url' as const, 'word' as const), value: text }),
    )
    const isApart = (terms: readonly FilterTerm[]) => terms.every(({ kind }, at) => kind !== 'word' || terms[at + 1]?.kind !== 'word')
    const terms = fc.array(term, { maxLength: 4 }).filter(isApart)
    fc.assert(fc.property(terms, (drawn) => void expect(readFilter(writeFilter(drawn))).toEqual(drawn)))
  })

  it('never fails on what a person types', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void expect(readFilter(text)).toBeInstanceOf(Array)))
  })
})
