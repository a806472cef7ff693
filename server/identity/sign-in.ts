// With an email address and a password into a session, and out of it.
import { z } from 'zod'
import { findMemberByEmail, findMember, replacePassword, updateMember } from '../../db/queries/members.ts'
import { personSource } from '../audit/audit-entry.ts'
import type { Context, House } from '../context/context.ts'
import { requireMember } from '../policy/authorize.ts'
import { beginAttempt } from './attempts.ts'
import type { Browser } from './browser.ts'
import { signedOut, signInRefused, wrongPassword } from './identity-errors.ts'
import { hashPassword, isPassword } from './password-hash.ts'
import { newPassword, requireUncommonPassword } from './password-rules.ts'
import { readPersonInput } from './person-input.ts'
import { forgetSessionsOf, startSession } from './sessions.ts'

/** @returns the cookie. @throws identity.sign_in_refused, identity.too_many_attempts */
export async function signIn(house: House, browser: Browser, input: { email: string; password: string }): Promise<string> {
  const email = input.email.trim().toLowerCase()
  const attempt = beginAttempt(house, browser, email)
  const member = await findMemberByEmail(house.db, email)
  const matches = await isPassword(input.password, member?.passwordHash)
  if (member && !matches) noteRefusal(house, browser, member)
  if (!member || !matches) throw signInRefused()
  attempt.succeeded()
  const { id, organizationId } = member
  await updateMember(house.db, { organizationId, id, set: { lastSignedInAt: house.now() } })
  return startSession(house, member, browser)
}

/** Somebody knows the address of a member, and not the password. */
const noteRefusal = (house: House, browser: Browser, { id, organizationId }: { id: string; organizationId: string }): void =>
  house.audit.note(personSource(organizationId, () => browser), {
    action: 'session.start',
    target: { kind: 'member', id },
    result: 'denied',
    code: signInRefused().code,
  })

/** Ends every session of the member; the browser that asks gets a new one. @throws identity.password_wrong, input.invalid */
export async function changePassword(context: Context, browser: Browser, input: { current: string; next: string }): Promise<string> {
  const { id, organizationId } = requireMember(context.actor)
  const member = await findMember(context.db, { organizationId, id })
  if (!member) throw signedOut()
  const attempt = beginAttempt(context, browser, member.email)
  if (!(await isPassword(input.current, member.passwordHash))) throw wrongPassword()
  attempt.succeeded()
  const { next: password } = readPersonInput(z.object({ next: newPassword }), input)
  requireUncommonPassword('next', password, { email: member.email, names: [member.name] })
  const passwordHash = await hashPassword(password)
  await replacePassword(context.db, { organizationId, id, passwordHash }).finally(() => forgetSessionsOf(context, id))
  await context.audit.write(context, { action: 'password.change', target: { kind: 'member', id } })
  return startSession(context, { id, organizationId }, browser)
}
