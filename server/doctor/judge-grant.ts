// What somebody granted: whether it is still good, and how its last renewal went. By our books: no token is shown to
// the authorization server for this.
import type { ExaminationCheck } from '../context/examination.ts'
import { type Evidence, type GrantTraces, isExpired, isRefused } from './evidence.ts'
import { allSkipped, found, skipped } from './finding.ts'
import { whyNoOAuth } from './judge-discovery.ts'
import { spanOf } from './span-of.ts'

type More = Pick<ExaminationCheck, 'fix' | 'remedy'>

const SIGN_IN = { fix: 'Open the setup link and sign in.', remedy: 'sign_in' } as const
const CHECK_AGAIN = { fix: 'Check the connection again: that renews the token, or shows that somebody has to sign in.', remedy: 'check' } as const
const SIGN_IN_AGAIN = { fix: 'Sign in again.', remedy: 'sign_in' } as const

export function judgeGrant(evidence: Evidence): ExaminationCheck[] {
  const { grant } = evidence
  if (grant) return [judgeToken(evidence, grant), judgeRenewal(evidence, grant)]
  if (!isRefused(evidence)) return allSkipped(['grant', 'last_refresh'], whyNoOAuth(evidence))
  return [found('grant', 'failed', 'Nobody has signed in to this server yet.', SIGN_IN), skipped('last_refresh', 'There is nothing to renew.')]
}

/** The last change of a grant that cannot be renewed any more is its end. */
const wasEnded = (grant: GrantTraces): boolean => !grant.canBeRenewed && grant.updatedAt > grant.grantedAt

function judgeToken(evidence: Evidence, grant: GrantTraces): ExaminationCheck {
  const { nowMs } = evidence
  const { expiresAt, grantedAt, updatedAt, canBeRenewed } = grant
  const expired = isExpired(evidence)
  const refused = isRefused(evidence)
  const facts = {
    grantedAt: isoOf(grantedAt),
    tokenIssuedAt: isoOf(wasEnded(grant) ? grantedAt : updatedAt),
    ...(expiresAt !== null && { expiresAt: isoOf(expiresAt) }),
    hasRefreshToken: canBeRenewed,
  }
  const token = (outcome: ExaminationCheck['outcome'], finding: string, more: More = {}) => found('grant', outcome, finding, { ...more, facts })
  if (wasEnded(grant) && (expired || refused)) return token('failed', `The authorization server ended the grant ${spanOf(nowMs - updatedAt)} ago.`, SIGN_IN_AGAIN)
  if (expired && !canBeRenewed) return token('failed', 'The access token has ended, and there is no refresh token to renew it with.', SIGN_IN_AGAIN)
  if (expired) return token('warning', `The access token ended ${spanOf(nowMs - expiresAt!)} ago; the next call renews it.`, CHECK_AGAIN)
  if (refused && canBeRenewed) return token('failed', 'The server refuses the access token before its end: it may have been revoked.', CHECK_AGAIN)
  if (refused) return token('failed', 'The server refuses the access token before its end, and there is no refresh token to renew it with.', SIGN_IN_AGAIN)
  const life = expiresAt === null ? 'The access token has no known end' : `The access token is good for another ${spanOf(expiresAt - nowMs)}`
  if (canBeRenewed || expiresAt === null) return token('ok', `${life}.`)
  return token('warning', `${life}; then somebody has to sign in again, because it cannot be renewed.`)
}

function judgeRenewal(evidence: Evidence, grant: GrantTraces): ExaminationCheck {
  const { nowMs } = evidence
  const { failures, attemptAt, leaseUntil, refreshAt, updatedAt, grantedAt } = grant
  const at = isoOf(updatedAt)
  if (wasEnded(grant)) return found('last_refresh', 'failed', 'The authorization server refused to renew the token.', { ...SIGN_IN_AGAIN, facts: { at } })
  if (!grant.canBeRenewed) return skipped('last_refresh', 'There is no refresh token.')
  if (leaseUntil !== null && leaseUntil > nowMs) return found('last_refresh', 'ok', 'The token is being renewed at this moment.')
  if (failures > 0) {
    const times = failures === 1 ? 'once' : `${failures} times in a row`
    return found('last_refresh', isExpired(evidence) ? 'failed' : 'warning', `The authorization server failed ${times} to answer when the token was renewed.`, {
      fix: 'See whether the authorization server is up. The grant is kept, and renewal is tried again by itself.',
      facts: { failures, ...(refreshAt !== null && { nextAttemptAt: isoOf(refreshAt) }) },
    })
  }
  if (attemptAt !== null) {
    const facts = { sentAt: isoOf(attemptAt) }
    return found('last_refresh', 'warning', 'A renewal was sent, and what came of it is not known: the refresh token may be used up.', { ...CHECK_AGAIN, facts })
  }
  if (updatedAt === grantedAt) return found('last_refresh', 'ok', 'The token did not have to be renewed yet.')
  return found('last_refresh', 'ok', `The token was renewed ${spanOf(nowMs - updatedAt)} ago.`, { facts: { at } })
}

const isoOf = (ms: number): string => new Date(ms).toISOString()
