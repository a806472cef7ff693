import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import ListTree from 'lucide-react/icons/list-tree'
import { addressOf } from '../../components/connections/connection-address.ts'
import { FlowItem } from '../../components/timeline/flow-item.tsx'
import { StatusItem } from '../../components/timeline/status-item.tsx'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'

export const meta: MetaFunction = ({ params }) => [{ title: `Timeline of ${params.connectionId ?? 'connection'} · Plugboard` }]

export async function loader(args: LoaderFunctionArgs) {
  requireVisitor(args)
  const cursor = new URL(args.request.url).searchParams.get('before') ?? undefined
  const { flows, nextCursor } = await args.context.api.connections.timeline({ ...addressOf(args), cursor })
  return { flows, nextCursor, isFirst: cursor === undefined }
}

export default function ConnectionTimelinePage() {
  const { flows, nextCursor, isFirst } = useLoaderData<typeof loader>()
  if (flows.length === 0) {
    return (
      <Card>
        <EmptyState icon={ListTree} title={isFirst ? 'Nothing happened yet' : 'Nothing older is kept'}>
          <p>Sign-ins, renewals of tokens and changes of status stand here, each step with what was decided and by which section.</p>
        </EmptyState>
      </Card>
    )
  }
  // What just went wrong is what somebody came to see.
  const newest = isFirst ? flows.find(({ kind }) => kind !== 'status') : undefined
  return (
    <Card flush title="Timeline" description="Newest first. Of requests and answers the names are kept, never a value">
      <ol className="divide-y divide-line">
        {flows.map((flow) =>
          flow.kind === 'status' ? (
            <StatusItem key={flow.flowId} flow={flow} />
          ) : (
            <FlowItem key={flow.flowId} flow={flow} startsOpen={flow === newest && flow.outcome === 'failed'} />
          ),
        )}
      </ol>
      {(!isFirst || nextCursor !== null) && (
        <nav aria-label="Pages" className="flex justify-end gap-2 border-t border-line px-4 py-2">
          {!isFirst && (
            <LinkButton to="." size="sm">
              Newest
            </LinkButton>
          )}
          {nextCursor !== null && (
            <LinkButton to={`?before=${nextCursor}`} size="sm" rel="next">
              Older
            </LinkButton>
          )}
        </nav>
      )}
    </Card>
  )
}
