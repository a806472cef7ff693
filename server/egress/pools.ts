// Kept-alive connections by origin. Pools of `configured` and `learnt` URLs are apart, so that a socket
// opened under the one can never carry a request of the other. Requests that may stay open for ever (GET,
// event streams) have a pool of their own: an origin is shared by all tenants, and the streams of one must
// not leave the calls of the others without a socket.
import { Pool } from 'undici'
import { KIB, MINUTE_MS, SECOND_MS } from '../lib/units.ts'
import { createConnector, type ConnectorInput } from './connector.ts'
import type { Destinations, Trust } from './destination.ts'
import { egressClosed } from './errors.ts'
import { bareHostname } from './own-listener.ts'

/** Of calls, which end. Far above what one origin can have in flight and still answer in time. */
const MAX_CALL_SOCKETS_PER_ORIGIN = 1024
/** undici's word for as many as there are requests: each stream is held by a caller, whose leaving ends it. */
const UNLIMITED = null
const MAX_HEADER_BYTES = 32 * KIB
const KEEP_ALIVE_MS = MINUTE_MS
/** An upstream may name its own keep-alive time, but not beyond this. */
const MAX_KEEP_ALIVE_MS = 10 * MINUTE_MS
/** We let go this much before the upstream says it will: the loser of that race loses a request. */
const KEEP_ALIVE_MARGIN_MS = 2 * SECOND_MS

/** `stream`: may last as long as its caller likes. */
export type Lifetime = 'call' | 'stream'

export interface Pools {
  /** @throws what `plan` throws, before any packet, when the origin is new; upstream.shutting_down */
  get(url: URL, trust: Trust, lifetime: Lifetime): Pool
  close(): Promise<void>
}

export function createPools(destinations: Destinations, { lookup, extraAuthority }: Pick<ConnectorInput, 'lookup' | 'extraAuthority'>): Pools {
  let closed = false
  const emptyShelf = (): Record<Lifetime, Map<string, Pool>> => ({ call: new Map(), stream: new Map() })
  const shelves: Record<Trust, Record<Lifetime, Map<string, Pool>>> = { configured: emptyShelf(), learnt: emptyShelf() }

  function open(url: URL, origin: string, trust: Trust, lifetime: Lifetime): Pool {
    if (closed) throw egressClosed(false)
    const route = destinations.plan(new URL(origin), trust)
    const connect = createConnector({ hostname: bareHostname(url), secure: url.protocol === 'https:', route, destinations, lookup, extraAuthority })
    const byOrigin = shelves[trust][lifetime]
    const pool = new Pool(origin, {
      connect,
      connections: lifetime === 'stream' ? UNLIMITED : MAX_CALL_SOCKETS_PER_ORIGIN,
      pipelining: 1,
      maxHeaderSize: MAX_HEADER_BYTES,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: MAX_KEEP_ALIVE_MS,
      keepAliveTimeoutThreshold: KEEP_ALIVE_MARGIN_MS,
      // The exchange has one timer from dispatch to head; undici's begins only once a socket is free.
      headersTimeout: 0,
    })
    // An origin nobody is connected to costs nothing: its last socket takes the pool along.
    const retireIfIdle = () => {
      if (pool.stats.connected > 0 || pool.stats.size > 0 || pool.stats.queued > 0) return
      if (byOrigin.get(origin) === pool) byOrigin.delete(origin)
      if (!pool.closed && !pool.destroyed) void pool.close()
    }
    pool.on('disconnect', retireIfIdle)
    pool.on('connectionError', retireIfIdle)
    byOrigin.set(origin, pool)
    return pool
  }

  return {
    get: (url, trust, lifetime) => {
      const origin = url.origin
      return shelves[trust][lifetime].get(origin) ?? open(url, origin, trust, lifetime)
    },
    async close() {
      closed = true
      const maps = Object.values(shelves).flatMap((shelf) => Object.values(shelf))
      const pools = maps.flatMap((byOrigin) => [...byOrigin.values()])
      for (const byOrigin of maps) byOrigin.clear()
      await Promise.all(pools.map((pool) => pool.destroy()))
    },
  }
}
