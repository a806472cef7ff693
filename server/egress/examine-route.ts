// How far a request to a URL would come, found out by going there: under the rules, the look-up, the socket and the
// certificate check of any request, and nothing is sent. For whoever asks what is wrong; who may hear it is theirs to decide.
import type { lookup as dnsLookup, LookupAddress } from 'node:dns'
import { TLSSocket } from 'node:tls'
import { createConnector } from './connector.ts'
import type { Destinations, Route, Trust } from './destination.ts'
import { EgressRefusal } from './errors.ts'
import { bareHostname } from './own-listener.ts'
import { createTls, type StartTls } from './start-tls.ts'

/** `rules`: this installation does not go there. */
export type Hop = 'rules' | 'lookup' | 'connect' | 'tls'

export interface RouteReport {
  /** False: the URL spells an address, or its name has a fixed one. */
  lookedUp: boolean
  /** What DNS said, or the URL spells. */
  addresses: readonly string[]
  /** Undefined without TLS. */
  certificate: { endsAtMs: number } | undefined
  /** Where it ended, with the code of the refusal, of Node or of OpenSSL. */
  failure: { hop: Hop; code: string } | undefined
}

export interface ExamineRouteParts {
  destinations: Destinations
  lookup: typeof dnsLookup
  extraAuthority: string | undefined
}

/** Never rejects. */
export async function examineRoute(parts: ExamineRouteParts, url: URL, trust: Trust): Promise<RouteReport> {
  const failed = (hop: Hop, error: unknown) => ({ hop, code: codeOf(error) })
  let route: Route
  try {
    route = parts.destinations.plan(url, trust)
  } catch (error) {
    return { lookedUp: false, addresses: [], certificate: undefined, failure: failed('rules', (error as Error).cause ?? error) }
  }
  const lookedUp = route.kind === 'name'
  let addresses: readonly string[] = route.kind === 'addresses' ? route.addresses : []
  let hop: Hop = lookedUp ? 'lookup' : 'connect'
  const lookup = notedLookup(parts.lookup, (found) => {
    addresses = found
    hop = 'connect'
  })
  const hostname = bareHostname(url)
  const startTls: StartTls | undefined = url.protocol === 'https:' ? freshTls(parts.extraAuthority, hostname, () => void (hop = 'tls')) : undefined
  return new Promise((resolve) => {
    createConnector({ hostname, route, destinations: parts.destinations, lookup, startTls })((error, socket) => {
      const certificate = socket instanceof TLSSocket ? { endsAtMs: Date.parse(socket.getPeerCertificate().valid_to) } : undefined
      socket?.destroy()
      const isRefusal = error instanceof EgressRefusal && error.code !== 'EGRESS_CONNECT_TIMEOUT'
      resolve({ lookedUp, addresses, certificate, failure: error ? failed(isRefusal ? 'rules' : hop, error) : undefined })
    })
  })
}

type LookupAll = (name: string, options: { all: true }, answer: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void) => void

function notedLookup(lookup: typeof dnsLookup, note: (addresses: string[]) => void): typeof dnsLookup {
  const noted: LookupAll = (name, options, answer) =>
    lookup(name, options, (error, found) => {
      if (!error) note(found.map(({ address }) => address))
      answer(error, found)
    })
  return noted as typeof dnsLookup
}

/** A session that is resumed shows no certificate (RFC 8446 §2.2), so none is. */
function freshTls(extraAuthority: string | undefined, hostname: string, begun: () => void): StartTls {
  const start = createTls(extraAuthority).starter(hostname, hostname)
  return (socket, fail, done) => {
    begun()
    start(socket, fail, done)
  }
}

const codeOf = (error: unknown): string => {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? code : 'UNKNOWN'
}
