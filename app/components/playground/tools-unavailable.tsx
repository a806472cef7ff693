import { Form } from '@remix-run/react'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import Wrench from 'lucide-react/icons/wrench'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { OfferedTools } from './offered-tools.ts'

interface ToolsUnavailableProps {
  namespace: string
  connectionId: string
  offered: OfferedTools | undefined
  /** The tool that was asked for. */
  toolName: string | undefined
}

/** Why there is no tool to show, and what to do. */
export function ToolsUnavailable({ namespace, connectionId, offered, toolName }: ToolsUnavailableProps) {
  if (!offered || offered.isSlow) return <PanelSkeleton />
  const actions = <RecheckActions namespace={namespace} connectionId={connectionId} />
  if (offered.problem) {
    return (
      <div className="grid gap-4">
        <ProblemNotice problem={offered.problem} />
        <div className="flex flex-wrap gap-2">{actions}</div>
      </div>
    )
  }
  const isGone = offered.tools.length > 0
  return (
    <Card>
      <EmptyState icon={Wrench} title={isGone ? 'The server has no such tool' : 'The server offers no tools'} actions={actions}>
        {isGone ? (
          <p>
            <code className="font-mono text-code wrap-anywhere">{toolName}</code> is not among its {offered.tools.length} tools. Choose one from the list.
          </p>
        ) : (
          <p>It answered, with an empty list. Some servers offer tools only once they are configured, or to some credentials.</p>
        )}
      </EmptyState>
    </Card>
  )
}

function RecheckActions({ namespace, connectionId }: { namespace: string; connectionId: string }) {
  return (
    <>
      <Form method="post" replace>
        <input type="hidden" name="connection" value={connectionId} />
        <Button type="submit" name="intent" value="check" icon={RefreshCw}>
          Check again
        </Button>
      </Form>
      <LinkButton variant="quiet" to={`/app/${encodeURIComponent(namespace)}/connections/${encodeURIComponent(connectionId)}`}>
        Open the connection
      </LinkButton>
    </>
  )
}

/** As tall as a tool with two arguments. */
function PanelSkeleton() {
  return (
    <div className="grid gap-4 rounded-lg border border-line bg-surface p-4">
      <p aria-live="polite" className="text-muted">
        The server has not answered yet.
      </p>
      <Skeleton className="h-5 w-48" />
      <Skeleton className="h-9" />
      <Skeleton className="h-5 w-32" />
      <Skeleton className="h-9" />
    </div>
  )
}

export function ToolsSkeleton() {
  return (
    <div className="grid gap-2">
      {['w-40', 'w-52', 'w-36', 'w-44'].map((width) => (
        <Skeleton key={width} className={`h-9 ${width}`} />
      ))}
    </div>
  )
}
