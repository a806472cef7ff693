// Kept-alive connections, one pool per origin. Pools of `configured` and `learnt` URLs are apart, so that
// a socket opened under the one can never carry a request of the other.
import { Pool } from 'undici'
import { KIB, MINUTE_MS, SECOND_MS } from '../lib/units.ts'
import { createConnector, type ConnectorInput } from './connector.ts'
import type { Destinations, Trust } from './destination.ts'
import { egressClosed } from './errors.ts'
import { bareHostname } from './own-listener.ts'

const MAX_CONNECTIONS_PER_ORIGIN = 256
const MAX_HEADER_BYTES = 32 * KIB
const KEEP_ALIVE_MS = MINUTE_MS
/** An upstream may name its own keep-alive time, but not beyond this. */
const MAX_KEEP_ALIVE_MS = 10 * MINUTE_MS
/** We let go this much before the upstream says it will: the loser of that race loses a request. */
const KEEP_ALIVE_MARGIN_MS = 2 * SECOND_MS

export interface Pools {
  /** @throws what `plan` throws, before any packet, when the origin is new; upstream.shutting_down */
  get(url: URL, trust: Trust): Pool
  close(): Promise<void>
}

export function createPools(destinations: Destinations, { lookup, extraAuthority }: Pick<ConnectorInput, 'lookup' | 'extraAuthority'>): Pools {
  let closed = false
  const byTrust = { configured: new Map<string, Pool>(), learnt: new Map<string, Pool>() }

  function open(url: URL, origin: string, trust: Trust): Pool {
    if (closed) throw egressClosed(false)
    const route = destinations.plan(new URL(origin), trust)
    const connect = createConnector({ hostname: bareHostname(url), secure: url.protocol === 'https:', route, destinations, lookup, extraAuthority })
    const pool = new Pool(origin, {
      connect,
      connections: MAX_CONNECTIONS_PER_ORIGIN,
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
      if (byTrust[trust].get(origin) === pool) byTrust[trust].delete(origin)
      if (!pool.closed && !pool.destroyed) void pool.close()
    }
    pool.on('disconnect', retireIfIdle)
    pool.on('connectionError', retireIfIdle)
    byTrust[trust].set(origin, pool)
    return pool
  }

  return {
    get: (url, trust) => {
      const origin = url.origin
      return byTrust[trust].get(origin) ?? open(url, origin, trust)
    },
    async close() {
      closed = true
      const pools = [...byTrust.configured.values(), ...byTrust.learnt.values()]
      byTrust.configured.clear()
      byTrust.learnt.clear()
      await Promise.all(pools.map((pool) => pool.destroy()))
    },
  }
}
