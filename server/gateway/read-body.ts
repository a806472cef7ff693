import type { IncomingMessage } from 'node:http'
import { MAX_BODY_BYTES } from '../lib/json-body.ts'
import { bodyTooLarge } from './gateway-errors.ts'

/** The whole body, once. @throws http.body_too_large; rejects if the caller leaves. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length']) > MAX_BODY_BYTES) return reject(bodyTooLarge(MAX_BODY_BYTES))
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > MAX_BODY_BYTES) reject(bodyTooLarge(MAX_BODY_BYTES))
      else chunks.push(chunk)
    })
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    request.on('error', reject)
    request.on('close', () => {
      if (!request.complete) reject(new Error('the caller left before its request was complete'))
    })
  })
}
