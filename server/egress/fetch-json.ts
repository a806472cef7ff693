// Small JSON documents over GET, redirects included: metadata and the like, never a credential's bearer.
import { isLoopbackHost } from '../config/loopback.ts'
import { SECOND_MS } from '../lib/units.ts'
import type { Trust } from './destination.ts'
import { EgressRefusal, invalidResponse, responseTooLarge, upstreamTimeout, upstreamUnreachable } from './errors.ts'
import type { EgressExchange, EgressHandler, EgressRequest, ResponseHeaders } from './exchange.ts'

const USUAL_REDIRECTS = 3
/** For one hop, from dispatch to the last byte. */
const HOP_TIMEOUT_MS = 15 * SECOND_MS
const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308])

export interface FetchJsonInput {
  trust: Trust
  maxBytes: number
  /** Three unless told otherwise. */
  maxRedirects?: number
  /** For the first origin only: dropped as soon as a redirect leaves it. */
  headers?: Readonly<Record<string, string>>
}

export interface JsonDocument {
  status: number
  headers: ResponseHeaders
  /** undefined if the body is not JSON, as of many a 404. */
  json: unknown
  /** Where the answer came from, after redirects. */
  url: URL
}

export interface FetchJsonParts {
  check(url: URL, trust: Trust): void
  dispatch(request: EgressRequest, handler: EgressHandler): EgressExchange
}

interface Answer {
  status: number
  headers: ResponseHeaders
  body: Buffer
}

export async function fetchJson(parts: FetchJsonParts, start: URL, input: FetchJsonInput): Promise<JsonDocument> {
  let url = start
  let trust = input.trust
  let headers = input.headers ?? {}
  for (let hop = 0; ; hop += 1) {
    if (hop === 0) parts.check(url, trust)
    else checkHop(parts, url, trust)
    const answer = await get(parts, url, trust, headers, input.maxBytes)
    const next = REDIRECT_STATUSES.has(answer.status) ? readLocation(answer, url) : undefined
    if (!next) return { status: answer.status, headers: answer.headers, json: parseJson(answer.body), url }
    if (hop === (input.maxRedirects ?? USUAL_REDIRECTS) || (url.protocol === 'https:' && next.protocol === 'http:')) throw upstreamUnreachable(new EgressRefusal('EGRESS_REDIRECT'))
    if (next.origin !== url.origin) headers = {}
    // What a public host says about loopback is a stranger's word.
    if (!isLoopbackHost(url.hostname)) trust = 'learnt'
    url = next
  }
}

/** Whoever asked for the first URL cannot mend where it leads. */
function checkHop(parts: FetchJsonParts, url: URL, trust: Trust): void {
  try {
    parts.check(url, trust)
  } catch (cause) {
    throw upstreamUnreachable(cause)
  }
}

function get(parts: FetchJsonParts, url: URL, trust: Trust, headers: Readonly<Record<string, string>>, maxBytes: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let status = 0
    let responseHeaders: ResponseHeaders = {}
    let length = 0
    const settle = <T>(outcome: (value: T) => void) => (value: T) => {
      clearTimeout(deadline)
      outcome(value)
    }
    const fail = settle(reject)
    const exchange = parts.dispatch(
      {
        url,
        method: 'GET',
        headers: { ...headers, accept: 'application/json', 'accept-encoding': 'identity' },
        body: null,
        trust,
        headersTimeoutMs: HOP_TIMEOUT_MS,
        bodyIdleTimeoutMs: HOP_TIMEOUT_MS,
        maxBytes,
      },
      {
        onHead(code, received) {
          status = code
          responseHeaders = received
        },
        onData(chunk) {
          // Counted here too: an answer that calls itself an event stream has no limit of its own.
          length += chunk.length
          if (length > maxBytes) {
            fail(responseTooLarge())
            exchange.abort()
          } else chunks.push(chunk)
        },
        onEnd: () => settle(resolve)({ status, headers: responseHeaders, body: Buffer.concat(chunks) }),
        onError: fail,
      },
    )
    const deadline = setTimeout(() => {
      reject(upstreamTimeout(true))
      exchange.abort()
    }, HOP_TIMEOUT_MS)
  })
}

function readLocation(answer: Answer, base: URL): URL | undefined {
  const location = answer.headers.location
  if (typeof location !== 'string') return undefined
  try {
    return new URL(location, base)
  } catch (cause) {
    throw invalidResponse(cause)
  }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown
  } catch {
    return undefined
  }
}
