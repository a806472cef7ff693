import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { composeMessage } from '../../../server/mcp/compose-message.ts'
import {
  addEnvelope,
  completeResult,
  encodeHeaderValue,
  envelopeRevision,
  OUR_ENVELOPE,
  replaceEnvelope,
  routingHeaders,
} from '../../../server/mcp/envelope.ts'
import { scanCallerMessage, scanUpstreamMessage } from '../../../server/mcp/message-scan.ts'
import { splice } from '../../../server/mcp/splice.ts'
import { checkProperty } from '../lib/check-property.ts'

interface Call {
  params: Record<string, unknown> & { _meta?: Record<string, unknown> }
}
const request = (params: unknown) =>
  Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', ...(params !== undefined && { params }) }))
const wrap = (bytes: Buffer) => splice(bytes, addEnvelope(bytes, scanCallerMessage(bytes).offsets))
const unwrap = (bytes: Buffer, token = '99') => splice(bytes, replaceEnvelope(bytes, scanCallerMessage(bytes).offsets, token))
const parse = (bytes: Buffer) => JSON.parse(bytes.toString()) as Call
const json = fc.jsonValue({ maxDepth: 2 })
const meta = fc.dictionary(fc.constantFrom('a', 'é', 'example.com/x', 'progressToken'), json, { noNullPrototype: true })
const paramsWithMeta = fc.tuple(
  fc.dictionary(fc.constantFrom('name', 'arguments', 'é'), json, { noNullPrototype: true }),
  fc.option(meta, { nil: undefined })
)
const paramsOf = ([own, ownMeta]: [Record<string, unknown>, Record<string, unknown> | undefined]) => ({
  ...own,
  ...(ownMeta && { _meta: ownMeta }),
})

describe('the envelope of the stateless revision', () => {
  it.each([
    ['no params', undefined, OUR_ENVELOPE],
    ['empty params', {}, OUR_ENVELOPE],
    ['params without _meta', { name: 'echo' }, OUR_ENVELOPE],
    ['an empty _meta', { _meta: {} }, OUR_ENVELOPE],
    ['members that stay', { _meta: { progressToken: 1, 'x.y/z': [1] } }, { ...OUR_ENVELOPE, progressToken: 1, 'x.y/z': [1] }],
    [
      'an envelope that is not ours',
      { _meta: { ...OUR_ENVELOPE, 'io.modelcontextprotocol/clientCapabilities': { sampling: {} } } },
      OUR_ENVELOPE,
    ],
    ['a _meta that is no object', { _meta: 5 }, OUR_ENVELOPE],
  ])('is put into a request with %s', (_title, params, expected) => expect(parse(wrap(request(params))).params._meta).toEqual(expected))

  it('is put into a request of our own making', () => {
    for (const params of [{}, { name: 'echo', arguments: { 'é"\\': '😀' } }]) {
      const { bytes, offsets } = composeMessage('tools/call', params)
      expect(parse(splice(bytes, addEnvelope(bytes, offsets)))).toEqual({
        jsonrpc: '2.0',
        id: 0,
        method: 'tools/call',
        params: { ...params, _meta: OUR_ENVELOPE },
      })
    }
  })

  it('that was added can be taken out again, and nothing else is gone', () => {
    checkProperty(
      fc.property(paramsWithMeta, (parts) => {
        const params = paramsOf(parts)
        const bytes = request(params)
        const token = JSON.stringify(params._meta?.progressToken) ?? '0'
        expect(envelopeRevision(scanCallerMessage(wrap(bytes)))).toBe('2026-07-28')
        const expected = JSON.parse(bytes.toString()) as Call
        expect(parse(unwrap(wrap(bytes), token))).toEqual({
          ...expected,
          params: { ...expected.params, _meta: expected.params._meta ?? {} },
        })
      })
    )
  })

  it("leaves no trace of the caller's, whose capabilities are not ours to promise", () => {
    const bytes = request({ _meta: { ...OUR_ENVELOPE, 'io.modelcontextprotocol/logLevel': 'debug', keep: 1 } })
    expect(parse(unwrap(bytes)).params._meta).toEqual({ keep: 1 })
  })

  it("goes out together with the caller's progress token, whose place another takes, also where there is no envelope", () => {
    expect(parse(unwrap(request({ _meta: { ...OUR_ENVELOPE, progressToken: 'mine', keep: 1 } }))).params._meta).toEqual({
      progressToken: 99,
      keep: 1,
    })
    expect(parse(unwrap(request({ _meta: { progressToken: 'mine' } }))).params._meta).toEqual({ progressToken: 99 })
    expect(unwrap(request({ _meta: { keep: 1 } })).equals(request({ _meta: { keep: 1 } }))).toBe(true)
  })

  it('does not cost the other members of _meta a digit', () => {
    const text =
      '{"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":{"big":12345678901234567890.10,"progressToken":5,"io.modelcontextprotocol/logLevel":"info"}}}'
    expect(unwrap(Buffer.from(text)).toString()).toContain('{"big":12345678901234567890.10,"progressToken":99}')
  })

  it.each([[undefined], [{}], [{ _meta: null }], [{ _meta: 'x' }], [{ _meta: { 'io.modelcontextprotocol/protocolVersion': 5 } }]])(
    'is not seen in %j',
    (params) => expect(envelopeRevision(scanCallerMessage(request(params)))).toBeUndefined()
  )
})

