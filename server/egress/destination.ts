// Where a request may go, decided from its URL alone, before any packet. What the URL cannot tell (the
// answers of DNS, the peer of the socket) is asked of the same rules by `connector.ts`.
import type { Config, EgressRule } from '../config/config.ts'
import { isLoopbackHost } from '../config/loopback.ts'
import { createAllowList } from './allow-list.ts'
import { EgressRefusal, invalidUpstreamUrl, upstreamUnreachable, type RefusalCode } from './errors.ts'
import { bareHostname, isOwnListener, isPublicUrl, portOf, type ListenerAddress } from './own-listener.ts'
import { canonicalAddress, isPublicAddress } from './public-address.ts'

/**
 * Whose word the URL is. `configured`: of the person who made the connection, or learnt from an upstream
 * that is itself on loopback; only such a URL may use a laptop's loopback exception. `learnt`: from a
 * stranger's document, header or redirect.
 */
export type Trust = 'configured' | 'learnt'

/** How to reach a permitted URL. */
export type Route =
  /** These addresses, already checked. */
  | { kind: 'addresses'; addresses: readonly string[]; port: number }
  /** What DNS says; every answer must be permitted, unless the operator listed the name. */
  | { kind: 'name'; name: string; listed: boolean; port: number }

export interface DestinationRules {
  laptop: boolean
  allow: readonly EgressRule[]
  hosts: Config['egressHosts']
  publicUrl: URL
  ownListeners: () => readonly ListenerAddress[]
}

export interface Destinations {
  /** @throws upstream.invalid_url, upstream.unreachable */
  plan(url: URL, trust: Trust): Route
  /** Whether a name may resolve to this address. */
  permitsAnswer(route: Route, address: string): boolean
  isOwn(address: string, port: number): boolean
}

// RFC 6761 §6.3, RFC 6762 §3, ICANN's reserved .internal: names that only ever mean something nearby.
const LOCAL_NAME = /(^[^.]*$)|(\.(local|internal|localhost)$)/
const MAX_HOSTNAME = 253

export function createDestinations(rules: DestinationRules): Destinations {
  const allow = createAllowList(rules.allow)
  const isOwn = (address: string, port: number) => isOwnListener({ address, port }, rules.ownListeners())

  function plan(url: URL, trust: Trust): Route {
    const host = checkShape(url)
    const port = portOf(url)
    if (isPublicUrl(host, port, rules.publicUrl)) throw refuse('EGRESS_OWN_LISTENER')
    const pinned = rules.laptop ? rules.hosts.get(host) : undefined
    if (pinned) return fixed([canonicalAddress(pinned.ip) ?? pinned.ip], pinned.port)
    // By the host as written: `localhost.` and mapped forms are not what people type.
    if (rules.laptop && trust === 'configured' && isLoopbackHost(url.hostname)) return fixed(host === 'localhost' ? ['127.0.0.1', '::1'] : [host], port)
    const literal = canonicalAddress(host)
    const listed = literal === undefined ? allow.allowsName(host, port) : allow.allowsAddress(literal, port)
    if (url.protocol === 'http:' && !listed) throw invalidUpstreamUrl('must be https')
    if (literal === undefined) {
      if (!listed && LOCAL_NAME.test(host)) throw refuse('EGRESS_BLOCKED_NAME')
      return { kind: 'name', name: host, listed, port }
    }
    if (!listed && !isPublicAddress(literal)) throw refuse('EGRESS_BLOCKED_ADDRESS')
    return fixed([literal], port)
  }

  function fixed(addresses: readonly string[], port: number): Route {
    if (addresses.some((address) => isOwn(address, port))) throw refuse('EGRESS_OWN_LISTENER')
    return { kind: 'addresses', addresses, port }
  }

  return {
    plan,
    isOwn,
    permitsAnswer: (route, address) =>
      route.kind === 'addresses' || route.listed || allow.allowsAddress(address, route.port) || isPublicAddress(address),
  }
}

function checkShape(url: URL): string {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw invalidUpstreamUrl('must be https')
  if (url.username !== '' || url.password !== '') throw invalidUpstreamUrl('must not contain a user name or password; use headers')
  const host = bareHostname(url)
  if (host === '' || host.length > MAX_HOSTNAME) throw invalidUpstreamUrl(`its host name must have 1 to ${MAX_HOSTNAME} characters`)
  return host
}

const refuse = (code: RefusalCode) => upstreamUnreachable(new EgressRefusal(code))
