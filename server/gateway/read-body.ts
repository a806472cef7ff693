import type { IncomingMessage } from 'node:http'
import { MAX_BODY_BYTES } from '../lib/json-body.ts'
import { bodyTooLarge } from './gateway-errors.ts'

/** The whole body, once. @throws http.body_too_large; rejects if the caller leaves. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length']) > MAX_BODY_BYTES) return reject(bodyTooLarge(MAX_BODY_BYTES))
    // Most bodies come in one piece with their head: by then Node has them, and one read costs less than four listeners.
    process.nextTick(() => {
      if (request.complete) resolve((request.read() as Buffer | null) ?? Buffer.alloc(0))
      else gather(request, resolve, reject)
    })
  })
}

function gather(request: IncomingMessage, resolve: (body: Buffer) => void, reject: (error: Error) => void): void {
  const chunks: Buffer[] = []
  let size = 0
  const onLeft = () => reject(new Error('the caller left before its request was complete'))
  if (request.destroyed) return onLeft()
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > MAX_BODY_BYTES) reject(bodyTooLarge(MAX_BODY_BYTES))
    else chunks.push(chunk)
  })
  request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
  request.on('error', reject)
  request.on('close', () => {
    if (!request.complete) onLeft()
  })
}
