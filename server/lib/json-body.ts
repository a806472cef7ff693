// Reading a JSON body from a stranger: its type, its size, its syntax, in that order.
import { AppError, invalidInput } from './app-error.ts'
import { MIB } from './units.ts'

export const MAX_BODY_BYTES = 4 * MIB

export const bodyTooLarge = () => new AppError({ code: 'body.too_large', kind: 'too_large', message: 'The body is larger than 4 MB.' })

export const unsupportedMediaType = () =>
  new AppError({
    code: 'body.media_type',
    kind: 'unsupported_media_type',
    message: 'Send the body as JSON, with content-type: application/json.',
  })

/** RFC 9110 §8.3.1: case-insensitive, parameters after a semicolon. */
export const isJsonContentType = (contentType: string | null): boolean => /^\s*application\/json\s*(;|$)/i.test(contentType ?? '')

/** A request as far as its body is concerned; a Fetch `Request` is one. */
export interface BodySource {
  readonly headers: { get(name: string): string | null }
  readonly body: ReadableStream<Uint8Array> | null
  text(): Promise<string>
}

/** The body as text, read no further than the limit. */
export async function readLimitedText(request: BodySource): Promise<string> {
  const declared = request.headers.get('content-length')
  if (declared !== null) {
    // Node holds the sender to the length it declared (RFC 9112 §6.3).
    if (Number(declared) > MAX_BODY_BYTES) throw bodyTooLarge()
    return request.text()
  }
  return request.body ? readChunks(request.body) : ''
}

async function readChunks(body: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes > MAX_BODY_BYTES) throw bodyTooLarge()
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** The parsed body; undefined if there is none. */
export async function readJsonBody(request: BodySource): Promise<unknown> {
  const text = await readLimitedText(request)
  if (text === '') return undefined
  if (!isJsonContentType(request.headers.get('content-type'))) throw unsupportedMediaType()
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the body.
    throw invalidInput('body', 'is not valid JSON')
  }
}
