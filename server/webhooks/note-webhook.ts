import type { WebhookEndpointRow } from '../../db/schema/webhook-endpoint.ts'
import type { AuditAction, AuditDetails } from '../audit/audit-entry.ts'
import type { Context } from '../context/context.ts'

/** What the audit log hears of an endpoint; its address may hold a secret, and stays out. Written before the answer: some of it gives out one. */
export const noteWebhook = (context: Context, { id, namespace }: WebhookEndpointRow, action: AuditAction, details?: AuditDetails): Promise<void> =>
  context.audit.write(context, { action, target: { kind: 'webhook', id }, namespace, details })
