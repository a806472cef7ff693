// Narrowing for whoever would rather ask than do it alone; nothing is stored, and the result is the same.
import type { Context } from '../context/context.ts'
import { SECOND_MS } from '../lib/units.ts'
import { requirePermission } from '../policy/authorize.ts'
import { readAskedRights } from './asked-rights.ts'
import { narrowToken } from './token-chain.ts'
import { tokenNotFound, tokenOver, tokenTooLong } from './token-errors.ts'
import type { NarrowTokenInput } from './token-input.ts'
import type { MintedTokenView } from './token-view.ts'
import { verifyWithVault } from './verify-with-vault.ts'

/** Ends with what it was narrowed from, or earlier. @throws tokens.not_found, tokens.over, tokens.too_long, policy.invalid, input.invalid */
export async function narrowServiceToken(context: Context, input: NarrowTokenInput): Promise<MintedTokenView> {
  const { organizationId } = context.actor
  requirePermission(context.actor, { operation: 'execute', resource: 'tokens', organizationId }, tokenNotFound)
  const { policy, lifetimeMs } = readAskedRights(input)
  const parent = await verifyWithVault(context.vault, input.token)
  if (parent?.root.organizationId !== organizationId) throw tokenNotFound()
  const nowMs = context.db.now()
  if (nowMs >= parent.expiresAtMs) throw tokenOver()
  const endMs = lifetimeMs === undefined ? undefined : Math.floor((nowMs + lifetimeMs) / SECOND_MS) * SECOND_MS
  const token = narrowToken(input.token, { ...(policy && { policy }), ...(endMs !== undefined && { expiresAtMs: endMs }) })
  if (token === undefined) throw tokenTooLong()
  return { token, expiresAt: new Date(Math.min(parent.expiresAtMs, endMs ?? Infinity)).toISOString() }
}
