// One request whose whole answer is wanted: negotiation, notifications, the odd answer to a server's
// own request. Calls of callers stream instead (`pooled-exchange.ts`).
import type { Egress } from '../egress/egress.ts'
import { KIB, MIB, MINUTE_MS, SECOND_MS } from '../lib/units.ts'
import { invalidResponse, streamCut } from './upstream-error.ts'
import { SseSplitter } from './sse.ts'
import type { OpenedTarget } from './upstream-target.ts'

export type ReplyHeaders = Readonly<Record<string, string | string[] | undefined>>

export interface CollectedReply {
  status: number
  headers: ReplyHeaders
  body: Buffer
  /** The JSON-RPC message with the id we asked for, from JSON or from a stream; `undefined` if there was none. */
  message: Record<string, unknown> | undefined
}

export const HEAD_TIMEOUT_MS = 5 * MINUTE_MS
export const NEGOTIATION_TIMEOUT_MS = 15 * SECOND_MS
const MAX_COLLECTED_BYTES = 4 * MIB
export const MAX_EVENT_BYTES = 4 * MIB
/** One JSON answer to a caller, after decompression. */
export const MAX_JSON_BYTES = 10 * MIB
/** Enough to recognise a complaint; the rest of an error page is nobody's business. */
export const MAX_ERROR_BYTES = 64 * KIB

export const contentTypeOf = (headers: ReplyHeaders): 'json' | 'event-stream' | 'other' => {
  const type = String(headers['content-type'] ?? '').toLowerCase()
  if (type.startsWith('application/json')) return 'json'
  return type.startsWith('text/event-stream') ? 'event-stream' : 'other'
}

export interface CollectRequest {
  opened: OpenedTarget
  method?: 'POST' | 'DELETE'
  headers: Record<string, string>
  body: Buffer | null
  /** Wait for the message with this id; without it, for the status alone. */
  id?: number
  timeoutMs?: number
  signal?: AbortSignal
}

/** @throws AppError upstream.* when there is no HTTP answer, or a stream ends without the message. */
export function collectReply(egress: Egress, request: CollectRequest): Promise<CollectedReply> {
  return new Promise((resolve, reject) => {
    let status = 0
    let headers: ReplyHeaders = {}
    const chunks: Buffer[] = []
    const splitter = new SseSplitter(MAX_EVENT_BYTES)
    let settled = false
    const deadline = setTimeout(() => settle(() => reject(invalidResponse('nothing within the time allowed'))), request.timeoutMs ?? NEGOTIATION_TIMEOUT_MS)
    const onAbort = () => settle(() => reject(streamCut()))
    request.signal?.addEventListener('abort', onAbort, { once: true })
    const settle = (finish: () => void) => {
      if (settled) return
      settled = true
      clearTimeout(deadline)
      request.signal?.removeEventListener('abort', onAbort)
      finish()
      exchange.abort()
    }
    const done = (message: Record<string, unknown> | undefined) => settle(() => resolve({ status, headers, body: Buffer.concat(chunks), message }))

    const exchange = egress.dispatch(
      {
        url: request.opened.url,
        method: request.method ?? 'POST',
        headers: { ...request.opened.headers, ...request.headers },
        body: request.body,
        trust: 'configured',
        payer: request.opened.payer,
        headersTimeoutMs: request.timeoutMs ?? NEGOTIATION_TIMEOUT_MS,
        bodyIdleTimeoutMs: request.timeoutMs ?? NEGOTIATION_TIMEOUT_MS,
        maxBytes: MAX_COLLECTED_BYTES,
      },
      {
        onHead(gotStatus, gotHeaders) {
          status = gotStatus
          headers = gotHeaders
        },
        onData(chunk) {
          if (settled) return
          if (status === 200 && contentTypeOf(headers) === 'event-stream') {
            try {
              for (const event of splitter.push(chunk)) {
                const message = event.data && parseMessage(event.data)
                if (message && request.id !== undefined && message.id === request.id) return done(message)
              }
            } catch (cause) {
              settle(() => reject(invalidResponse('an event that is too large', cause)))
            }
          } else chunks.push(chunk)
        },
        onEnd() {
          if (status === 200 && contentTypeOf(headers) === 'event-stream' && request.id !== undefined) return settle(() => reject(streamCut()))
          done(contentTypeOf(headers) === 'json' ? parseMessage(Buffer.concat(chunks)) : undefined)
        },
        onError(error) {
          settle(() => reject(error))
        },
      },
    )
    if (request.signal?.aborted) onAbort()
  })
}

export function parseMessage(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
