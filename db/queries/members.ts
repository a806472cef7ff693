import { and, asc, eq, inArray, or, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { member, type MemberRole, type MemberRow } from '../schema/member.ts'
import { memberSession } from '../schema/member-session.ts'

export interface MemberName {
  organizationId: string
  id: string
}

const named = ({ organizationId, id }: MemberName) => and(eq(member.id, id), eq(member.organizationId, organizationId))

/** Whether anybody has ever set this installation up. */
export async function hasMembers(db: Database): Promise<boolean> {
  return (await db.read(db.build.select({ id: member.id }).from(member).limit(1).get())) !== undefined
}

export const findMember = (db: Database, name: MemberName): Promise<MemberRow | undefined> =>
  db.read(db.build.select().from(member).where(named(name)).get())

/** Of any organization. */
export const findMembers = (db: Database, ids: readonly string[]): Promise<MemberRow[]> =>
  db.read(db.build.select().from(member).where(inArray(member.id, [...ids])))

/** `email` in lower case. */
export const findMemberByEmail = (db: Database, email: string): Promise<MemberRow | undefined> =>
  db.read(db.build.select().from(member).where(eq(member.email, email)).get())

/** Oldest first. */
export const listMembers = (db: Database, { organizationId }: { organizationId: string }): Promise<MemberRow[]> =>
  db.read(db.build.select().from(member).where(eq(member.organizationId, organizationId)).orderBy(asc(member.createdAt), asc(member.id)))

export async function updateMember(
  db: Database,
  { set, ...name }: MemberName & { set: Partial<Pick<MemberRow, 'name' | 'lastSignedInAt'>> },
): Promise<boolean> {
  return (await db.write(db.build.update(member).set(set).where(named(name)))) === 1
}

/** With every session of the member: whoever knew the old password is out. */
export async function replacePassword(db: Database, { passwordHash, ...name }: MemberName & { passwordHash: string }): Promise<boolean> {
  const [changed] = await db.writeBatch([
    db.build.update(member).set({ passwordHash }).where(named(name)),
    db.build.delete(memberSession).where(eq(memberSession.memberId, name.id)),
  ])
  return changed === 1
}

/** An organization is never without an owner, whoever else changes roles at the same moment. */
const anotherOwnerThan = ({ organizationId, id }: MemberName) =>
  sql`EXISTS (SELECT 1 FROM member AS other WHERE other.organization_id = ${organizationId} AND other.role = 'owner' AND other.id <> ${id})`

/** False if there is no such member, or it is the last owner. */
export async function changeMemberRole(db: Database, { role, ...name }: MemberName & { role: MemberRole }): Promise<boolean> {
  const allowed = role === 'owner' ? undefined : or(sql`role <> 'owner'`, anotherOwnerThan(name))
  return (await db.write(db.build.update(member).set({ role }).where(and(named(name), allowed)))) === 1
}

/** With the member's sessions. False if there is no such member, or it is the last owner. */
export async function deleteMember(db: Database, name: MemberName): Promise<boolean> {
  return (await db.write(db.build.delete(member).where(and(named(name), or(sql`role <> 'owner'`, anotherOwnerThan(name)))))) === 1
}
