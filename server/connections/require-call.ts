// May this actor make this very call? Only those whose limits look at calls pay for the question.
import { spendBudgets } from '../../db/queries/call-budgets.ts'
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { ConnectionHandle } from '../context/caches.ts'
import type { Context } from '../context/context.ts'
import { DAY_MS, HOUR_MS } from '../lib/units.ts'
import { limitsCalls, needsDefinitions } from '../policy/call-limits.ts'
import { requirePermission } from '../policy/authorize.ts'
import { type CallFacts, requestFor } from '../policy/permission.ts'
import { budgetSpent, callForbidden } from '../policy/policy-errors.ts'
import { connectionNotFound } from './connection-errors.ts'
import { requireHandle, type ConnectionName } from './find-handle.ts'
import { findReadOnlyTools } from './read-only-tools.ts'

/** Whatever lives as long as a token, and then some for clocks that differ. */
const BUDGET_MS = DAY_MS + HOUR_MS

/** The connection, once the call is paid for. @throws connection.not_found, policy.forbidden, policy.call_forbidden, policy.budget_spent */
export function requireCall(context: Context, name: ConnectionName, call: CallFacts): ConnectionHandle | Promise<ConnectionHandle> {
  return limitsCalls(context.actor) ? requireLimitedCall(context, name, call) : requireHandle(context, name, 'execute')
}

async function requireLimitedCall(context: Context, name: ConnectionName, call: CallFacts): Promise<ConnectionHandle> {
  const handle = await requireHandle(context, name, 'execute', 'some')
  await permitCall(context, handle.row, call)
  return handle
}

/** The same of a connection that this actor was found to be allowed to call. */
export async function permitCall(context: Context, row: ConnectionRow, call: CallFacts): Promise<void> {
  const { actor, db } = context
  const isReadOnly = call.method === 'tools/call' && needsDefinitions(actor) ? await findReadOnlyTools(context, row) : undefined
  const request = requestFor('execute', row, isReadOnly ? { ...call, isReadOnly } : call)
  const { charges } = requirePermission(actor, request, connectionNotFound, callForbidden)
  if (!charges) return
  // Tokens share what their root states, so what was used is kept as long as the root can live.
  const endsAt = actor.kind === 'service_token' ? actor.issuedAtMs + BUDGET_MS : null
  if (!(await spendBudgets(db, { uses: charges, endsAt }))) throw budgetSpent()
}
