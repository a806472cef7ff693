import type { IncomingMessage } from 'node:http'
import { MAX_BODY_BYTES } from '../lib/json-body.ts'
import { bodyTooLarge } from './gateway-errors.ts'

/** The whole body, once. @throws http.body_too_large; rejects if the caller leaves. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const declared = Number(request.headers['content-length'])
    if (declared > MAX_BODY_BYTES) return reject(bodyTooLarge(MAX_BODY_BYTES))
    const chunks: Buffer[] = []
    let size = 0
    const finish = () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > MAX_BODY_BYTES) return reject(bodyTooLarge(MAX_BODY_BYTES))
      chunks.push(chunk)
      // Node holds the sender to what it declared (RFC 9112 §6.3): nothing else can come.
      if (size === declared) finish()
    })
    if (!(declared > 0)) request.on('end', finish)
    // Also after an error, which has no other meaning here.
    request.on('close', () => {
      if (!request.complete) reject(new Error('the caller left before its request was complete'))
    })
  })
}
