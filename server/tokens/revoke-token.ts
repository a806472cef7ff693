// Ends a service token and all that were narrowed from it, never what it was narrowed from.
import { findServiceToken } from '../../db/queries/service-tokens.ts'
import { insertTokenRevocation } from '../../db/queries/token-revocations.ts'
import type { Revocation } from '../context/revocations.ts'
import type { Context } from '../context/context.ts'
import { principalOf } from '../policy/actor.ts'
import { requirePermission } from '../policy/authorize.ts'
import { tokenNotFound } from './token-errors.ts'
import type { RevokeTokenInput } from './token-input.ts'
import { verifyWithVault } from './verify-with-vault.ts'

/** In this process at once, elsewhere within seconds. Revoking twice is no mistake (RFC 7009 §2.2). @throws tokens.not_found */
export async function revokeToken(context: Context, input: RevokeTokenInput): Promise<void> {
  const { actor, db, revocations } = context
  const { tokenId, ...revocation } = 'token' in input ? await findByText(context, input.token) : await findById(context, input.id)
  // What is over cannot be ended, and that is what was wanted.
  if (revocation.endsAt <= db.now()) return
  const row = { ...revocation, organizationId: actor.organizationId, revokedBy: principalOf(actor), revokedAt: db.now() }
  // Also when the database did not answer: it may have done it.
  await insertTokenRevocation(db, row).finally(() => revocations.add(revocation))
  await context.audit.write(context, { action: 'token.revoke', target: { kind: 'service_token', id: tokenId } })
}

/** `tokenId` is the root's, which all that were narrowed from it share. */
type NamedRevocation = Revocation & { tokenId: string }

/** Whoever has it can end it: a holder may not mint or list, and must be able to put an end to it. */
async function findByText({ actor, vault }: Context, token: string): Promise<NamedRevocation> {
  requirePermission(actor, { operation: 'execute', resource: 'tokens', organizationId: actor.organizationId }, tokenNotFound)
  const verified = await verifyWithVault(vault, token)
  if (verified?.root.organizationId !== actor.organizationId) throw tokenNotFound()
  return { tokenId: verified.root.id, signatureHash: verified.signatureHashes.at(-1)!, endsAt: verified.expiresAtMs }
}

async function findById({ actor, db }: Context, id: string): Promise<NamedRevocation> {
  const { organizationId } = actor
  requirePermission(actor, { operation: 'write', resource: 'tokens', organizationId }, tokenNotFound)
  const row = await findServiceToken(db, { organizationId, id })
  if (!row) throw tokenNotFound()
  return { tokenId: id, signatureHash: row.signatureHash, endsAt: row.expiresAt }
}
