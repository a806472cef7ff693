import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scanCallerMessage, scanUpstreamMessage, type Range } from '../../../server/mcp/message-scan.ts'
import { checkProperty } from '../lib/check-property.ts'
import { refusalOf, request, sentenceOf } from './scan-refusal.ts'

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
  const parse = (text: string): { method?: unknown; params?: Record<string, unknown> } | undefined => {
    try {
      return JSON.parse(text) as { method?: unknown; params?: Record<string, unknown> }
    } catch {
      return undefined
    }
  }
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
        const whole = parse(text)
        const sentence = sentenceOf(text)
        expect([sentence === 'accepted' && !whole, /not valid JSON/.test(sentence) && whole !== undefined]).toEqual([false, false])
        if (!whole || sentence !== 'accepted') return
        const message = scanCallerMessage(Buffer.from(text))
        expect(message.method).toBe(whole.method)
        expect(message.params).toEqual(whole.params)
        for (const key of paramsMembers) {
          const member = whole.params?.[key]
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
