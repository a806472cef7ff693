import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MessageRefused, scanCallerMessage, scanUpstreamMessage, type Range } from '../../../server/mcp/message-scan.ts'
import { checkProperty } from '../lib/check-property.ts'

const scan = (text: string) => scanCallerMessage(Buffer.from(text))
const request = (params: string) => `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}`
/** Its sentence, or '' if nothing is refused; any other error is the test's failure. */
const refusalOf = (scanning: () => unknown): string => {
  try {
    scanning()
  } catch (error) {
    if (error instanceof MessageRefused) return error.message
    throw error
  }
  return ''
}
const sentenceOf = (bytes: string | Buffer): string => refusalOf(() => scanCallerMessage(Buffer.from(bytes))) || 'accepted'
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

describe('for any message', () => {
  const paramsMembers = ['name', 'arguments', 'uri', 'cursor', '_meta', 'requestId', 'progressToken', 'level', 'ref', 'argument']
  const metaMembers = ['progressToken', 'io.modelcontextprotocol/logLevel']
  const misspell = (key: string, change: string): string => {
    if (change === 'nul') return `${key.slice(0, 2)}\0${key.slice(2)}`
    if (change === 'long s') return key.replace('s', '\u017f')
    if (change === 'kelvin') return key.replace('k', '\u212a')
    return change === 'upper' ? key.toUpperCase() : change === 'lower' ? key.toLowerCase() : key
  }
  const spelling = (known: string[]) =>
    fc
      .tuple(fc.constantFrom(...known), fc.constantFrom('none', 'none', 'none', 'upper', 'lower', 'nul', 'long s', 'kelvin'))
      .map(([key, change]) => misspell(key, change))
  // No capital I with a dot and no sharp s: Unicode and the scanner, who is stricter, fold them differently.
  const word = fc.string({ unit: fc.constantFrom(...'abABnN_é日"\\/\n 😀') })
  const json = fc.oneof(fc.jsonValue(), fc.dictionary(word, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 5 }))
  const membersLike = (known: string[]) => fc.dictionary(fc.oneof(spelling(known), word), json, { maxKeys: 4, noNullPrototype: true })
  const params = fc
    .tuple(membersLike(paramsMembers), fc.option(membersLike(metaMembers)))
    .map(([own, meta]) => (meta ? { ...own, _meta: meta } : own))

  const equalButForCase = (one: string, other: string) =>
    new RegExp(`^${one.replaceAll('\0', '').replace(/[^\w\s]/gu, (sign) => `\\u{${sign.codePointAt(0)!.toString(16)}}`)}$`, 'iu').test(
      other.replaceAll('\0', '')
    )
  const isAmbiguous = (object: object, known: string[]) => {
    const keys = Object.keys(object)
    const clash = keys.some((one, index) => keys.slice(0, index).some((other) => equalButForCase(one, other)))
    return clash || keys.some((one) => !known.includes(one) && known.some((member) => equalButForCase(one, member)))
  }
  const escapeAll = (text: string) =>
    Array.from({ length: text.length }, (_unit, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
  const slice = (bytes: Buffer, range: Range | undefined): unknown => JSON.parse(bytes.toString('utf8', range!.start, range!.end))

  it('reading succeeds exactly if no key of params or _meta has a look-alike, and its parts lie where the offsets say', () => {
    checkProperty(
      fc.property(params, fc.oneof(fc.integer(), fc.string()), fc.string(), (value, id, method) => {
        const bytes = Buffer.from(JSON.stringify({ jsonrpc: '2.0', id, method, params: value }))
        const meta =
          '_meta' in value && typeof value._meta === 'object' && value._meta !== null && !Array.isArray(value._meta) ? value._meta : {}
        const ambiguous = isAmbiguous(value, paramsMembers) || isAmbiguous(meta, metaMembers)
        expect(/differ only/.test(sentenceOf(bytes))).toBe(ambiguous)
        if (ambiguous) return
        const message = scanCallerMessage(bytes)
        expect(message.bytes).toBe(bytes)
        const wire = JSON.parse(bytes.toString()) as { id: unknown; method: unknown; params: Record<string, unknown> }
        expect(slice(bytes, message.offsets.id)).toEqual(wire.id)
        expect(JSON.parse(message.idToken!)).toEqual(wire.id)
        expect(slice(bytes, message.offsets.method)).toBe(message.method)
        expect(slice(bytes, message.offsets.params)).toEqual(wire.params)
        for (const { key: name, value: range } of message.offsets.paramsMembers) expect(slice(bytes, range)).toEqual(wire.params[name])
      })
    )
  })

  it('a key that is written twice in the arguments is found, however it is spelled', () => {
    const others = fc.dictionary(word, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 15 })
    checkProperty(
      fc.property(word, fc.boolean(), others, (twin, escaped, beside) => {
        const rest = Object.entries(beside)
          .filter(([name]) => name !== twin)
          .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
        const again = escaped ? `"${escapeAll(twin)}":2` : `${JSON.stringify(twin)}:2`
        expect(sentenceOf(request(`{"arguments":{${[`${JSON.stringify(twin)}:1`, ...rest, again].join()}}}`))).toMatch(/same key twice/)
      })
    )
  })

  it('whatever happened to it, it is refused if JSON.parse refuses it, and its parts are what JSON.parse makes of them', () => {
    const change = fc.record({ at: fc.nat(400), drop: fc.nat(3), put: fc.string({ unit: fc.constantFrom(...'{}[]",:\\/u0123eE+-.tfnabd \n\té'), maxLength: 3 }) })
    checkProperty(
      fc.property(params, fc.oneof(fc.integer(), fc.string()), fc.array(change, { maxLength: 2 }), (value, id, changes) => {
        let text = JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: value }, null, Number(changes.length > 1))
        for (const { at, drop, put } of changes) text = text.slice(0, at % text.length) + put + text.slice((at % text.length) + drop)
        // A cut may leave half a character, which UTF-8 cannot carry.
        text = Buffer.from(text).toString()
        let whole: { method?: unknown; params?: Record<string, unknown> } | undefined
        try {
          whole = JSON.parse(text) as typeof whole
        } catch {
          expect(sentenceOf(text)).not.toBe('accepted')
          return
        }
        const sentence = sentenceOf(text)
        expect(sentence).not.toMatch(/not valid JSON/)
        if (sentence !== 'accepted') return
        const message = scan(text)
        expect(message.method).toBe(whole?.method)
        expect(message.params).toEqual(whole?.params)
        for (const key of paramsMembers) {
          const member = whole?.params?.[key]
          expect(message.textParam(key)).toBe(typeof member === 'string' ? member : undefined)
        }
      })
    )
  })

  it('garbage is refused in a sentence and never in another way', () => {
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc.string({ unit: fc.constantFrom(...'{}[]",:\\0e-1a \0\u00e9') }).map((text) => new TextEncoder().encode(text))
    )
    checkProperty(
      fc.property(bytes, (garbage) => {
        expect(refusalOf(() => scanCallerMessage(Buffer.from(garbage)))).toMatch(/\w/)
        expect(refusalOf(() => scanUpstreamMessage(Buffer.from(garbage)))).toBeTypeOf('string')
      })
    )
  })
})
