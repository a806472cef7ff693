// The revocation endpoint (RFC 7009): a client gives back what it was allowed, by either of its tokens.
import { findDownstreamGrant, findGrantByFamily, findGrantOfToken } from '../../db/queries/downstream-grants.ts'
import type { DownstreamGrantRow } from '../../db/schema/downstream-grant.ts'
import type { House } from '../context/context.ts'
import { verifyWithVault } from '../tokens/verify-with-vault.ts'
import { endGrant } from './end-grant.ts'
import type { FormRequest } from './exchange-token.ts'
import { type OAuthAnswer, refusal } from './oauth-answer.ts'
import { hashesOf, readRefreshToken } from './refresh-token.ts'

/** 200 also for what is no token, or another client's: there is nothing left to end (RFC 7009 §2.2). */
export async function revokeByClient(house: House, { parameters, requestId, readOrigin }: FormRequest): Promise<OAuthAnswer> {
  const { token, client_id: clientId } = parameters
  if (token === undefined || clientId === undefined) return refusal('invalid_request', 'Send token and client_id.')
  const grant = await findGrant(house, token)
  if (grant && grant.clientId === clientId) {
    const actor = { kind: 'member', id: grant.memberId, organizationId: grant.organizationId } as const
    await endGrant(house, { actor, requestId, readOrigin }, grant)
  }
  return { status: 200, body: undefined }
}

async function findGrant({ db, vault }: House, token: string): Promise<DownstreamGrantRow | undefined> {
  const refresh = readRefreshToken(token)
  if (refresh) return findGrantByFamily(db, hashesOf(refresh).familyHash)
  const verified = await verifyWithVault(vault, token)
  const id = verified && (await findGrantOfToken(db, verified.signatureHashes[0]!))
  return id === undefined ? undefined : findDownstreamGrant(db, id)
}
