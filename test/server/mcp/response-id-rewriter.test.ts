import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ResponseIdRewriter } from '../../../server/mcp/response-id-rewriter.ts'
import { checkProperty, chunksOf, cuts } from '../lib/check-property.ts'

const rewrite = (sent: string, caller: string, chunks: readonly Buffer[]) => {
  const rewriter = new ResponseIdRewriter(sent, caller)
  const text = Buffer.concat(chunks.flatMap((chunk) => rewriter.push(chunk))).toString()
  return { text, matched: rewriter.matched }
}
const whole = (text: string, sent = '7', caller = '"a"') => rewrite(sent, caller, [Buffer.from(text)])

describe("the id of an answer becomes the caller's", () => {
  it.each([
    ['first', '{"id":7,"result":{}}', '{"id":"a","result":{}}'],
    ['last', '{"jsonrpc":"2.0","result":{"id":7},"id":7}', '{"jsonrpc":"2.0","result":{"id":7},"id":"a"}'],
    ['after a string that looks like it', '{"x":"\\"id\\":7","id":7}', '{"x":"\\"id\\":7","id":"a"}'],
    ['after a value that reads "id"', '{"kind":"id","n":7,"id":7}', '{"kind":"id","n":7,"id":"a"}'],
    ['after a key that ends in a backslash', '{"id\\\\":7,"id":7}', '{"id\\\\":7,"id":"a"}'],
    ['with space around it kept', '{ "id" :\r\n\t 7 \n, "result" : {} }', '{ "id" :\r\n\t "a" \n, "result" : {} }'],
    ['after arrays of objects', '{"result":[{"id":7},[7]],"id":7}', '{"result":[{"id":7},[7]],"id":"a"}'],
  ])('%s', (_title, sent, received) => expect(whole(sent)).toEqual({ text: received, matched: true }))

  it.each([
    ['another number', '{"id":8,"result":{}}'],
    ['a number that begins alike', '{"id":77,"result":{}}'],
    ['the same digits as a string', '{"id":"7","result":{}}'],
    ['null', '{"id":null,"error":{}}'],
    ['none at the root', '{"result":{"id":7}}'],
    ['a root that is an array', '[{"id":7}]'],
    ['a string with separators', '{"id":"7,}","result":{}}'],
  ])('but an answer with %s is told apart and left as it is', (_title, text) => expect(whole(text)).toEqual({ text, matched: false }))
})

it('any answer, cut anywhere, keeps every byte but those of its id', () => {
  const id = fc.oneof(fc.nat(), fc.string({ unit: 'grapheme' }))
  const text = fc.string({ unit: fc.constantFrom(...'id"\\:,{}[]7 é日😀\n') })
  const value = fc.oneof(fc.jsonValue(), text, fc.dictionary(fc.oneof(fc.constant('id'), text), fc.oneof(fc.nat({ max: 9 }), text)))
  const member = fc.tuple(
    text.filter((key) => key !== 'id'),
    value
  )
  const space = fc.constantFrom('', ' ', '\n  ', '\r\n\t')
  checkProperty(
    fc.property(fc.array(member), fc.array(member), id, id, space, cuts, (before, after, sent, caller, gap, places) => {
      const write = ([key, content]: [string, unknown]) => `${JSON.stringify(key)}${gap}:${gap}${JSON.stringify(content)}`
      const answer = (token: string) =>
        `{${gap}${[...before.map(write), `"id"${gap}:${gap}${token}`, ...after.map(write)].join(`${gap},${gap}`)}${gap}}`
      const bytes = Buffer.from(answer(JSON.stringify(sent)))
      const result = rewrite(JSON.stringify(sent), JSON.stringify(caller), chunksOf(bytes, places))
      expect(result).toEqual({ text: answer(JSON.stringify(caller)), matched: true })
    })
  )
})

it('an answer that comes byte by byte is read like one that comes whole', () => {
  const text = '{"jsonrpc":"2.0","result":{"t":"\\\\\\" é日😀","id":7},"id" : 7}'
  const bytes = Buffer.from(text)
  const single = Array.from(bytes, (_byte, at) => bytes.subarray(at, at + 1))
  expect(rewrite('7', '1', single)).toEqual(rewrite('7', '1', [bytes]))
})
