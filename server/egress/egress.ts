// The only way out. Whatever Plugboard sends to anyone but its own database leaves here: checked against
// the operator's rules, bounded, without redirects of its own accord.
import { lookup as dnsLookup } from 'node:dns'
import type { Logger } from '../lib/logger.ts'
import { createDestinations, type DestinationRules, type Trust } from './destination.ts'
import { unsentFrom } from './errors.ts'
import { examineRoute, type RouteReport } from './examine-route.ts'
import { Exchange, type EgressExchange, type EgressHandler, type EgressRequest } from './exchange.ts'
import { fetchJson, type FetchJsonInput, type JsonDocument } from './fetch-json.ts'
import { encodeRequest } from './http-client/encode-request.ts'
import { createPools } from './pools.ts'
import { partsOf } from './url-parts.ts'
import { createVia } from './via.ts'

export type { Trust } from './destination.ts'
export type { RouteReport } from './examine-route.ts'
export type { EgressExchange, EgressHandler, EgressRequest, ResponseHeaders } from './exchange.ts'
export type { FetchJsonInput, JsonDocument } from './fetch-json.ts'

export interface Egress {
  /** @throws upstream.invalid_url, upstream.unreachable: before any packet, DNS included */
  check(url: URL, trust: Trust): void
  /** Never throws: a refused destination is an `onError`. The answer to a redirect is its status. */
  dispatch(request: EgressRequest, handler: EgressHandler): EgressExchange
  /** GET; redirects are followed a few times, each checked as the first URL was. */
  fetchJson(url: URL, input: FetchJsonInput): Promise<JsonDocument>
  /** How far a request would come, without sending one. Never rejects. */
  examine(url: URL, trust: Trust): Promise<RouteReport>
  /** True if a received Via header says that the request has been through this instance. */
  isOwnVia(header: string | string[] | undefined): boolean
  /** Ends every exchange with `upstream.shutting_down`. */
  close(): Promise<void>
}

export interface EgressOptions extends DestinationRules {
  lookup?: typeof dnsLookup
  /** Certificate authorities (PEM) that are trusted besides Node's own. */
  extraAuthority?: string
  instanceId: string
  log: Logger
}

export function createEgress(options: EgressOptions): Egress {
  const destinations = createDestinations(options)
  const { lookup = dnsLookup, extraAuthority } = options
  const pools = createPools(destinations, { lookup, extraAuthority })
  const via = createVia(options.instanceId)
  if (options.allow.length > 0) {
    const rules = options.allow.map((rule) => (rule.kind === 'cidr' ? rule.cidr : `${rule.host}:${rule.port === 'any' ? '*' : rule.port}`))
    options.log.info('egress: allowed besides the public internet', { rules })
  }

  function dispatch(request: EgressRequest, handler: EgressHandler): EgressExchange {
    const { method, url, headers, body, trust } = request
    const exchange = new Exchange(request, handler)
    try {
      const { origin, host, path } = partsOf(url)
      const pool = pools.get(url, origin, trust, method === 'GET' ? 'stream' : 'call')
      pool.send(exchange, encodeRequest({ method, path, host, via: via.header, headers, body }))
    } catch (error) {
      // Asynchronously, like every other error: the caller has no exchange yet.
      queueMicrotask(() => exchange.fail(unsentFrom(error)))
    }
    return exchange
  }

  const check = (url: URL, trust: Trust) => void destinations.plan(url, trust)

  return {
    check,
    dispatch,
    fetchJson: (url, input) => fetchJson({ check, dispatch }, url, input),
    examine: (url, trust) => examineRoute({ destinations, lookup, extraAuthority }, url, trust),
    isOwnVia: via.isOwn,
    close: async () => pools.close(),
  }
}
