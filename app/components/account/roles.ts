import type { MemberRole } from '../../lib/load-context.ts'

/** What each role is called, and what it lets a person do, as one sentence after a colon. */
export const ROLES: Readonly<Record<MemberRole, { label: string; may: string }>> = {
  owner: { label: 'Owner', may: 'everything, and deciding who else is an owner.' },
  admin: { label: 'Admin', may: 'connections, namespaces, API keys and members.' },
  member: { label: 'Member', may: 'connections and their tools, in every namespace.' },
}

/** Keys, namespaces and people are for owners and admins; the server decides, this only hides what would be refused. */
export const isAdministrator = (role: MemberRole): boolean => role !== 'member'

/** Only owners make and unmake owners. */
export const rolesToGive = (role: MemberRole): MemberRole[] => (role === 'owner' ? ['owner', 'admin', 'member'] : ['admin', 'member'])

/** What a form posted; anything that is no role is the smallest one. */
export const roleOf = (text: string): MemberRole => (text === 'owner' || text === 'admin' ? text : 'member')
