import { describe, expect, it } from 'vitest'
import { scanCallerMessage, scanUpstreamMessage } from '../../../server/mcp/message-scan.ts'
import { request, sentenceOf } from './scan-refusal.ts'

const scan = (text: string) => scanCallerMessage(Buffer.from(text))
const nested = (levels: number, open: string, close: string) => open.repeat(levels) + '1' + close.repeat(levels)

describe('a key that two parsers could read differently is refused', () => {
  const twice = {
    'twice at the root': '{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}',
    'twice at the root, once escaped': '{"jsonrpc":"2.0","method":"ping","m\\u0065thod":"tools/call","id":1}',
    'twice in params': request('{"name":"a","name":"b"}'),
    'twice in the arguments': request('{"name":"a","arguments":{"path":1,"path":2}}'),
    'twice in an array deep inside': request('{"arguments":[[{"a":{"b":1,"b":1}}]]}'),
    'twice, escaped beside plain': request('{"arguments":{"path":1,"\\u0070ath":2}}'),
    'twice, escaped beside plain, with letters beyond ASCII': request('{"arguments":{"éa":1,"é\\u0061":2}}'),
    'twice, all escaped beside UTF-8': request('{"arguments":{"日本":1,"\\u65e5\\u672c":2}}'),
    'twice, a pair of surrogates beside UTF-8': request('{"arguments":{"😀":1,"\\ud83d\\ude00":2}}'),
    'twice among many': request(`{"arguments":{${Array.from({ length: 30 }, (_, index) => `"k${index}":0`).join()},"k7":1}}`),
    'two lone surrogates, which UTF-8 cannot tell apart': request('{"arguments":{"\\ud800":1,"\\ud801":2}}'),
  }
  it.each(Object.entries(twice))('%s', (_title, text) => expect(sentenceOf(text)).toMatch(/same key twice/))

  const lookAlikes = {
    'METHOD beside method': '{"jsonrpc":"2.0","id":1,"method":"ping","METHOD":"tools/call"}',
    'Method instead of method': '{"jsonrpc":"2.0","id":1,"Method":"tools/call","result":{}}',
    'ID with a NUL in it': '{"jsonrpc":"2.0","id":1,"i\\u0000d":2,"method":"ping"}',
    'Name in params': request('{"Name":"b"}'),
    'na-NUL-me in params': request('{"name":"a","na\\u0000me":"b"}'),
    'argumentſ with a long s': request('{"name":"a","argumentſ":{}}'),
    'argumentſ, escaped': request('{"name":"a","argument\\u017f":{}}'),
    'progressToKen with a Kelvin sign, in _meta': request('{"_meta":{"progressTo\u212aen":1}}'),
    'jſonrpc at the root': '{"jsonrpc":"2.0","jſonrpc":"1.0","id":1,"method":"ping"}',
    'İD with a Turkish capital': '{"jsonrpc":"2.0","id":1,"İD":2,"method":"ping"}',
    'progresstoken in _meta': request('{"_meta":{"progresstoken":1}}'),
    'the protocol version in capitals, in _meta': request('{"_meta":{"IO.modelcontextprotocol/protocolVersion":"x"}}'),
    'Äb beside äb, in params': request('{"Äb":1,"äb":2}'),
    'unknown members that differ in case, at the root': '{"jsonrpc":"2.0","id":1,"method":"ping","x":1,"X":2}',
  }
  it.each(Object.entries(lookAlikes))('%s', (_title, text) => expect(sentenceOf(text)).toMatch(/upper and lower case/))

  it.each([
    request('{"name":"a","arguments":{"Name":1,"name":2,"NAME":3}}'),
    request('{"_meta":{"progressToken":1,"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}'),
    request('{"requestId":1,"protocolVersion":"x","clientInfo":{}}'),
    request('{"é":1,"è":2,"日":3,"月":4}'),
    request('{"arguments":{"__proto__":1,"constructor":2}}'),
  ])('but not what everybody reads alike: %s', (text) => expect(sentenceOf(text)).toBe('accepted'))
})

