import type { MemberRole } from '../policy/actor.ts'

export interface InvitationView {
  id: string
  email: string
  role: MemberRole
  /** Null if that member is gone. */
  invitedBy: string | null
  createdAt: string
  expiresAt: string
}

export interface CreatedInvitationView extends InvitationView {
  /** Shown this once. Plugboard sends no mail: hand it over yourself. */
  url: string
}
