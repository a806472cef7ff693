// The tokens that were minted in an organization, newest first; never a token itself.
import { listServiceTokens, type ListServiceTokens } from '../../db/queries/service-tokens.ts'
import type { ServiceTokenRow } from '../../db/schema/service-token.ts'
import type { Context } from '../context/context.ts'
import { invalidInput } from '../lib/app-error.ts'
import { requirePermission } from '../policy/authorize.ts'
import { readStoredPolicy } from '../policy/constraint.ts'
import { describeConstraint } from '../policy/describe-constraint.ts'
import { readMinterName } from './minter-name.ts'
import { tokenNotFound } from './token-errors.ts'
import type { ListTokensInput } from './token-input.ts'
import type { TokenPage, TokenView } from './token-view.ts'

/** Revoked and expired ones too, until they are pruned. @throws input.invalid for a cursor that is not ours */
export async function listTokens(context: Context, { limit, cursor }: ListTokensInput): Promise<TokenPage> {
  const { organizationId } = context.actor
  requirePermission(context.actor, { operation: 'read', resource: 'tokens', organizationId }, tokenNotFound)
  const after = cursor === undefined ? undefined : readCursor(cursor)
  const rows = await listServiceTokens(context.db, { organizationId, limit: limit + 1, after })
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { tokens: rows.slice(0, limit).map(viewOf), nextCursor: last ? `${last.createdAt}.${last.id}` : null }
}

function readCursor(cursor: string): NonNullable<ListServiceTokens['after']> {
  const [, createdAt, id] = /^([0-9]{1,15})\.(tok_[0-9A-Za-z]{1,60})$/.exec(cursor) ?? []
  if (createdAt === undefined || id === undefined) throw invalidInput('cursor', 'is not one that a list returned')
  return { createdAt: Number(createdAt), id }
}

function viewOf(row: ServiceTokenRow): TokenView {
  return {
    id: row.id,
    name: row.name,
    mintedBy: readMinterName(row.mintedBy),
    policy: row.policy as TokenView['policy'],
    may: (readStoredPolicy(row.policy) ?? []).map(describeConstraint),
    createdAt: new Date(row.createdAt).toISOString(),
    expiresAt: new Date(row.expiresAt).toISOString(),
    revokedAt: row.revokedAt === null ? null : new Date(row.revokedAt).toISOString(),
  }
}