describe('a header value', () => {
  it.each([
    ['echo', 'echo'],
    ['file:///a b.txt', 'file:///a b.txt'],
    ['', '=?base64??='],
    [' edge', '=?base64?IGVkZ2U=?='],
    ['edge ', '=?base64?ZWRnZSA=?='],
    ['tab\there', '=?base64?dGFiCWhlcmU=?='],
    ['a\r\nx: y', '=?base64?YQ0KeDogeQ==?='],
    ['é', '=?base64?w6k=?='],
    ['=?base64?aGk=?=', '=?base64?PT9iYXNlNjQ/YUdrPT89?='],
    ['=?BASE64?', '=?base64?PT9CQVNFNjQ/?='],
  ])('%j is sent as %j', (value, sent) => expect(encodeHeaderValue(value)).toBe(sent))

  it('is visible ASCII without edge spaces and means one text only', () => {
    checkProperty(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const sent = encodeHeaderValue(value)
        expect(sent).toMatch(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/)
        const wrapped = /^=\?base64\?(.*)\?=$/.exec(sent)
        expect(wrapped ? Buffer.from(wrapped[1]!, 'base64').toString() : sent).toBe(value)
      })
    )
  })
})

it.each([
  ['tools/call', { name: 'écho' }, { 'mcp-method': 'tools/call', 'mcp-name': '=?base64?w6ljaG8=?=' }],
  ['resources/read', { uri: 'file:///x', name: 'y' }, { 'mcp-method': 'resources/read', 'mcp-name': 'file:///x' }],
  ['prompts/get', { name: 'p' }, { 'mcp-method': 'prompts/get', 'mcp-name': 'p' }],
  ['tools/call', { name: 5 }, { 'mcp-method': 'tools/call' }],
  ['tools/list', { name: 'not asked for' }, { 'mcp-method': 'tools/list' }],
  ['é\nx', undefined, { 'mcp-method': '=?base64?w6kKeA==?=' }],
])('the routing headers of %s repeat its body', (method, params, expected) => {
  const message = scanCallerMessage(Buffer.from(JSON.stringify({ jsonrpc: '2.0', method, params })))
  expect(routingHeaders(method, message)).toEqual({ 'mcp-protocol-version': '2026-07-28', ...expected })
})

describe("an older server's result is completed", () => {
  const complete = (method: string, result: string) => {
    const bytes = Buffer.from(`{"jsonrpc":"2.0","id":1,"result":${result}}`)
    return (JSON.parse(splice(bytes, completeResult(method, bytes, scanUpstreamMessage(bytes))).toString()) as { result: unknown }).result
  }
  it.each([
    ['tools/call', '{}', { resultType: 'complete' }],
    ['tools/call', '{"content":[]}', { resultType: 'complete', content: [] }],
    ['tools/call', '{"resultType":"other"}', { resultType: 'other' }],
    ['tools/list', '{ }', { resultType: 'complete', ttlMs: 0, cacheScope: 'private' }],
    ['tools/list', '{"tools":[],"ttlMs":5,"cacheScope":"public"}', { resultType: 'complete', tools: [], ttlMs: 5, cacheScope: 'public' }],
    ['tools/list', 'null', null],
    ['tools/list', '[]', []],
    ['tools/list', '"x"', 'x'],
  ])('%s with %s', (method, result, expected) => expect(complete(method, result)).toEqual(expected))

  it('but an error is not', () => {
    const bytes = Buffer.from('{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"x"}}')
    expect(completeResult('tools/call', bytes, scanUpstreamMessage(bytes))).toEqual([])
  })
})
