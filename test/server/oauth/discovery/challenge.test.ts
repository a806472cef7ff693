import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBearerChallenge } from '../../../../server/oauth/discovery/challenge.ts'
import { checkProperty } from '../../lib/check-property.ts'

const nothing = { resourceMetadata: undefined, scope: undefined, error: undefined }

describe('a WWW-Authenticate header', () => {
  it.each<[string, string, Partial<typeof nothing> | Record<string, string>]>([
    ['has its parameters read', 'Bearer resource_metadata="https://a.example/m", scope="read write", error="invalid_token"', { resourceMetadata: 'https://a.example/m', scope: 'read write', error: 'invalid_token' }],
    ['may say nothing but its scheme', 'Bearer', {}],
    ['is read in any case', 'bEARER Scope=read, RESOURCE_METADATA="https://a.example"', { scope: 'read', resourceMetadata: 'https://a.example' }],
    ['may have spaces around the equals sign', 'Bearer scope \t=  "read"', { scope: 'read' }],
    ['may have commas inside quotes', 'Bearer realm="a, Basic b=\\"c\\", d", scope="read"', { scope: 'read' }],
    ['may quote what stands in quotes', 'Bearer scope="a\\"b\\\\c"', { scope: 'a"b\\c' }],
    ['may begin with another challenge', 'Basic realm="x", Bearer scope="read"', { scope: 'read' }],
    ['may have another challenge after it', 'Bearer scope="read", Digest scope="other", error="no"', { scope: 'read' }],
    ['may have a challenge of one word before it', 'Negotiate, Bearer scope="read"', { scope: 'read' }],
    ['may have a challenge with a token before it', 'Negotiate YWJj+/==, Bearer scope="read"', { scope: 'read' }],
    ['may have a token where parameters are expected', 'Bearer YWJj==, Basic realm="x"', {}],
    ['may have empty members', ' , ,Bearer scope="read",, , error="x"', { scope: 'read', error: 'x' }],
    ['counts the first of two equal parameters', 'Bearer scope="first", scope="second"', { scope: 'first' }],
    ['counts the first of two Bearer challenges', 'Bearer scope="first", Bearer scope="second"', { scope: 'first' }],
    ['says nothing after the point where it cannot be read', 'Bearer scope="read", error="unfinished', { scope: 'read' }],
  ])('%s', (_title, header, expected) => expect(readBearerChallenge(header)).toEqual({ ...nothing, ...expected }))

  it.each([undefined, '', ',', 'Basic realm="Bearer scope=1"', 'Basic realm="x, Bearer resource_metadata=https://evil.example"', 'BearerX scope="a"', '"Bearer" scope="a"', '=Bearer'])(
    'without a Bearer challenge is none: %s',
    (header) => expect(readBearerChallenge(header)).toBeUndefined(),
  )

  it('is read in bounded time, whatever is in it', () => {
    const hostile = ['a,'.repeat(200_000), 'Bearer '.repeat(100_000), `Bearer a="${'\\"'.repeat(200_000)}`, 'a'.repeat(400_000), `Bearer ${'a '.repeat(200_000)}=`, `Bearer a${' '.repeat(400_000)}`]
    const before = process.cpuUsage()
    for (const header of hostile) readBearerChallenge(header)
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000)
  })

  it('gives what was written into it', () => {
    const text = fc.string({ unit: fc.constantFrom(...' abcXYZ,="\\:/?'), maxLength: 30 })
    const quoted = (value: string) => `"${value.replace(/["\\]/g, '\\$&')}"`
    checkProperty(
      fc.property(text, text, (realm, scope) => {
        const header = `Basic realm=${quoted(realm)}, Bearer realm=${quoted(realm)}, scope=${quoted(scope)}, Other scope="x"`
        expect(readBearerChallenge(header)?.scope).toBe(scope)
      }),
    )
  })

  it('never throws', () => {
    checkProperty(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (header) => {
        expect(readBearerChallenge(`Bearer ${header}`)).toBeDefined()
      }),
    )
  })
})
