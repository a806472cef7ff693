import { describe, expect, it } from 'vitest'
import { AnswerParser } from '../../../../server/egress/http-client/answer-parser.ts'
import { answersWithSurplus, byteByByte, bytesOf, crookedAnswers, plainAnswers, readAnswer } from './answers.ts'

const entries = Object.entries

describe('a plain answer', () => {
  it.each(entries(plainAnswers))('with %s is read the same wherever it is cut', (_, text) => {
    const bytes = bytesOf(text)
    const { pieces: __, ...whole } = readAnswer([bytes])
    expect(whole).toMatchObject({ outcome: 'whole', surplus: false })
    for (let cut = 1; cut < bytes.length; cut += 1) {
      expect(readAnswer([bytes.subarray(0, cut), bytes.subarray(cut)])).toMatchObject(whole)
    }
    expect(readAnswer(byteByByte(bytes))).toMatchObject(whole)
  })

  const delimited = entries(plainAnswers).filter(([name]) => !name.includes('end of the connection'))
  it.each(delimited)('with %s is incomplete without its last byte', (_, text) => {
    expect(readAnswer([bytesOf(text.slice(0, -1))]).outcome).toBe('incomplete')
  })

  it('has its fields by small letters, in order, without blanks around them', () => {
    const headers = (name: string) => readAnswer([bytesOf(plainAnswers[name]!)]).headers
    expect(headers('a field twice')).toEqual({ 'set-cookie': ['a', 'b', 'c'], 'content-length': '2' })
    expect(headers('blanks around values')).toEqual({ 'x-a': 'a b', 'x-b': '', 'x-c': 'c', 'content-length': '2' })
  })

  it.each(['content-type', 'Content-Type', 'CONTENT-TYPE', 'cOnTeNt-TyPe'])('has the field %s by small letters, twice too', (spelling) => {
    const read = (fields: string) => readAnswer([bytesOf(`HTTP/1.1 200 OK\r\ncontent-length: 0\r\n${fields}\r\n`)]).headers
    expect(read(`${spelling}: a\r\n`)).toEqual({ 'content-length': '0', 'content-type': 'a' })
    expect(read(`content-type: a\r\n${spelling}: b\r\n`)).toEqual({ 'content-length': '0', 'content-type': ['a', 'b'] })
  })

  it('has no trailers among its fields and no frame in its body', () => {
    const { headers, body } = readAnswer([bytesOf(plainAnswers['chunks with extensions and trailers']!)])
    expect([headers, body]).toEqual([{ 'transfer-encoding': 'chunked' }, 'ok'])
    expect(readAnswer([bytesOf(plainAnswers.chunks!)]).body).toBe('hello, world\r\n!')
  })

  it('is not followed by another if it says so, or is of HTTP/1.0', () => {
    const persistent = (name: string) => readAnswer([bytesOf(plainAnswers[name]!)]).persistent
    expect(['a length', 'a time to keep', 'a connection that closes', 'an old version'].map(persistent)).toEqual([true, true, false, false])
  })

  it('may name a field after a property that every object has', () => {
    const { headers } = readAnswer([bytesOf('HTTP/1.1 204 No Content\r\n__proto__: a\r\n__proto__: b\r\nconstructor: c\r\n\r\n')])
    expect(Object.entries(headers)).toEqual([['__proto__', ['a', 'b']], ['constructor', 'c']])
    expect(Array.isArray(headers)).toBe(false)
  })
})

describe('a crooked answer', () => {
  it.each(entries(crookedAnswers))('with %s is refused, whole and byte by byte', (_, text) => {
    expect(readAnswer([bytesOf(text)]).outcome).toBe('refused')
    expect(readAnswer(byteByByte(bytesOf(text))).outcome).toBe('refused')
  })
})

it.each(entries(answersWithSurplus))('%s is noticed and belongs to nobody', (_, text) => {
  const read = readAnswer([bytesOf(text)])
  expect(read).toMatchObject({ outcome: 'whole', surplus: true })
  expect(read.body).not.toContain('poison')
})

it('bytes before a request was sent, and after its answer, are refused', () => {
  const parser = new AnswerParser({ onHead() {}, onBody() {}, onEnd() {} })
  const answer = bytesOf(plainAnswers['a length']!)
  expect(() => parser.push(answer)).toThrow('nobody asked')
  parser.expect()
  parser.push(answer)
  expect(() => parser.push(answer)).toThrow('nobody asked')
})

it('nothing is told after the sink wants no more', () => {
  const told: string[] = []
  const parser: AnswerParser = new AnswerParser({
    onHead: () => void told.push('head'),
    onBody() {
      told.push('body')
      parser.stop()
    },
    onEnd: () => void told.push('end'),
  })
  parser.expect()
  parser.push(bytesOf(plainAnswers.chunks!))
  expect(told).toEqual(['head', 'body'])
})
