// Opens the socket of one origin. A check of the URL alone is not enough: a name may resolve to a
// private address, or to another one the second time. So DNS is asked once, every answer is checked,
// the socket goes to a checked address and its peer is compared before a byte (TLS included) is sent.
import type { lookup as dnsLookup, LookupAddress } from 'node:dns'
import { connect as connectTcp, isIPv6, type LookupFunction, type Socket } from 'node:net'
import { SECOND_MS } from '../lib/units.ts'
import type { Destinations, Route } from './destination.ts'
import { EgressRefusal } from './errors.ts'
import { connectPlain } from './plain-socket.ts'
import { canonicalAddress } from './public-address.ts'
import type { StartTls } from './start-tls.ts'

/** For DNS, TCP and TLS together. */
const CONNECT_TIMEOUT_MS = 5 * SECOND_MS
const TCP_KEEPALIVE_MS = 60 * SECOND_MS

export interface ConnectorInput {
  /** As in the URL, without brackets and root dot. */
  hostname: string
  route: Route
  destinations: Destinations
  lookup: typeof dnsLookup
  /** undefined: plain http. */
  startTls: StartTls | undefined
}

export type Connect = (done: (...outcome: [error: Error, socket: undefined] | [error: null, socket: Socket]) => void) => void

export function createConnector(input: ConnectorInput): Connect {
  return function connect(done) {
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
      if (settle()) done(error, undefined)
    }

    resolveRoute(input, (error, addresses) => {
      if (settled) return
      if (error) return fail(error)
      socket = openTcp(input, addresses)
      socket.once('error', fail)
      socket.once('connect', () => {
        const peer = canonicalAddress(socket!.remoteAddress ?? '')
        if (peer === undefined || !addresses.includes(peer)) return fail(new EgressRefusal('EGRESS_WRONG_PEER'))
        const finish = (connected: Socket) => void (settle() && done(null, connected))
        if (input.startTls) input.startTls(socket!, fail, finish)
        else finish(socket!)
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

function openTcp({ route, hostname, startTls }: ConnectorInput, addresses: readonly string[]): Socket {
  const checked: LookupAddress[] = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
  // Several answers: Node tries them in turn (RFC 8305), and can only learn those that were checked.
  const lookup = ((_name, _options, answer) => answer(null, checked)) as LookupFunction
  const where = checked.length === 1 ? { host: checked[0]!.address } : { host: hostname, lookup, autoSelectFamily: true }
  const open = startTls ? connectTcp : connectPlain
  return open({ ...where, port: route.port, noDelay: true, keepAlive: true, keepAliveInitialDelay: TCP_KEEPALIVE_MS })
}
