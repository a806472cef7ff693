// The net itself: a secret that is encoded or embedded must be caught, or every secrecy test is worth nothing.
import { expect, it } from 'vitest'
import { createCanary, findCanaries } from './canary.ts'

const canary = createCanary('the secret')
const encodings: [string, (text: string) => string | Buffer][] = [
  ['as it is', (text) => text],
  ['in base64', (text) => Buffer.from(text).toString('base64')],
  ['in base64url', (text) => Buffer.from(text).toString('base64url')],
  ['in hex', (text) => Buffer.from(text).toString('hex')],
  ['in capital hex', (text) => Buffer.from(text).toString('hex').toUpperCase()],
  ['percent-encoded as forms do', encodeURIComponent],
  ['percent-encoded byte by byte', (text) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join('')],
  ['as a JSON string', JSON.stringify],
  ['as raw bytes', (text) => Buffer.concat([Buffer.from([0, 255, 7]), Buffer.from(text)])],
]

it.each(encodings)('a canary is found %s, wherever it starts', (_how, encode) => {
  for (const before of ['', 'a', 'ab', 'abc', 'Bearer ']) {
    expect(findCanaries(encode(`${before}${canary.value} and more`), [canary])).toEqual(['the secret'])
  }
})

it('a canary is not found where there is another one', () => {
  expect(findCanaries(`${createCanary('other').value} ${Buffer.from(createCanary('third').value).toString('base64')}`, [canary])).toEqual(
    []
  )
})
