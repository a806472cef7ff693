// What the audit log hears of a connection: its names, never its values.
import type { AuditAction, AuditDetails, AuditSource } from '../audit/audit-entry.ts'
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { House } from '../context/context.ts'

type Noting = AuditSource & Pick<House, 'audit'>

export function noteConnection(context: Noting, row: Pick<ConnectionRow, 'uid' | 'namespace' | 'connectionId'>, action: AuditAction, details: AuditDetails = {}): void {
  const { uid, namespace, connectionId } = row
  context.audit.note(context, { action, target: { kind: 'connection', id: connectionId }, namespace, details: { uid, ...details } })
}

/** `search`: of mcpUrl. */
export const credentialFields = (input: { headers?: object | undefined; oauthClient?: object | undefined }, search = ''): string[] => [
  ...(search === '' ? [] : ['mcpUrl']),
  ...(input.headers === undefined ? [] : ['headers']),
  ...(input.oauthClient === undefined ? [] : ['oauthClient']),
]
