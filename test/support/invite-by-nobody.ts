// A member of any organization, where no other member is there to invite them.
import { insertInvitation } from '../../db/queries/invitations.ts'
import { acceptInvitation } from '../../server/identity/invitations.ts'
import { digestOfToken, newSecretToken } from '../../server/identity/secret-token.ts'
import { newId } from '../../server/lib/ids.ts'
import type { MemberRole } from '../../server/policy/actor.ts'
import type { RunningPlugboard } from './start-plugboard.ts'

/** @returns what the link of the invitation would hold */
export async function inviteByNobody({ house }: RunningPlugboard, organizationId: string, role: MemberRole): Promise<string> {
  const token = newSecretToken()
  const createdAt = house.now()
  await insertInvitation(house.db, {
    id: newId('inv'),
    organizationId,
    email: `${role}-of-${organizationId}@example.com`.toLowerCase(),
    role,
    tokenHash: digestOfToken(token),
    invitedBy: null,
    createdAt,
    expiresAt: createdAt + 1,
    acceptedAt: null,
    revokedAt: null,
  })
  return token
}

/** @returns the Cookie header of the new member's browser */
export async function signInNewMember(plugboard: RunningPlugboard, organizationId: string, role: MemberRole): Promise<string> {
  const token = await inviteByNobody(plugboard, organizationId, role)
  const setCookie = await acceptInvitation(plugboard.house, { address: '127.0.0.1', userAgent: 'a test' }, { token, name: 'Newcomer', password: 'several kinds of weather' })
  return setCookie.split(';', 1)[0]!
}
