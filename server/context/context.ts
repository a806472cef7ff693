// What a use case is given: the long-lived parts of the house, and who is asking.
import type { Database } from '../../db/database.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import type { Config } from '../config/config.ts'
import type { Egress } from '../egress/egress.ts'
import type { Now } from '../lib/clock.ts'
import type { ConcurrencyLimit } from '../lib/concurrency-limit.ts'
import type { Feed } from '../lib/feed.ts'
import type { Logger } from '../lib/logger.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import type { UpstreamPool } from '../mcp/upstream-pool.ts'
import type { Actor } from '../policy/actor.ts'
import type { RequestSpan, Telemetry } from '../telemetry/telemetry.ts'
import type { TracedConnection, TraceRecorder } from '../trace/trace-recorder.ts'
import type { UsageRecorder } from '../usage/usage-recorder.ts'
import type { Vault } from '../vault/vault.ts'
import type { Attempts } from './attempts.ts'
import type { Caches } from './caches.ts'
import type { ConnectSessionChange } from './connect-session-change.ts'
import type { Flights } from './flights.ts'
import type { RequestRates } from './request-rates.ts'
import type { Revocations } from './revocations.ts'
import type { RefreshJournal } from './refresh-journal.ts'
import type { StatusChange } from './status-change.ts'

/** Built once, by `services.ts`. */
export interface House {
  config: Config
  db: Database
  vault: Vault
  egress: Egress
  pool: UpstreamPool
  now: Now
  log: Logger
  caches: Caches
  revocations: Revocations
  attempts: Attempts
  rates: RequestRates
  /** What callers hold open, by organization. */
  streams: ConcurrencyLimit
  flights: Flights
  refreshJournal: RefreshJournal
  statusFeed: Feed<StatusChange>
  connectFeed: Feed<ConnectSessionChange>
  /** There is more to read in a connection's timeline. */
  timelineFeed: Feed<TracedConnection>
  usage: UsageRecorder
  traces: TraceRecorder
  audit: AuditLog
  /** Undefined unless somebody collects traces. */
  telemetry: Telemetry | undefined
  /** SHA-256 (hex) of the operator's root key, which alone may have any shape. */
  rootKeyDigest: string
}

/** One call: every use case takes it first. */
export interface Context extends House {
  actor: Actor
  requestId: string
  /** Where it comes from; undefined for what this process asks of itself. */
  readOrigin?: ReadOrigin | undefined
  /** Of the request that it answers, where traces are collected. */
  span?: RequestSpan | undefined
}

/** Written out, not spread: this runs for every request, and a literal is one small allocation. */
export const contextFor = (house: House, actor: Actor, requestId: string, readOrigin?: ReadOrigin): Context => ({
  config: house.config,
  db: house.db,
  vault: house.vault,
  egress: house.egress,
  pool: house.pool,
  now: house.now,
  log: house.log,
  caches: house.caches,
  revocations: house.revocations,
  attempts: house.attempts,
  rates: house.rates,
  streams: house.streams,
  flights: house.flights,
  refreshJournal: house.refreshJournal,
  statusFeed: house.statusFeed,
  connectFeed: house.connectFeed,
  timelineFeed: house.timelineFeed,
  usage: house.usage,
  traces: house.traces,
  audit: house.audit,
  telemetry: house.telemetry,
  rootKeyDigest: house.rootKeyDigest,
  actor,
  requestId,
  readOrigin,
  span: house.telemetry && findSpan(house.telemetry, actor, requestId),
})

function findSpan(telemetry: Telemetry, actor: Actor, requestId: string): RequestSpan | undefined {
  const span = telemetry.current()
  span?.tell({ organizationId: actor.organizationId, actorKind: actor.kind, requestId })
  return span
}
