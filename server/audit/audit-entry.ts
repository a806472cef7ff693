// What an entry of the audit log may say. Secrets have no place in it: what is written comes from here, member by member.
import type { AuditActorKind, AuditResult } from '../../db/schema/audit-entry.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'

export const AUDIT_ACTIONS = [
  'access.request',
  'account.rename',
  'app_access.allow',
  'app_access.end',
  'audit.damage',
  'audit.export',
  'audit.overflow',
  'connect_session.complete',
  'connect_session.create',
  'connect_session.end',
  'connection.create',
  'connection.delete',
  'connection.remove',
  'connection.restore',
  'connection.update',
  'credential.use',
  'credential.write',
  'grant.consent',
  'grant.end',
  'installation.setup',
  'invitation.accept',
  'invitation.create',
  'invitation.revoke',
  'key.create',
  'key.revoke',
  'member.remove',
  'member.role',
  'namespace.create',
  'namespace.delete',
  'namespace.settings',
  'organization.rename',
  'password.change',
  'session.end',
  'session.start',
  'setup_link.create',
  'token.mint',
  'token.revoke',
  'webhook.create',
  'webhook.delete',
  'webhook.replay',
  'webhook.rotate',
  'webhook.test',
  'webhook.update',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** Whoever did it. An actor of the policy is one. */
export interface AuditActor {
  kind: AuditActorKind
  /** Of the key or the member; '' for whoever has none. */
  id: string
  organizationId: string
}

/** Who does it and from where; a use case's context is one. */
export interface AuditSource {
  actor: AuditActor
  requestId?: string | undefined
  readOrigin?: ReadOrigin | undefined
}

export const DETAILS = [
  'uid',
  'name',
  'role',
  'fields',
  'connections',
  'expiresAt',
  'issuer',
  'scope',
  'namespaces',
  'operations',
  'addresses',
  'operation',
  'resource',
  'route',
  'outcome',
  'sessions',
  'format',
  'missed',
  'repeated',
] as const

/** What else is worth knowing, for people; in the organization's own words or ours, never a stranger's. */
export type AuditDetails = Partial<Record<(typeof DETAILS)[number], string | number | readonly string[]>>

export interface AuditNote {
  action: AuditAction
  target?: { kind: string; id: string } | undefined
  namespace?: string | undefined
  /** `ok`, if left out. */
  result?: AuditResult
  code?: string | undefined
  details?: AuditDetails | undefined
}

/** Plugboard by itself, or its operator. */
export const systemSource = (organizationId: string): AuditSource => ({ actor: { kind: 'system', id: '', organizationId } })

/** Somebody who is known by a link or an address alone. */
export const personSource = (organizationId: string, readOrigin?: ReadOrigin, requestId?: string): AuditSource => ({
  actor: { kind: 'person', id: '', organizationId },
  readOrigin,
  requestId,
})
