// The client pool: one upstream session per connection (or per principal, where a server keeps a
// person's state in it), opened when first needed, shared by whoever waits for it, and given back
// when idle.
import type { Egress } from '../egress/egress.ts'
import type { Now } from '../lib/clock.ts'
import { ConcurrencyLimit } from '../lib/concurrency-limit.ts'
import type { Logger } from '../lib/logger.ts'
import { MINUTE_MS } from '../lib/units.ts'
import { collectReply } from './collect-reply.ts'
import { negotiate, type Negotiated } from './negotiate.ts'
import { openedInVain } from './upstream-error.ts'
import { UpstreamSession } from './upstream-session.ts'
import type { UpstreamTarget } from './upstream-target.ts'

export const IDLE_SESSION_MS = 10 * MINUTE_MS

export interface UpstreamPoolOptions {
  egress: Egress
  now: Now
  log: Logger
  /** At one time; 0 is no limit. */
  callsPerConnection?: number
}

/** A session that is being opened; `unwanted` once nobody may use what comes of it. */
interface Opening {
  connectionUid: string
  session: Promise<UpstreamSession>
  unwanted: boolean
}

export class UpstreamPool {
  readonly #options: UpstreamPoolOptions
  readonly #open = new Map<string, UpstreamSession>()
  readonly #opening = new Map<string, Opening>()
  /** Replaced while calls were on their way: no new calls, ended when the last one is answered. */
  readonly #retired = new Set<UpstreamSession>()

  /** Calls in flight by connection: on shared sessions, and in those that callers have of their own. */
  readonly calls: ConcurrencyLimit

  constructor(options: UpstreamPoolOptions) {
    this.#options = options
    this.calls = new ConcurrencyLimit(options.callsPerConnection ?? 0)
  }

  get size(): number {
    return this.#open.size
  }

  /** An open session, without waiting. */
  find(target: UpstreamTarget, principal: string): UpstreamSession | undefined {
    const session = this.#open.get(keyOf(target, principal))
    if (!session) return undefined
    if (session.target.revision !== target.revision || !session.usable) {
      this.#retire(session)
      return undefined
    }
    session.lastUsedAtMs = this.#options.now()
    return session
  }

  /** Callers that ask at the same time share one opening. @throws AppError upstream.* */
  async acquire(target: UpstreamTarget, principal: string): Promise<UpstreamSession> {
    const found = this.find(target, principal)
    if (found) return found
    const key = keyOf(target, principal)
    const flightKey = `${key} ${target.revision}`
    const opening = this.#opening.get(flightKey)
    if (opening) return opening.session
    const negotiated = negotiate(this.#options.egress, target)
    const begun: Opening = {
      connectionUid: target.connectionUid,
      unwanted: false,
      session: negotiated.then((found) => this.#admit(key, target, found, begun)),
    }
    this.#opening.set(flightKey, begun)
    const forget = () => {
      if (this.#opening.get(flightKey) === begun) this.#opening.delete(flightKey)
    }
    begun.session.then(forget, forget)
    return begun.session
  }

  /** A new session even if one is open, to find out how the upstream is now. @throws AppError upstream.* */
  async reopen(target: UpstreamTarget, principal: string): Promise<UpstreamSession> {
    const current = this.#open.get(keyOf(target, principal))
    if (current) this.#retire(current)
    return this.acquire(target, principal)
  }

  #retire(session: UpstreamSession): void {
    if (this.#open.get(session.key) === session) this.#open.delete(session.key)
    if (session.inFlight.size === 0) void this.#release(session)
    else this.#retired.add(session)
  }

  #admit(key: string, target: UpstreamTarget, negotiated: Negotiated, opening: Opening): UpstreamSession {
    const session = new UpstreamSession(key, target, negotiated, this.#options.now())
    if (opening.unwanted) {
      void this.#release(session)
      throw openedInVain()
    }
    // Opened meanwhile under another revision of the connection: it would be forgotten, not ended.
    const other = this.#open.get(key)
    if (other) this.#retire(other)
    this.#open.set(key, session)
    if (session.channel) session.channel.onClosed = () => this.discard(session)
    return session
  }

  /** The upstream does not know this session any more. */
  discard(session: UpstreamSession): void {
    if (this.#open.get(session.key) === session) this.#open.delete(session.key)
    this.#retired.delete(session)
    session.channel?.close()
  }

  /** The connection is gone or points elsewhere. */
  dropConnection(connectionUid: string): void {
    this.dropConnections([connectionUid])
  }

  /** All of a namespace in one walk: there may be many of both. */
  dropConnections(connectionUids: Iterable<string>): void {
    const gone = new Set(connectionUids)
    this.#abandonOpenings(({ connectionUid }) => gone.has(connectionUid))
    for (const session of [...this.#open.values(), ...this.#retired]) {
      if (gone.has(session.target.connectionUid)) void this.#release(session)
    }
  }

  /** Who asks from now on opens another. */
  #abandonOpenings(isUnwanted: (opening: Opening) => boolean): void {
    for (const [flightKey, opening] of this.#opening) {
      if (!isUnwanted(opening)) continue
      opening.unwanted = true
      this.#opening.delete(flightKey)
    }
  }

  /** Ends sessions that nobody used for a while; run now and then. */
  sweep(): void {
    const before = this.#options.now() - IDLE_SESSION_MS
    for (const session of this.#open.values()) {
      if (session.lastUsedAtMs < before && session.inFlight.size === 0) void this.#release(session)
    }
    for (const session of this.#retired) if (session.inFlight.size === 0) void this.#release(session)
  }

  /** Ends every session; waits for the goodbyes that are quick. */
  async close(): Promise<void> {
    this.#abandonOpenings(() => true)
    await Promise.allSettled([...this.#open.values(), ...this.#retired].map((session) => this.#release(session)))
  }

  /** Streamable HTTP, session management §5: a client that no longer needs a session should DELETE it. */
  async #release(session: UpstreamSession): Promise<void> {
    this.discard(session)
    if (session.sessionId === undefined) return
    try {
      const opened = session.target.open()
      await collectReply(this.#options.egress, { opened, method: 'DELETE', headers: { ...session.headers }, body: null, timeoutMs: 2000 })
    } catch (error) {
      this.#options.log.debug('an upstream session could not be ended', { connectionUid: session.target.connectionUid, error })
    }
  }
}

const keyOf = (target: UpstreamTarget, principal: string): string =>
  target.sessions === 'shared' ? target.connectionUid : `${target.connectionUid} ${principal}`
