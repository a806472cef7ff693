// What happens now and then, beside all calls.
import { endHeldGrants, pruneConnectSessions } from './connect-sessions/end-held-grants.ts'
import { pruneRegistrations } from './connections/authorization/prune-registrations.ts'
import { pruneAuthorizationRequests } from './connections/authorization/prune-requests.ts'
import { renewDueGrants } from './connections/authorization/renew-due-grants.ts'
import { finishRemovals } from './connections/remove-connection.ts'
import type { House } from './context/context.ts'
import { pruneDownstream } from './downstream-oauth/prune-downstream.ts'
import { RECHECK_MS } from './gateway/open-streams.ts'
import type { Gateway } from './gateway/endpoint.ts'
import { deleteEndedSessions } from './identity/sessions.ts'
import type { Logger } from './lib/logger.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from './lib/units.ts'
import { deleteEndedTokens } from './tokens/delete-ended-tokens.ts'
import { learnRevocations } from './tokens/learn-revocations.ts'
import { pruneUsage } from './usage/prune-usage.ts'
import { pruneDeliveries } from './webhooks/deliveries.ts'
import type { Deliverer } from './webhooks/deliverer.ts'

const FLUSH_MS = 2 * SECOND_MS
const PRUNE_MS = 10 * MINUTE_MS
const REMOVALS_MS = 5 * SECOND_MS
const RENEWALS_MS = 5 * SECOND_MS
const DELIVERIES_MS = SECOND_MS
const HELD_GRANTS_MS = 5 * SECOND_MS
const REVOCATIONS_MS = 2 * SECOND_MS
const SWEEP_MS = 30 * SECOND_MS
const CLOCKS_MS = MINUTE_MS
/** Another process may make or retire data keys; they are retired a minute after they were replaced. */
const VAULT_REFRESH_MS = 5 * SECOND_MS

export interface Task {
  everyMs: number
  what: string
  run: () => Promise<unknown> | void
}

export const tasksOf = (house: House, gateway: Gateway, deliverer: Deliverer): Task[] => [
  { everyMs: FLUSH_MS, what: 'writing usage', run: () => house.usage.flush() },
  { everyMs: FLUSH_MS, what: 'writing what happened to connections', run: () => house.traces.flush() },
  { everyMs: FLUSH_MS, what: 'writing the audit log', run: () => house.audit.flush() },
  { everyMs: PRUNE_MS, what: 'dropping old usage', run: () => pruneUsage(house.db, house.now()) },
  { everyMs: REMOVALS_MS, what: 'finishing removals', run: () => finishRemovals(house) },
  { everyMs: RENEWALS_MS, what: 'renewing tokens', run: () => house.flights.rounds.run('renewals', () => renewDueGrants(house)) },
  { everyMs: HELD_GRANTS_MS, what: 'giving back what nobody completed', run: () => endHeldGrants(house) },
  { everyMs: REVOCATIONS_MS, what: 'learning of revocations', run: () => (house.revocations.isInUse ? learnRevocations(house) : undefined) },
  { everyMs: HOUR_MS, what: 'deleting tokens that are over', run: () => deleteEndedTokens(house) },
  { everyMs: DELIVERIES_MS, what: 'delivering webhooks', run: () => deliverer.deliverDue() },
  { everyMs: HOUR_MS, what: 'dropping old deliveries', run: () => pruneDeliveries(house) },
  { everyMs: SWEEP_MS, what: 'ending idle sessions', run: () => house.pool.sweep() },
  { everyMs: HOUR_MS, what: 'deleting sessions that are over', run: () => deleteEndedSessions(house) },
  { everyMs: HOUR_MS, what: 'deleting connect sessions that are over', run: () => pruneConnectSessions(house) },
  { everyMs: HOUR_MS, what: 'deleting sign-ins that are over', run: () => pruneAuthorizationRequests(house) },
  { everyMs: HOUR_MS, what: 'deleting clients that are not used any more', run: () => pruneRegistrations(house) },
  { everyMs: HOUR_MS, what: 'deleting what apps do not use', run: () => pruneDownstream(house) },
  { everyMs: RECHECK_MS, what: 'rechecking open streams', run: () => gateway.openStreams.recheck() },
  ...(house.config.databaseUrl.startsWith('file:')
    ? []
    : [
        { everyMs: VAULT_REFRESH_MS, what: 'refreshing keys', run: () => house.vault.refresh() },
        { everyMs: CLOCKS_MS, what: 'comparing clocks', run: () => house.db.compareClocks() },
      ]),
]

export interface Ticks {
  start(): void
  /** Each once, one after the other, and an error is thrown: for tests, whose time does not pass by itself. */
  runAll(): Promise<void>
  stop(): void
}

export function createTicks(tasks: readonly Task[], log: Logger): Ticks {
  const timers: NodeJS.Timeout[] = []
  return {
    start() {
      for (const { everyMs, what, run } of tasks) {
        const timer = setInterval(() => {
          Promise.resolve(run()).catch((error: unknown) => log.error(`${what} failed`, { error }))
        }, everyMs)
        timer.unref()
        timers.push(timer)
      }
    },
    async runAll() {
      for (const { run } of tasks) await run()
    },
    stop() {
      for (const timer of timers) clearInterval(timer)
    },
  }
}
