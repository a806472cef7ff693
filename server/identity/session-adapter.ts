// Lucia's storage, over our table. Lucia is given session ids and never sees what is stored for them; it reads the
// system's clock, so times are carried over from our clock and back. When a session ends is decided here, by our clock.
import type { Adapter, DatabaseSession, Lucia } from 'lucia'
import {
  deleteEndedMemberSessions,
  deleteMemberSession,
  deleteMemberSessions,
  findMemberSession,
  insertMemberSession,
  listMemberSessions,
  type SignedInRow,
  touchMemberSession,
} from '../../db/queries/member-sessions.ts'
import type { MemberSessionRow } from '../../db/schema/member-session.ts'
import type { House } from '../context/context.ts'
import { systemNow } from '../lib/clock.ts'
import { DAY_MS, MINUTE_MS } from '../lib/units.ts'
import { digestOfToken } from './secret-token.ts'

/** Unused for this long, a session ends. */
export const IDLE_MS = 7 * DAY_MS
/** Used or not, it ends after this. */
export const ABSOLUTE_MS = 30 * DAY_MS

export interface SessionAttributes extends Pick<MemberSessionRow, 'handle' | 'createdAt' | 'lastSeenAt' | 'endsAt' | 'userAgent' | 'address'> {}

export interface UserAttributes extends Omit<SignedInRow['member'], 'id'> {
  organization: SignedInRow['organization']
}

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionAttributes, UserAttributes>
    DatabaseSessionAttributes: SessionAttributes
    DatabaseUserAttributes: UserAttributes
  }
}

/** As far as use alone could take it. */
export const expiryAfter = (nowMs: number, endsAtMs: number): number => Math.min(nowMs + IDLE_MS, endsAtMs)

export function createSessionAdapter({ db, now }: Pick<House, 'db' | 'now'>): Adapter {
  // A session in its last millisecond is in: Lucia looks a moment later than we did, so it is told a later moment.
  const toLucia = (ourMs: number) => new Date(ourMs - now() + systemNow() + MINUTE_MS)
  const toOurs = (luciaTime: Date) => luciaTime.getTime() - systemNow() + now()
  const sessionOf = (id: string, row: MemberSessionRow): DatabaseSession => ({
    id,
    userId: row.memberId,
    expiresAt: toLucia(row.expiresAt),
    attributes: { handle: row.handle, createdAt: row.createdAt, lastSeenAt: row.lastSeenAt, endsAt: row.endsAt, userAgent: row.userAgent, address: row.address },
  })
  return {
    async getSessionAndUser(id) {
      const found = await findMemberSession(db, digestOfToken(id))
      if (!found || Math.min(found.session.expiresAt, found.session.endsAt) <= now()) return [null, null]
      const { id: memberId, ...member } = found.member
      return [sessionOf(id, found.session), { id: memberId, attributes: { ...member, organization: found.organization } }]
    },
    // Whose ids nobody has: what is listed can be named by its handle, not opened.
    getUserSessions: async (memberId) => (await listMemberSessions(db, { memberId, at: now() })).map((row) => sessionOf(row.handle, row)),
    async setSession({ id, userId, attributes }) {
      const expiresAt = expiryAfter(attributes.createdAt, attributes.endsAt)
      await insertMemberSession(db, { idHash: digestOfToken(id), memberId: userId, expiresAt, ...attributes })
    },
    async updateSessionExpiration(id, expiresAt) {
      await touchMemberSession(db, { idHash: digestOfToken(id), expiresAt: Math.round(toOurs(expiresAt)), lastSeenAt: now() })
    },
    async deleteSession(id) {
      await deleteMemberSession(db, digestOfToken(id))
    },
    async deleteUserSessions(memberId) {
      await deleteMemberSessions(db, { memberId })
    },
    async deleteExpiredSessions() {
      await deleteEndedMemberSessions(db, now())
    },
  }
}
