import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useRevalidator } from '@remix-run/react'
import History from 'lucide-react/icons/history'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import { CallsTable } from '../../components/connections/calls-table.tsx'
import { addressOf } from '../../components/connections/connection-address.ts'
import { useConnection } from '../../components/connections/connection-outlet.ts'
import { playgroundPath } from '../../components/connections/playground-path.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'

export const meta: MetaFunction = ({ params }) => [{ title: `Calls of ${params.connectionId ?? 'connection'} · Plugboard` }]

export async function loader(args: LoaderFunctionArgs) {
  requireVisitor(args)
  return args.context.api.connections.recentCalls(addressOf(args))
}

export default function ConnectionCallsPage() {
  const { calls } = useLoaderData<typeof loader>()
  const { namespace, connection } = useConnection()
  const { revalidate, state } = useRevalidator()
  if (calls.length === 0) {
    return (
      <Card>
        <EmptyState
          icon={History}
          title="No calls yet"
          actions={<LinkButton to={playgroundPath(namespace, connection.connectionId)}>Make the first in the playground</LinkButton>}
        >
          <p>
            The last 50 tool calls stand here: which tool, by whom, how long it took, how it ended. Arguments and results are not kept.
          </p>
        </EmptyState>
      </Card>
    )
  }
  return (
    <Card
      flush
      title="Recent calls"
      description="The last 50, newest first; arguments and results are not kept"
      actions={
        <Button size="sm" icon={RefreshCw} onClick={revalidate} pending={state !== 'idle'}>
          Refresh
        </Button>
      }
    >
      <CallsTable calls={calls} />
    </Card>
  )
}
