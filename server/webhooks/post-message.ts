// One POST to a receiver, through the egress guard. Its status is all that counts: what else it says is read to the end, so
// that the socket can be used again, and kept nowhere.
import type { Egress } from '../egress/egress.ts'
import { KIB, SECOND_MS } from '../lib/units.ts'

/** From dispatch to the end of the answer. Standard Webhooks, "Timeouts": 15 to 30 s are generous. */
export const POST_TIMEOUT_MS = 10 * SECOND_MS
const MAX_ANSWER_BYTES = 64 * KIB

export interface PostResult {
  status: number | null
  /** Our code for why there was no answer. */
  error: string | null
  durationMs: number
}

/** Never throws. A redirect is an answer like any other. */
export function postMessage(egress: Egress, input: { url: URL; payer: string; headers: Record<string, string>; body: string }): Promise<PostResult> {
  const startedAt = performance.now()
  return new Promise((resolve) => {
    let status: number | null = null
    let isLate = false
    const finish = (error: string | null) => {
      clearTimeout(deadline)
      resolve({ status, error, durationMs: Math.round(performance.now() - startedAt) })
    }
    const exchange = egress.dispatch(
      {
        url: input.url,
        method: 'POST',
        headers: { ...input.headers, 'content-type': 'application/json', accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'Plugboard-Webhooks' },
        body: Buffer.from(input.body),
        // A tenant's word: never this machine, nor anything else that the operator did not list.
        trust: 'learnt',
        payer: input.payer,
        headersTimeoutMs: POST_TIMEOUT_MS,
        bodyIdleTimeoutMs: POST_TIMEOUT_MS,
        maxBytes: MAX_ANSWER_BYTES,
      },
      {
        onHead: (code) => void (status = code),
        onData() {},
        onEnd: () => finish(null),
        onError: ({ code }) => finish(status === null ? (isLate ? 'upstream.timeout' : code) : null),
      },
    )
    const deadline = setTimeout(() => {
      isLate = true
      exchange.abort()
    }, POST_TIMEOUT_MS)
  })
}
