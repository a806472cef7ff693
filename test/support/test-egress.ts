// Egress for tests: a laptop unless told otherwise, DNS by stub, and an exchange as a promise.
import type { lookup as dnsLookup, LookupAddress } from 'node:dns'
import { isIPv6 } from 'node:net'
import { createEgress, type Egress, type EgressOptions, type EgressRequest, type ResponseHeaders } from '../../server/egress/egress.ts'
import type { EgressError } from '../../server/egress/errors.ts'
import { silentLogger } from '../../server/lib/logger.ts'

/** A laptop that lists nothing, owns nothing and knows no names. */
export const testEgress = (options: Partial<EgressOptions> = {}): Egress =>
  createEgress({
    laptop: true,
    allow: [],
    hosts: new Map(),
    publicUrl: new URL('https://plugboard.example'),
    ownListeners: () => [],
    instanceId: 'test',
    log: silentLogger,
    lookup: stubLookup({}).lookup,
    ...options,
  })

export interface LookupStub {
  lookup: typeof dnsLookup
  /** Names asked for, in order. */
  asked: string[]
}

/** DNS from a table: a list of addresses, or a list of lists for one answer after the other (the last one stays). */
export function stubLookup(table: Record<string, readonly string[] | readonly (readonly string[])[]>): LookupStub {
  const asked: string[] = []
  const lookup = (name: string, _options: unknown, answer: (error: Error | null, addresses: LookupAddress[]) => void) => {
    const entry = table[name]
    const turn = asked.filter((earlier) => earlier === name).length
    asked.push(name)
    const addresses = entry && (Array.isArray(entry[0]) ? entry[Math.min(turn, entry.length - 1)] : entry)
    queueMicrotask(() => {
      if (addresses) answer(null, (addresses as string[]).map((address) => ({ address, family: isIPv6(address) ? 6 : 4 })))
      else answer(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), [])
    })
  }
  return { lookup: lookup as unknown as typeof dnsLookup, asked }
}

export interface Answer {
  status: number
  headers: ResponseHeaders
  body: string
}

export const requestTo = (url: URL | string, more: Partial<EgressRequest> = {}): EgressRequest => ({
  url: new URL(url),
  method: 'POST',
  headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
  body: Buffer.from('{}'),
  trust: 'configured',
  headersTimeoutMs: 10_000,
  bodyIdleTimeoutMs: 0,
  maxBytes: 10_000_000,
  ...more,
})

/** Sends and reads to the end; rejects with the exchange's error. */
export function exchangeOf(egress: Egress, request: EgressRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let head = { status: 0, headers: {} as ResponseHeaders }
    egress.dispatch(request, {
      onHead: (status, headers) => void (head = { status, headers }),
      onData: (chunk) => void chunks.push(chunk),
      onEnd: () => resolve({ ...head, body: Buffer.concat(chunks).toString() }),
      onError: reject,
    })
  })
}

/** The error of an exchange that has to fail, with what only the log sees. */
export async function failureOf(exchange: Promise<unknown>): Promise<{ code: string; message: string; requestSent: boolean; reason: unknown }> {
  const error = await exchange.then(
    () => undefined,
    (reason: EgressError) => reason,
  )
  if (!error) throw new Error('the exchange succeeded')
  return { code: error.code, message: error.message, requestSent: error.requestSent, reason: (error.cause as { code?: unknown } | undefined)?.code }
}
