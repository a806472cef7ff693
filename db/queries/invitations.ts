import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { invitation, type InvitationRow } from '../schema/invitation.ts'
import { member, type MemberRow } from '../schema/member.ts'
import { organization } from '../schema/organization.ts'

const open = (at: number) => and(isNull(invitation.acceptedAt), isNull(invitation.revokedAt), gt(invitation.expiresAt, at))

export interface OpenInvitationRow {
  invitation: InvitationRow
  organizationName: string
  /** Null if that member is gone. */
  invitedBy: string | null
}

const selectOpen = (db: Database) =>
  db.build
    .select({ invitation, organizationName: organization.name, invitedBy: member.name })
    .from(invitation)
    .innerJoin(organization, eq(organization.id, invitation.organizationId))
    .leftJoin(member, eq(member.id, invitation.invitedBy))

export const findOpenInvitation = (db: Database, { tokenHash, at }: { tokenHash: string; at: number }): Promise<OpenInvitationRow | undefined> =>
  db.read(selectOpen(db).where(and(eq(invitation.tokenHash, tokenHash), open(at))).get())

/** Newest first. */
export const listOpenInvitations = (db: Database, { organizationId, at }: { organizationId: string; at: number }): Promise<OpenInvitationRow[]> =>
  db.read(
    selectOpen(db)
      .where(and(eq(invitation.organizationId, organizationId), open(at)))
      .orderBy(desc(invitation.createdAt), desc(invitation.id)),
  )

/** The same address again replaces the link that it had. */
export async function insertInvitation(db: Database, row: InvitationRow): Promise<void> {
  const earlier = and(eq(invitation.organizationId, row.organizationId), eq(invitation.email, row.email), open(row.createdAt))
  await db.writeBatch([db.build.update(invitation).set({ revokedAt: row.createdAt }).where(earlier), db.build.insert(invitation).values(row)])
}

export async function revokeInvitation(db: Database, input: { organizationId: string; id: string; at: number }): Promise<boolean> {
  const named = and(eq(invitation.id, input.id), eq(invitation.organizationId, input.organizationId), open(input.at))
  return (await db.write(db.build.update(invitation).set({ revokedAt: input.at }).where(named))) === 1
}

/**
 * Makes the member and uses the link up, together: once, whoever else opens it at the same moment. What the member
 * may do, and where, is the invitation's to say. False if the link is not open any more, or somebody has that address.
 */
export async function acceptInvitation(
  db: Database,
  { tokenHash, at, newMember }: { tokenHash: string; at: number; newMember: Pick<MemberRow, 'id' | 'name' | 'passwordHash'> },
): Promise<boolean> {
  const usable = and(eq(invitation.tokenHash, tokenHash), open(at))
  const [inserted] = await db.writeBatch([
    sql`INSERT INTO ${member} (id, organization_id, email, name, role, password_hash, created_at, last_signed_in_at)
        SELECT ${newMember.id}, organization_id, email, ${newMember.name}, role, ${newMember.passwordHash}, ${at}, ${at}
        FROM ${invitation} WHERE ${usable} ON CONFLICT (email) DO NOTHING`,
    db.build
      .update(invitation)
      .set({ acceptedAt: at })
      .where(and(usable, sql`EXISTS (SELECT 1 FROM ${member} WHERE ${member.id} = ${newMember.id})`)),
  ])
  return inserted === 1
}