describe('bytes that are not one JSON-RPC message are refused with their reason', () => {
  const ping = '{"jsonrpc":"2.0","id":1,"method":"ping"}'
  const refused: [string, string | Buffer, RegExp][] = [
    ['a byte order mark', `\ufeff${ping}`, /byte order mark/],
    ['an overlong encoding', Buffer.from([...Buffer.from('{"a":"'), 0xc0, 0xaf, 0x22, 0x7d]), /UTF-8/],
    ['an encoded surrogate', Buffer.from([...Buffer.from('{"a":"'), 0xed, 0xa0, 0x80, 0x22, 0x7d]), /UTF-8/],
    ['a cut multi-byte character', Buffer.from(ping + 'é').subarray(0, -1), /UTF-8/],
    ['a batch', `[${ping}]`, /Batches/],
    ['an empty batch', '[]', /Batches/],
    ['a string', '"ping"', /one JSON-RPC message/],
    ['nothing', '', /not valid JSON/],
    ['a second message', ping + ping, /not valid JSON/],
    ['a NUL after it', `${ping}\0`, /not valid JSON/],
    ['a comment', ping.replace(',', ',/* */'), /not valid JSON/],
    ['a comma too many', ping.replace('}', ',}'), /not valid JSON/],
    ['a line break inside a string', ping.replace('ping', 'pi\nng'), /not valid JSON/],
    ['version 1.0', ping.replace('2.0', '1.0'), /jsonrpc/],
    ['no version', '{"id":1,"method":"ping"}', /jsonrpc/],
    ['a method that is a number', ping.replace('"ping"', '5'), /method/],
    ['a null id', ping.replace('1,', 'null,'), /id/],
    ['an id that is an object', ping.replace('1,', '{},'), /id/],
    ['params by position', request('[1]'), /params/],
    ['neither a method nor a result', '{"jsonrpc":"2.0","id":1}', /neither/],
  ]
  it.each(refused)('%s', (_title, bytes, sentence) => expect(sentenceOf(bytes)).toMatch(sentence))

  it("space around and inside the message is nobody's trouble", () => {
    expect(scan(` \r\n\t{ "jsonrpc" : "2.0" ,\n"method" : "ping" , "id" : "a" }\n`)).toMatchObject({ method: 'ping', idToken: '"a"' })
  })

  it.each([
    ['objects', '{"a":', '}'],
    ['arrays', '[', ']'],
  ])('64 levels of %s are read, 65 are not', (_title, open, close) => {
    // The root and params are the first two.
    const at = (levels: number) => sentenceOf(request(`{"x":${nested(levels - 2, open, close)}}`))
    expect(at(64)).toBe('accepted')
    expect(at(65)).toMatch(/deeper than 64/)
    expect(at(2000)).toMatch(/deeper than 64/)
  })
})

describe('a part is refused that JSON does not know', () => {
  it.each(['', '01', '-', '-01', '1.', '.5', '+1', '1e', '1e+', '1.e1', '0x1', '1_0', 'NaN', 'Infinity', 'tru', 'True', 'nul', 'undefined', "'a'"])('%s', (value) =>
    expect(sentenceOf(request(`{"a":${value}}`))).toMatch(/not valid JSON/)
  )
  it.each(['\\x', '\\', '\\u12', '\\u12g4', '\\U0041', '\\\'', '\t', '\0', '\x1f'])('%j in a string', (inside) => {
    expect(sentenceOf(request(`{"a":"${inside}"}`))).toMatch(/not valid JSON/)
    expect(sentenceOf(request(`{"${inside}":1}`))).toMatch(/not valid JSON/)
  })
  it.each(['-0', '0.10', '1e400', '1E-7', '-12.5e+3', 'true', 'false', 'null', '"\\u00e9\\/\\b\\f\\n\\r\\t\\"\\\\"', '"\x7f"', '[ ]', '{ }'])('but not %s', (value) => {
    const message = scan(request(`{"a":${value}}`))
    expect(message.params).toEqual({ a: JSON.parse(value) })
  })
})

it.each(['{"a":', '['])('what an upstream nests in its result is passed over however deep it is: %s', (open) => {
  const result = `{"deep":${nested(100_000, open, open === '[' ? ']' : '}')},"after":[{"}":"\\"]"}]}`
  const text = `{"jsonrpc":"2.0","result":${result},"id":"é"}`
  const { id, resultMembers } = scanUpstreamMessage(Buffer.from(text))
  expect(Buffer.from(text).toString('utf8', id!.start, id!.end)).toBe('"é"')
  expect(resultMembers.map(({ key }) => key)).toEqual(['deep', 'after'])
})
