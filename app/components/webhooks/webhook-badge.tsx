import { Badge } from '../../ui/badge.tsx'
import type { WebhookView } from './webhook-types.ts'

/** Whether it is told, and whether that arrives. */
export function WebhookBadge({ webhook: { enabled, disabledBecause, failingSince } }: { webhook: Pick<WebhookView, 'enabled' | 'disabledBecause' | 'failingSince'> }) {
  if (!enabled) return disabledBecause === 'asked' ? <Badge>Off</Badge> : <Badge tone="bad">Switched off</Badge>
  return failingSince === null ? <Badge tone="good">On</Badge> : <Badge tone="warn">Failing</Badge>
}
