// The network as server/oauth sees it, over the egress guard.
import type { Egress, Trust } from '../../egress/egress.ts'
import { responseTooLarge } from '../../egress/errors.ts'
import { isLoopbackHost } from '../../config/loopback.ts'
import { KIB, SECOND_MS } from '../../lib/units.ts'
import type { OAuthWire } from '../../oauth/wire.ts'

const MAX_DOCUMENT_BYTES = 256 * KIB
const MAX_ANSWER_BYTES = 64 * KIB
/** Shorter than any lease under which a request is made. */
export const POST_TIMEOUT_MS = 15 * SECOND_MS

/** What a public server says about loopback is a stranger's word; what a server on this machine says about it is the developer's. */
export const trustOf = (mcpUrl: URL): Trust => (isLoopbackHost(mcpUrl.hostname) ? 'configured' : 'learnt')

export function createOAuthWire(egress: Egress, trust: Trust): OAuthWire {
  return {
    async getJson(url) {
      const { status, json } = await egress.fetchJson(url, { trust, maxBytes: MAX_DOCUMENT_BYTES })
      return { status, json }
    },
    post: (url, { headers, body }) => post(egress, trust, new URL(url), headers, body),
  }
}

function post(egress: Egress, trust: Trust, url: URL, headers: Record<string, string>, body: string): Promise<Response> {
  egress.check(url, trust)
  return new Promise((resolve, reject) => {
    let status = 0
    const received = new Headers()
    const chunks: Buffer[] = []
    let length = 0
    const exchange = egress.dispatch(
      {
        url,
        method: 'POST',
        headers: { ...headers, 'accept-encoding': 'identity' },
        body: Buffer.from(body),
        trust,
        headersTimeoutMs: POST_TIMEOUT_MS,
        bodyIdleTimeoutMs: POST_TIMEOUT_MS,
        maxBytes: MAX_ANSWER_BYTES,
      },
      {
        onHead(code, head) {
          status = code
          for (const name of ['content-type', 'retry-after', 'www-authenticate']) if (head[name] !== undefined) received.set(name, String(head[name]))
        },
        onData(chunk) {
          // Counted here too: an answer that calls itself an event stream has no limit of its own.
          length += chunk.length
          if (length <= MAX_ANSWER_BYTES) return void chunks.push(chunk)
          reject(responseTooLarge())
          exchange.abort()
        },
        onEnd() {
          clearTimeout(deadline)
          resolve(answerOf(status, received, Buffer.concat(chunks)))
        },
        onError(error) {
          clearTimeout(deadline)
          reject(error)
        },
      },
    )
    // In all: a server that drips its answer must not outlive the lease.
    const deadline = setTimeout(() => exchange.abort(), POST_TIMEOUT_MS)
  })
}

/** Fetch's Response takes no body with these (Fetch §2.2.3). */
const answerOf = (status: number, headers: Headers, body: Buffer): Response =>
  new Response(status === 204 || status === 205 || status === 304 ? null : new Uint8Array(body), { status, headers })
