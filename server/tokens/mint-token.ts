// A new service token: for a part of what its minter may do, and for a while.
import { insertServiceToken } from '../../db/queries/service-tokens.ts'
import type { Context } from '../context/context.ts'
import { invalidInput } from '../lib/app-error.ts'
import { newId } from '../lib/ids.ts'
import { SECOND_MS } from '../lib/units.ts'
import { principalOf } from '../policy/actor.ts'
import { requirePermission } from '../policy/authorize.ts'
import type { Constraint } from '../policy/constraint.ts'
import { readAskedRights } from './asked-rights.ts'
import type { RootBlock } from './token-blocks.ts'
import { signToken } from './token-chain.ts'
import { narrowInstead, tokenNotFound, tokenTooLong } from './token-errors.ts'
import type { MintTokenInput } from './token-input.ts'
import { lifetimeOrDefaultMs } from './token-lifetime.ts'
import type { MintedTokenView } from './token-view.ts'

/** Without a policy: connections, within what the minter may do with them. */
export const EVERY_CONNECTION: Constraint[] = [{ resources: ['connections'] }]

/** What only we may say of a token, not who asks for it. */
export interface TokenOfGrant {
  grantId: string
  /** The one address it is for. */
  audience: string
}

/** @throws policy.invalid, input.invalid, tokens.too_long */
export async function mintToken(context: Context, input: MintTokenInput, grant?: TokenOfGrant): Promise<MintedTokenView> {
  const { actor, vault, db } = context
  const { organizationId } = actor
  requirePermission(actor, { operation: 'execute', resource: 'tokens', organizationId }, tokenNotFound)
  if (actor.kind === 'service_token') throw narrowInstead()
  requireOwnOrganization(input.organizationId, organizationId)
  const { policy = EVERY_CONNECTION, lifetimeMs } = readAskedRights(input)
  const { keyId, key } = vault.derivedKey('service-token')
  const createdAt = db.now()
  const issuedAtMs = Math.floor(createdAt / SECOND_MS) * SECOND_MS
  const root: RootBlock = {
    id: newId('tok'),
    organizationId,
    keyId,
    issuedAtMs,
    expiresAtMs: issuedAtMs + lifetimeOrDefaultMs(lifetimeMs),
    minter: principalOf(actor),
    policy,
    audience: grant?.audience,
  }
  const signed = signToken(key, root)
  if (!signed) throw tokenTooLong()
  await insertServiceToken(db, {
    id: root.id,
    organizationId,
    name: input.name ?? null,
    mintedBy: root.minter,
    signatureHash: signed.signatureHash,
    policy,
    grantId: grant?.grantId ?? null,
    createdAt,
    expiresAt: root.expiresAtMs,
    revokedAt: null,
  })
  const expiresAt = new Date(root.expiresAtMs).toISOString()
  await context.audit.write(context, {
    action: 'token.mint',
    target: { kind: 'service_token', id: root.id },
    details: { expiresAt, ...(input.name !== undefined && { name: input.name }) },
  })
  return { token: signed.token, expiresAt }
}

/** A credential speaks for one organization; a request that names another one is a mix-up worth hearing about. */
function requireOwnOrganization(named: string | undefined, own: string): void {
  if (named !== undefined && named !== own) throw invalidInput('organizationId', 'is not the organization of this credential')
}
