// Kept-alive connections by origin. Pools of `configured` and `learnt` URLs are apart, so that a socket
// opened under the one can never carry a request of the other. Requests that may stay open for ever (GET,
// event streams) have a pool of their own: an origin is shared by all tenants, and the streams of one must
// not leave the calls of the others without a socket.
import type { lookup as dnsLookup } from 'node:dns'
import { createConnector } from './connector.ts'
import type { Destinations, Trust } from './destination.ts'
import { egressClosed } from './errors.ts'
import { SocketPool } from './http-client/socket-pool.ts'
import { bareHostname } from './own-listener.ts'
import { createTls } from './start-tls.ts'

/** Of calls, which end, and of all tenants. Far above what one origin can have in flight and still answer in time. */
const MAX_CALL_SOCKETS_PER_ORIGIN = 1024

/** `stream`: may last as long as its caller likes. */
export type Lifetime = 'call' | 'stream'

export interface Pools {
  /** @throws what `plan` throws, before any packet, when the origin is new; upstream.shutting_down */
  get(url: URL, origin: string, trust: Trust, lifetime: Lifetime): SocketPool
  close(): void
}

export interface PoolsOptions {
  lookup: typeof dnsLookup
  /** Certificate authorities (PEM) that are trusted besides Node's own. */
  extraAuthority: string | undefined
}

export function createPools(destinations: Destinations, { lookup, extraAuthority }: PoolsOptions): Pools {
  const tls = createTls(extraAuthority)
  let closed = false
  const emptyShelf = (): Record<Lifetime, Map<string, SocketPool>> => ({ call: new Map(), stream: new Map() })
  const shelves: Record<Trust, Record<Lifetime, Map<string, SocketPool>>> = { configured: emptyShelf(), learnt: emptyShelf() }

  function open(url: URL, origin: string, trust: Trust, lifetime: Lifetime): SocketPool {
    if (closed) throw egressClosed(false)
    const route = destinations.plan(new URL(origin), trust)
    const hostname = bareHostname(url)
    const startTls = url.protocol === 'https:' ? tls.starter(hostname, `${trust} ${origin}`) : undefined
    const connect = createConnector({ hostname, route, destinations, lookup, startTls })
    const byOrigin = shelves[trust][lifetime]
    const pool = new SocketPool({
      connect,
      // Each stream is held by a caller, whose leaving ends it.
      maxSockets: lifetime === 'stream' ? Infinity : MAX_CALL_SOCKETS_PER_ORIGIN,
      // An origin nobody is connected to costs nothing.
      onEmpty: () => byOrigin.get(origin) === pool && byOrigin.delete(origin),
    })
    byOrigin.set(origin, pool)
    return pool
  }

  return {
    get: (url, origin, trust, lifetime) => shelves[trust][lifetime].get(origin) ?? open(url, origin, trust, lifetime),
    close() {
      closed = true
      for (const shelf of Object.values(shelves)) {
        for (const byOrigin of Object.values(shelf)) {
          for (const pool of byOrigin.values()) pool.close()
        }
      }
    },
  }
}
