import { describe, expect, it } from 'vitest'
import { parseReply } from './parse-reply.ts'

const withLength = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'
const inChunks = 'HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n'

describe('an answer on a kept connection', () => {
  it.each([
    ['with a length', withLength, 200],
    ['in chunks', inChunks, 404],
  ])('%s is read once it is whole, and not a byte earlier', (_how, text, status) => {
    const bytes = Buffer.from(text)
    for (let length = 0; length < bytes.length; length++) expect(parseReply(bytes.subarray(0, length))).toBeUndefined()
    const reply = parseReply(Buffer.concat([bytes, Buffer.from('HTTP/1.1')]))
    expect(reply && { ...reply, body: reply.body.toString() }).toEqual({ status, body: 'hello', end: bytes.length })
  })

  it('that ends with its connection is refused: the next call would wait for ever', () => {
    expect(() => parseReply(Buffer.from('HTTP/1.1 200 OK\r\n\r\n'))).toThrow('neither a length nor chunks')
  })
})
