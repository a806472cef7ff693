// What happens now and then, beside all calls.
import { endHeldGrants, pruneConnectSessions } from './connect-sessions/end-held-grants.ts'
import { pruneAuthorizationRequests } from './connections/authorization/prune-requests.ts'
import { renewDueGrants } from './connections/authorization/renew-due-grants.ts'
import { finishRemovals } from './connections/remove-connection.ts'
import type { House } from './context/context.ts'
import { RECHECK_MS } from './gateway/open-streams.ts'
import type { Gateway } from './gateway/endpoint.ts'
import { deleteEndedSessions } from './identity/sessions.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from './lib/units.ts'
import { pruneUsage } from './usage/prune-usage.ts'

const FLUSH_MS = 2 * SECOND_MS
const PRUNE_MS = 10 * MINUTE_MS
const REMOVALS_MS = 5 * SECOND_MS
const RENEWALS_MS = 5 * SECOND_MS
const HELD_GRANTS_MS = 5 * SECOND_MS
const SWEEP_MS = 30 * SECOND_MS
const CLOCKS_MS = MINUTE_MS
/** Another process may make or retire data keys; they are retired a minute after they were replaced. */
const VAULT_REFRESH_MS = 5 * SECOND_MS

export function startTicks(house: House, gateway: Gateway): { stop(): void } {
  const timers: NodeJS.Timeout[] = []
  const every = (ms: number, what: string, run: () => Promise<void> | void) => {
    const timer = setInterval(() => {
      Promise.resolve(run()).catch((error: unknown) => house.log.error(`${what} failed`, { error }))
    }, ms)
    timer.unref()
    timers.push(timer)
  }
  every(FLUSH_MS, 'writing usage', () => house.usage.flush())
  every(PRUNE_MS, 'dropping old usage', () => pruneUsage(house.db, house.now()))
  every(REMOVALS_MS, 'finishing removals', () => finishRemovals(house))
  every(RENEWALS_MS, 'renewing tokens', () => house.flights.rounds.run('renewals', () => renewDueGrants(house)))
  every(HELD_GRANTS_MS, 'giving back what nobody completed', () => endHeldGrants(house))
  every(SWEEP_MS, 'ending idle sessions', () => house.pool.sweep())
  every(HOUR_MS, 'deleting sessions that are over', () => deleteEndedSessions(house))
  every(HOUR_MS, 'deleting connect sessions that are over', () => pruneConnectSessions(house))
  every(HOUR_MS, 'deleting sign-ins that are over', () => pruneAuthorizationRequests(house))
  every(RECHECK_MS, 'rechecking open streams', () => gateway.openStreams.recheck())
  if (!house.config.databaseUrl.startsWith('file:')) {
    every(VAULT_REFRESH_MS, 'refreshing keys', () => house.vault.refresh())
    every(CLOCKS_MS, 'comparing clocks', () => house.db.compareClocks())
  }
  return {
    stop() {
      for (const timer of timers) clearInterval(timer)
    },
  }
}
