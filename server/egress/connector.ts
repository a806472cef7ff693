// Opens the socket of one origin. A check of the URL alone is not enough: a name may resolve to a
// private address, or to another one the second time. So DNS is asked once, every answer is checked,
// the socket goes to a checked address and its peer is compared before a byte (TLS included) is sent.
import type { lookup as dnsLookup, LookupAddress } from 'node:dns'
import { connect as connectTcp, isIP, isIPv6, type LookupFunction, type Socket } from 'node:net'
import { rootCertificates } from 'node:tls'
import { buildConnector } from 'undici'
import { KIB, SECOND_MS } from '../lib/units.ts'
import type { Destinations, Route } from './destination.ts'
import { EgressRefusal } from './errors.ts'
import { canonicalAddress } from './public-address.ts'

/** For DNS, TCP and TLS together. */
const CONNECT_TIMEOUT_MS = 5 * SECOND_MS
const TCP_KEEPALIVE_MS = 60 * SECOND_MS
const MAX_READ_BYTES = 64 * KIB

export interface ConnectorInput {
  /** As in the URL, without brackets and root dot: what TLS must prove. */
  hostname: string
  secure: boolean
  route: Route
  destinations: Destinations
  lookup: typeof dnsLookup
  /** Certificate authorities (PEM) that are trusted besides Node's own. */
  extraAuthority: string | undefined
}

export function createConnector(input: ConnectorInput): buildConnector.connector {
  // No timeout of its own: one deadline covers all three steps. Keeps TLS sessions for resumption.
  const startTls = buildConnector({ timeout: 0, allowH2: false, ...(input.extraAuthority !== undefined && { ca: [...rootCertificates, input.extraAuthority] }) })

  return function connect(_options, callback) {
    let socket: Socket | undefined
    let settled = false
    const deadline = setTimeout(() => fail(new EgressRefusal('EGRESS_CONNECT_TIMEOUT')), CONNECT_TIMEOUT_MS)
    const settle = (): boolean => {
      if (settled) return false
      settled = true
      clearTimeout(deadline)
      return true
    }
    const fail = (error: Error) => {
      socket?.destroy()
      if (settle()) callback(error, null)
    }

    resolveRoute(input, (error, addresses) => {
      if (settled) return
      if (error) return fail(error)
      socket = openTcp(input, addresses)
      socket.once('error', fail)
      socket.once('connect', () => {
        const peer = canonicalAddress(socket!.remoteAddress ?? '')
        if (peer === undefined || !addresses.includes(peer)) return fail(new EgressRefusal('EGRESS_WRONG_PEER'))
        if (!input.secure) return void (settle() && callback(null, boundReads(socket!)))
        const servername = isIP(input.hostname) === 0 ? input.hostname : undefined
        const target = { hostname: input.hostname, host: input.hostname, protocol: 'https:', port: String(input.route.port), httpSocket: socket! }
        startTls({ ...target, ...(servername !== undefined && { servername }) }, (tlsError, tlsSocket) => {
          if (tlsError) fail(tlsError)
          else if (settle()) callback(null, boundReads(tlsSocket!))
        })
      })
    })
  }
}

/** Addresses that are permitted, all of them; a single forbidden answer refuses the name. */
function resolveRoute({ route, destinations, lookup }: ConnectorInput, done: (error: Error | null, addresses: readonly string[]) => void): void {
  const admit = (addresses: readonly string[]) => {
    if (addresses.some((address) => destinations.isOwn(address, route.port))) done(new EgressRefusal('EGRESS_OWN_LISTENER'), [])
    else if (addresses.length === 0 || !addresses.every((address) => destinations.permitsAnswer(route, address))) {
      done(new EgressRefusal('EGRESS_BLOCKED_ADDRESS'), [])
    } else done(null, addresses)
  }
  if (route.kind === 'addresses') return admit(route.addresses)
  lookup(route.name, { all: true, order: 'verbatim' } as { all: true }, (error, answers) => {
    if (error) done(error, [])
    else admit(answers.map((answer) => canonicalAddress(answer.address) ?? answer.address))
  })
}

function openTcp({ route, hostname }: ConnectorInput, addresses: readonly string[]): Socket {
  const checked: LookupAddress[] = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
  // Several answers: Node tries them in turn (RFC 8305), and can only learn those that were checked.
  const lookup = ((_name, _options, answer) => answer(null, checked)) as LookupFunction
  const where = checked.length === 1 ? { host: checked[0]!.address } : { host: hostname, lookup, autoSelectFamily: true }
  return connectTcp({ ...where, port: route.port, noDelay: true, keepAlive: true, keepAliveInitialDelay: TCP_KEEPALIVE_MS })
}

/**
 * When a reader pauses in the middle of what was read, undici puts the rest back and later takes all that
 * has gathered; that is more each time, so a slow reader of small chunks would hold the whole body, copied
 * over and over. Taking at most this much at once, the socket stops reading when it should.
 */
function boundReads<S extends Socket>(socket: S): S {
  const read = socket.read.bind(socket) as (size?: number) => unknown
  socket.read = (size?: number) => read(size ?? (socket.readableLength > MAX_READ_BYTES ? MAX_READ_BYTES : undefined))
  return socket
}
