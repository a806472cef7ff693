import { describe, expect, it } from 'vitest'
import { encodeRequest, type RequestParts } from '../../../../server/egress/http-client/encode-request.ts'

const parts = {
  method: 'POST',
  path: '/mcp?a=b',
  host: 'mcp.example:8443',
  via: '1.1 us',
  headers: ['X-Key', 'caf\xe9'],
  body: Buffer.from('{"a":"é"}'),
} satisfies RequestParts
const encode = (more: Partial<RequestParts>) => encodeRequest({ ...parts, ...more })
const HEAD = 'POST /mcp?a=b HTTP/1.1\r\nhost: mcp.example:8443\r\nconnection: keep-alive\r\nvia: 1.1 us\r\n'

describe('a request', () => {
  it('is one piece of head and body, with fields to the letter', () => {
    const expected = Buffer.concat([Buffer.from(`${HEAD}X-Key: caf\xe9\r\ncontent-length: 10\r\n\r\n`, 'latin1'), parts.body])
    expect(Buffer.from(encode({}) as string, 'latin1')).toEqual(expected)
    expect(encode({ headers: { 'X-Key': 'caf\xe9' } })).toEqual(encode({}))
  })

  it('that is large is bytes, and the same', () => {
    const body = Buffer.from('é'.repeat(20_000))
    const encoded = encode({ headers: [], body }) as Buffer
    expect(encoded).toEqual(Buffer.concat([Buffer.from(`${HEAD}content-length: 40000\r\n\r\n`), body]))
  })

  it.each([1, 20_000])('takes a body as a text with a character for each byte, too (%i times)', (times) => {
    const body = Buffer.from('é'.repeat(times))
    expect(encode({ body: body.toString('latin1') })).toEqual(encode({ body }))
  })

  it('without a body has a length only if it is a POST', () => {
    expect(encode({ headers: [], body: null })).toBe(`${HEAD}content-length: 0\r\n\r\n`)
    expect(encode({ headers: [], body: null, method: 'GET' })).not.toContain('content-length')
    expect(encode({ headers: [], body: null, method: 'DELETE' })).not.toContain('content-length')
  })

  it.each<[string, string]>([
    ['a second Host', 'Host'],
    ['a second Via', 'via'],
    ['a second Content-Length', 'CONTENT-LENGTH'],
    ['a coding', 'Transfer-Encoding'],
    ['a second Connection', 'connection'],
    ['an upgrade', 'Upgrade'],
    ['an expectation', 'Expect'],
    ['trailers', 'TE'],
    ['an empty name', ''],
    ['a space in a name', 'x y'],
    ['a colon in a name', 'x:y'],
    ['a line end in a name', 'x\r\nhost'],
    ['a line end after a name', 'x\n'],
    ['NUL in a name', 'x\0'],
    ['a letter that is none of HTTP in a name', 'x\xe9'],
  ])('with %s is not sent', (_, name) => {
    const refusal = expect.objectContaining({ code: 'upstream.unusable_request', requestSent: false })
    expect(() => encode({ headers: [name, 'a'] })).toThrow(refusal)
    expect(() => encode({ headers: { [name]: 'a' } })).toThrow(refusal)
  })

  const badValues = ['a\r\nhost: other', 'a\n', 'a\r', '\0', '\x7f', '\x1b[0m', '\u0100', 'a\u010d\u010a']
  it.each(badValues)('with the value %j is not sent', (value) => {
    const refusal = expect.objectContaining({ code: 'upstream.unusable_request' })
    expect(() => encode({ headers: ['x', value] })).toThrow(refusal)
  })

  it.each(['', 'mcp', '/a b', '/a\r\nhost: other', '/é', '/a\n', '*'])('to the path %j is not sent', (path) => {
    expect(() => encode({ path })).toThrow(expect.objectContaining({ code: 'upstream.unusable_request' }))
  })

  it('names no field like one of ours by accident of spelling', () => {
    expect(encode({ headers: ['x-host', '1', 'hosts', '2', 'via-x', '3'] })).toContain('x-host: 1\r\nhosts: 2\r\nvia-x: 3\r\n')
  })
})
