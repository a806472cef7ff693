// Changes of status have a place in the timeline of a connection, between the sign-ins and renewals that brought them about.
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { House } from '../context/context.ts'
import { DECISIONS } from '../trace/decisions.ts'
import type { TraceStep } from '../trace/flow-trace.ts'
import type { ConnectionStatus } from './connection-view.ts'

type Settled = Pick<ConnectionRow, 'uid' | 'organizationId' | 'namespace' | 'connectionId' | 'status'>

/** `before`: the state until now; undefined for a connection that was just made. The same state again is no news. */
export function recordStatus(house: House, row: Settled, before: ConnectionStatus['state'] | undefined): void {
  const status = row.status as ConnectionStatus
  if (status.state === before) return
  const told = (step: TraceStep['step'], decision: string): TraceStep => ({
    at: house.now(), step, decision, section: null, failed: step === 'error', code: null, durationMs: 0, exchanges: [],
  })
  const change = told(status.state, status.state === 'error' ? status.message : DECISIONS[status.state])
  house.traces.record('status', row, before === undefined ? [told('created', DECISIONS.connection_made), change] : [change])
}
