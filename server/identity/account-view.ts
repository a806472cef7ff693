import type { MemberRole } from '../policy/actor.ts'

export interface AccountView {
  memberId: string
  name: string
  email: string
  role: MemberRole
  organization: { id: string; name: string }
}

export interface SessionView {
  handle: string
  /** The browser that asks. */
  current: boolean
  createdAt: string
  lastSeenAt: string
  /** If it is not used until then. */
  expiresAt: string
  userAgent: string
  address: string
}
