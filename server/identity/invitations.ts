// Links that make a member of whoever opens them: each once, for a week, shown when it is made.
import { z } from 'zod'
import {
  acceptInvitation as acceptRow,
  findOpenInvitation as findRow,
  insertInvitation,
  listOpenInvitations,
  type OpenInvitationRow,
  revokeInvitation as revokeRow,
} from '../../db/queries/invitations.ts'
import { findMemberByEmail } from '../../db/queries/members.ts'
import type { Context, House } from '../context/context.ts'
import { newId } from '../lib/ids.ts'
import { DAY_MS } from '../lib/units.ts'
import type { MemberRole } from '../policy/actor.ts'
import { requirePermission } from '../policy/authorize.ts'
import { beginAttempt } from './attempts.ts'
import type { Browser } from './browser.ts'
import { emailTaken, invitationNotFound } from './identity-errors.ts'
import type { InvitationView, CreatedInvitationView } from './invitation-view.ts'
import { requireOwnerFor } from './members.ts'
import { hashPassword } from './password-hash.ts'
import { newPassword, requireUncommonPassword } from './password-rules.ts'
import { personName, readPersonInput } from './person-input.ts'
import { digestOfToken, isSecretToken, newSecretToken } from './secret-token.ts'
import { memberSource, startSession } from './sessions.ts'

const LIFETIME_MS = 7 * DAY_MS

/** Open ones, newest first. */
export async function listInvitations(context: Context): Promise<InvitationView[]> {
  const organizationId = requireInvitations(context)
  return (await listOpenInvitations(context.db, { organizationId, at: context.now() })).map(viewOf)
}

/** The same address again gets another link, and the earlier one is void. @throws identity.owners_only, identity.email_taken */
export async function createInvitation(context: Context, { email, role }: { email: string; role: MemberRole }): Promise<CreatedInvitationView> {
  const organizationId = requireInvitations(context)
  requireOwnerFor(context.actor, role)
  // Only of one's own people is it said that they are here.
  if ((await findMemberByEmail(context.db, email))?.organizationId === organizationId) throw emailTaken()
  const token = newSecretToken()
  const createdAt = context.now()
  const invitedBy = context.actor.kind === 'member' ? context.actor.id : null
  const invitation = { id: newId('inv'), organizationId, email, role, invitedBy, createdAt, expiresAt: createdAt + LIFETIME_MS }
  await insertInvitation(context.db, { ...invitation, tokenHash: digestOfToken(token), acceptedAt: null, revokedAt: null })
  await context.audit.write(context, { action: 'invitation.create', target: { kind: 'invitation', id: invitation.id }, details: { role } })
  const made = (await listInvitations(context)).find(({ id }) => id === invitation.id)
  if (!made) throw invitationNotFound()
  return { ...made, url: `${context.config.publicUrl.origin}/invite/${token}` }
}

export async function revokeInvitation(context: Context, { id }: { id: string }): Promise<void> {
  const organizationId = requireInvitations(context)
  if (!(await revokeRow(context.db, { organizationId, id, at: context.now() }))) throw invitationNotFound()
  await context.audit.write(context, { action: 'invitation.revoke', target: { kind: 'invitation', id } })
}

/** For whoever has the link. */
export async function findInvitation(house: House, token: string): Promise<OpenInvitationRow | undefined> {
  return isSecretToken(token) ? findRow(house.db, { tokenHash: digestOfToken(token), at: house.now() }) : undefined
}

const newMember = z.strictObject({ name: personName, password: newPassword })

/** @returns the cookie. @throws identity.invitation_not_found, identity.email_taken, identity.too_many_attempts, input.invalid */
export async function acceptInvitation(house: House, browser: Browser, input: { token: string; name: string; password: string }): Promise<string> {
  const { token, ...rest } = input
  const attempt = beginAttempt(house, browser)
  const found = await findInvitation(house, token)
  if (!found) throw invitationNotFound()
  attempt.succeeded()
  const { name, password } = readPersonInput(newMember, rest)
  requireUncommonPassword('password', password, { email: found.invitation.email, names: [name, found.organizationName] })
  const id = newId('mem')
  const passwordHash = await hashPassword(password)
  const accepted = await acceptRow(house.db, { tokenHash: digestOfToken(token), at: house.now(), newMember: { id, name, passwordHash } })
  if (!accepted) throw (await findInvitation(house, token)) ? emailTaken() : invitationNotFound()
  const { organizationId, role, id: invitationId } = found.invitation
  await house.audit.write(memberSource({ id, organizationId }, browser), { action: 'invitation.accept', target: { kind: 'invitation', id: invitationId }, details: { role } })
  return startSession(house, { id, organizationId }, browser)
}

function requireInvitations({ actor }: Context): string {
  requirePermission(actor, { operation: 'write', resource: 'members', organizationId: actor.organizationId }, invitationNotFound)
  return actor.organizationId
}

const viewOf = ({ invitation, invitedBy }: OpenInvitationRow): InvitationView => ({
  id: invitation.id,
  email: invitation.email,
  role: invitation.role,
  invitedBy,
  createdAt: new Date(invitation.createdAt).toISOString(),
  expiresAt: new Date(invitation.expiresAt).toISOString(),
})
