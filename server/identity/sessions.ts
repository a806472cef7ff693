// Sessions of members in browsers: begun, found again, ended.
import { Lucia, TimeSpan } from 'lucia'
import { deleteMemberSessionByHandle, deleteMemberSessions, touchMemberSession } from '../../db/queries/member-sessions.ts'
import type { AuditSource } from '../audit/audit-entry.ts'
import type { KnownSession } from '../context/caches.ts'
import type { House } from '../context/context.ts'
import { newId } from '../lib/ids.ts'
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../lib/units.ts'
import type { MemberActor } from '../policy/actor.ts'
import type { Browser } from './browser.ts'
import { digestOfToken, newSecretToken } from './secret-token.ts'
import { ABSOLUTE_MS, createSessionAdapter, expiryAfter, IDLE_MS, type SessionAttributes, type UserAttributes } from './session-adapter.ts'
import { clearedSessionCookie, readSessionId, sessionCookie } from './session-cookie.ts'

/** How long a verdict may outlive what another process did. */
const VERDICT_MS = 2 * SECOND_MS
/** Use is written down at most this often. */
const TOUCH_MS = MINUTE_MS
const MAX_USER_AGENT = 300

const sessionsOf = (house: House) =>
  new Lucia<SessionAttributes, UserAttributes>(createSessionAdapter(house), {
    sessionExpiresIn: new TimeSpan(IDLE_MS / DAY_MS, 'd'),
    getSessionAttributes: (attributes) => attributes,
    getUserAttributes: (attributes) => attributes,
  })

type SignedIn = Pick<MemberActor, 'id' | 'organizationId'>

/** A member who is signing in or out: no use case has a context for that yet, or any more. */
export const memberSource = ({ id, organizationId }: SignedIn, browser: Browser): AuditSource => ({
  actor: { kind: 'member', id, organizationId },
  readOrigin: () => browser,
})

/** @returns the cookie that gives the browser its session. Each has an id of its own: what was there before sign-in means nothing after. */
export async function startSession(house: House, member: SignedIn, browser: Browser): Promise<string> {
  const { address, userAgent } = browser
  const sessionId = newSecretToken()
  const nowMs = house.now()
  const handle = newId('ses')
  const seen = { createdAt: nowMs, lastSeenAt: nowMs, endsAt: nowMs + ABSOLUTE_MS }
  await sessionsOf(house).createSession(member.id, { handle, ...seen, address, userAgent: userAgent.slice(0, MAX_USER_AGENT) }, { sessionId })
  house.audit.note(memberSource(member, browser), { action: 'session.start', target: { kind: 'session', id: handle } })
  return sessionCookie(house.config, sessionId)
}

/** @returns the cookie that takes it away again. */
export async function endSession(house: House, cookie: string | null | undefined, browser: Browser): Promise<string> {
  const sessionId = readSessionId(house.config, cookie)
  if (sessionId !== undefined) {
    const digest = digestOfToken(sessionId)
    const ended = await findSession(house, cookie)
    // Also when the database did not answer: it may have done it.
    await sessionsOf(house).invalidateSession(sessionId).finally(() => house.caches.sessions.forget(digest))
    if (ended) house.audit.note(memberSource(ended.actor, browser), { action: 'session.end', target: { kind: 'session', id: ended.actor.sessionHandle } })
  }
  return clearedSessionCookie(house.config)
}

/** Whose browser sends this Cookie header, if anybody's. */
export async function findSession(house: House, cookie: string | null | undefined): Promise<KnownSession | undefined> {
  const sessionId = readSessionId(house.config, cookie)
  if (sessionId === undefined) return undefined
  const digest = digestOfToken(sessionId)
  const known = house.caches.sessions.get(digest)
  const nowMs = house.now()
  if (known && nowMs - known.checkedAtMs < VERDICT_MS && nowMs >= known.checkedAtMs && nowMs < known.expiresAtMs) return known
  return house.caches.sessions.lookUp(digest, () => readSession(house, sessionId, digest))
}

async function readSession(house: House, sessionId: string, idHash: string): Promise<KnownSession | undefined> {
  const { session, user } = await sessionsOf(house).validateSession(sessionId)
  if (!session) return undefined
  const { id, name, email, role, organization } = user
  const nowMs = house.now()
  const expiresAtMs = expiryAfter(nowMs, session.endsAt)
  if (nowMs - session.lastSeenAt >= TOUCH_MS) {
    // A page is worth more than the note that it was seen.
    await touchMemberSession(house.db, { idHash, expiresAt: expiresAtMs, lastSeenAt: nowMs }).catch((error: unknown) =>
      house.log.warn('the use of a session could not be written', { error }),
    )
  }
  return {
    actor: { kind: 'member', id, organizationId: organization.id, role, sessionHandle: session.handle },
    name,
    email,
    organization,
    expiresAtMs,
    checkedAtMs: nowMs,
  }
}

/** What this process remembers of a member's sessions is looked up again: the role, the name or the right to be here has changed. */
export function forgetSessionsOf(house: House, memberId: string): void {
  house.caches.sessions.forgetWhere(({ actor }) => actor.id === memberId)
}

/** Ends one of a member's sessions by its public name: by the stored row, since nobody knows its id. False if there is none. */
export const endSessionByHandle = (house: House, memberId: string, handle: string): Promise<boolean> =>
  deleteMemberSessionByHandle(house.db, { memberId, handle }).finally(() => forgetSessionsOf(house, memberId))

export async function endOtherSessions(house: House, memberId: string, handle: string): Promise<void> {
  await deleteMemberSessions(house.db, { memberId, except: handle }).finally(() => forgetSessionsOf(house, memberId))
}

/** Nobody could use them any more; their rows would only pile up. */
export const deleteEndedSessions = (house: House): Promise<void> => sessionsOf(house).deleteExpiredSessions()
