import { and, desc, eq, gt, lte, ne, or } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { member, type MemberRow } from '../schema/member.ts'
import { memberSession, type MemberSessionRow } from '../schema/member-session.ts'
import { organization } from '../schema/organization.ts'

export interface SignedInRow {
  session: MemberSessionRow
  member: Pick<MemberRow, 'id' | 'email' | 'name' | 'role'>
  organization: { id: string; name: string }
}

const { id, email, name, role } = member

/** Ended ones, too, until they are deleted. */
export const findMemberSession = (db: Database, idHash: string): Promise<SignedInRow | undefined> =>
  db.read(
    db.build
      .select({ session: memberSession, member: { id, email, name, role }, organization: { id: organization.id, name: organization.name } })
      .from(memberSession)
      .innerJoin(member, eq(member.id, memberSession.memberId))
      .innerJoin(organization, eq(organization.id, member.organizationId))
      .where(eq(memberSession.idHash, idHash))
      .get(),
  )

/** Newest first, without those that are over. */
export const listMemberSessions = (db: Database, { memberId, at }: { memberId: string; at: number }): Promise<MemberSessionRow[]> =>
  db.read(
    db.build
      .select()
      .from(memberSession)
      .where(and(eq(memberSession.memberId, memberId), gt(memberSession.expiresAt, at), gt(memberSession.endsAt, at)))
      .orderBy(desc(memberSession.createdAt), desc(memberSession.handle)),
  )

export async function insertMemberSession(db: Database, row: MemberSessionRow): Promise<void> {
  await db.write(db.build.insert(memberSession).values(row))
}

/** False if the session is gone. */
export async function touchMemberSession(db: Database, { idHash, ...seen }: Pick<MemberSessionRow, 'idHash' | 'expiresAt' | 'lastSeenAt'>): Promise<boolean> {
  return (await db.write(db.build.update(memberSession).set(seen).where(eq(memberSession.idHash, idHash)))) === 1
}

export async function deleteMemberSession(db: Database, idHash: string): Promise<boolean> {
  return (await db.write(db.build.delete(memberSession).where(eq(memberSession.idHash, idHash)))) === 1
}

/** By its public name, and only if it is this member's. */
export async function deleteMemberSessionByHandle(db: Database, { memberId, handle }: { memberId: string; handle: string }): Promise<boolean> {
  const named = and(eq(memberSession.memberId, memberId), eq(memberSession.handle, handle))
  return (await db.write(db.build.delete(memberSession).where(named))) === 1
}

/** All of a member's, but for the one named. */
export const deleteMemberSessions = (db: Database, { memberId, except }: { memberId: string; except?: string | undefined }): Promise<number> =>
  db.write(
    db.build
      .delete(memberSession)
      .where(and(eq(memberSession.memberId, memberId), except === undefined ? undefined : ne(memberSession.handle, except))),
  )

export const deleteEndedMemberSessions = (db: Database, at: number): Promise<number> =>
  db.write(db.build.delete(memberSession).where(or(lte(memberSession.expiresAt, at), lte(memberSession.endsAt, at))))
