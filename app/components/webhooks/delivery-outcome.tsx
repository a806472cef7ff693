import { Badge } from '../../ui/badge.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import type { Delivery } from './webhook-types.ts'

function LastAnswer({ lastStatus, lastError }: Pick<Delivery, 'lastStatus' | 'lastError'>) {
  if (lastStatus !== null) return <span className="text-muted tabular-nums">{lastStatus}</span>
  return lastError === null ? null : <code className="font-mono text-code text-muted">{lastError}</code>
}

/** How it went, or when it goes on. */
export function DeliveryOutcome({ delivery }: { delivery: Delivery }) {
  const { state, attempts, nextAttemptAt } = delivery
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-0.5">
      {state === 'delivered' && <Badge tone="good">Delivered</Badge>}
      {state === 'failed' && <Badge tone="bad">Failed</Badge>}
      {state === 'pending' && <Badge tone={attempts === 0 ? 'neutral' : 'warn'}>{attempts === 0 ? 'Waiting' : 'Retrying'}</Badge>}
      <LastAnswer {...delivery} />
      {state === 'pending' && attempts > 0 && (
        <span className="whitespace-nowrap text-muted">
          next <RelativeTime at={nextAttemptAt} />
        </span>
      )}
    </span>
  )
}
