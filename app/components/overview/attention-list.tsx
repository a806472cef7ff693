import { Link } from '@remix-run/react'
import CircleCheck from 'lucide-react/icons/circle-check'
import { connectionPath } from '../../lib/connection-paths.ts'
import { describeAttention, type TroubledConnection } from '../../lib/describe-attention.ts'
import { Card } from '../../ui/card.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { CheckAgain } from './check-again.tsx'

interface AttentionListProps {
  namespace: string
  connections: TroubledConnection[]
  /** All that need something, of which the list may show a few only. */
  total: number
}

function Item({ namespace, connection }: { namespace: string; connection: TroubledConnection }) {
  const { connectionId, name, status } = connection
  const path = connectionPath(namespace, connectionId)
  const { happened, step } = describeAttention(status)
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <div className="flex min-w-0 items-center gap-2">
          <Link to={path} dir="auto" className="min-w-0 truncate py-0.5 font-medium hover:text-accent-ink">
            {name}
          </Link>
          <StatusBadge state={status.state} />
        </div>
        <p className="mt-1 line-clamp-2 text-small break-words text-muted">{happened}</p>
      </div>
      <div className="flex items-center gap-2">
        <CheckAgain connectionId={connectionId} name={name} />
        <LinkButton to={step.where === 'edit' ? `${path}/edit` : path} size="sm" aria-label={`${step.label}: ${name}`}>
          {step.label}
        </LinkButton>
      </div>
    </li>
  )
}

/** What somebody has to do something about, each with the step that helps. */
export function AttentionList({ namespace, connections, total }: AttentionListProps) {
  if (connections.length === 0) {
    return (
      <Card title="Needs attention">
        <p className="flex items-center gap-2 text-small text-muted">
          <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-good" />
          Nothing: every connection answered when it was last checked.
        </p>
      </Card>
    )
  }
  return (
    <Card title="Needs attention" description={total > connections.length ? `${connections.length} of ${total}, the last changed first` : undefined}>
      <ul className="-my-3 divide-y divide-line">
        {connections.map((connection) => (
          <Item key={connection.connectionId} namespace={namespace} connection={connection} />
        ))}
      </ul>
    </Card>
  )
}
