import { describe, expect, it } from 'vitest'
import { isJsonContentType, MAX_BODY_BYTES, readJsonBody } from '../../../server/lib/json-body.ts'

const request = (body: BodyInit | undefined, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  new Request('http://127.0.0.1/', {
    method: 'POST',
    headers,
    body,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  } as RequestInit)
const streamOf = (...chunks: (string | Uint8Array)[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk)
      controller.close()
    },
  })
const codeOf = (reading: Promise<unknown>): Promise<string> =>
  reading.then(
    () => 'read',
    (error: { code: string }) => error.code
  )

describe('a JSON body', () => {
  it('is read whole, in however many pieces it comes', async () => {
    const bytes = new TextEncoder().encode('{"é":"😀"}')
    expect(await readJsonBody(request('{"é":"😀"}'))).toEqual({ é: '😀' })
    expect(await readJsonBody(request(streamOf(...Array.from(bytes, (_byte, at) => bytes.slice(at, at + 1)))))).toEqual({ é: '😀' })
  })

  it('may be absent, whatever type is named', async () => {
    expect(await readJsonBody(request(undefined, {}))).toBeUndefined()
    expect(await readJsonBody(request('', { 'content-type': 'text/plain' }))).toBeUndefined()
  })

  it('is refused by its size before it is read, and while it is read', async () => {
    expect(
      await codeOf(readJsonBody(request('{}', { 'content-type': 'application/json', 'content-length': String(MAX_BODY_BYTES + 1) })))
    ).toBe('body.too_large')
    const half = 'x'.repeat(MAX_BODY_BYTES / 2)
    expect(await codeOf(readJsonBody(request(streamOf(`"${half}`, `${half}"`))))).toBe('body.too_large')
    expect(await codeOf(readJsonBody(request(streamOf(`"${half}`, `${half.slice(2)}"`))))).toBe('read')
  })

  it('is refused by its type, and what is wrong with its syntax is said without quoting it', async () => {
    expect(await codeOf(readJsonBody(request('{}', { 'content-type': 'text/plain' })))).toBe('body.media_type')
    await expect(readJsonBody(request('{"key":s3cret}'))).rejects.toMatchObject({
      code: 'input.invalid',
      message: 'body: is not valid JSON',
    })
  })
})

it.each([
  ['application/json', true],
  ['Application/JSON; charset=utf-8', true],
  [' application/json ', true],
  ['application/json5', false],
  ['application/problem+json', false],
  ['text/plain; application/json', false],
  ['', false],
  [null, false],
])('%j is JSON: %s', (type, expected) => expect(isJsonContentType(type)).toBe(expected))
