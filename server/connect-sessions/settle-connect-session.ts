import { finishConnectSession } from '../../db/queries/connect-sessions.ts'
import type { ConnectOutcome, ConnectSessionRow } from '../../db/schema/connect-session.ts'
import { systemSource } from '../audit/audit-entry.ts'
import type { House } from '../context/context.ts'
import type { AppError } from '../lib/app-error.ts'

/** How it ended: stored, and told to whoever waits. */
export async function settleConnectSession(house: House, session: Pick<ConnectSessionRow, 'id' | 'organizationId'>, outcome: ConnectOutcome, error?: AppError): Promise<void> {
  const problem = error ? { code: error.code, message: error.message } : null
  await finishConnectSession(house.db, { id: session.id, outcome, problem, at: house.now() })
  house.audit.note(systemSource(session.organizationId), {
    action: 'connect_session.end',
    target: { kind: 'connect_session', id: session.id },
    result: outcome === 'completed' ? 'ok' : 'failed',
    code: error?.code,
    details: { outcome },
  })
  house.connectFeed.publish({ organizationId: session.organizationId, connectSessionId: session.id })
}
