import type { MemberRole } from '../policy/actor.ts'

export interface MemberView {
  id: string
  name: string
  email: string
  role: MemberRole
  createdAt: string
  lastSignedInAt: string | null
  isYou: boolean
}
