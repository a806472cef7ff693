import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { isRouteErrorResponse, Outlet, useLoaderData, useMatch, useParams, useRouteError } from '@remix-run/react'
import Unplug from 'lucide-react/icons/unplug'
import { ConnectionActions } from '../../components/connections/connection-actions.tsx'
import { addressOf } from '../../components/connections/connection-address.ts'
import type { ConnectionOutlet } from '../../components/connections/connection-outlet.ts'
import { connectionPath, connectionsPath } from '../../lib/connection-paths.ts'
import { StatusNotice } from '../../components/connections/status-notice.tsx'
import type { CheckAnswer } from '../../components/connections/use-recheck.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { CopyId } from '../../ui/copy-id.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { NavTabs } from '../../ui/nav-tabs.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'

export async function loader(args: LoaderFunctionArgs): Promise<ConnectionOutlet> {
  requireVisitor(args)
  const address = addressOf(args)
  return { namespace: address.namespace, connection: await args.context.api.connections.get(address) }
}

/** Asks the server again. */
export async function action(args: ActionFunctionArgs): Promise<CheckAnswer> {
  requireVisitor(args)
  const { context } = args
  try {
    const { connectionId, status } = await context.api.connections.check(addressOf(args))
    return { connectionId, status }
  } catch (error) {
    const problem = context.explain(error)
    if (!problem) throw error
    return { problem }
  }
}

export default function ConnectionLayout() {
  const outlet = useLoaderData<typeof loader>() as ConnectionOutlet
  const { namespace, connection } = outlet
  const { connectionId, name, status } = connection
  const path = connectionPath(namespace, connectionId)
  const isExamined = useMatch(`${path}/doctor`) !== null
  return (
    <>
      <PageHeader
        title={name}
        breadcrumbs={[{ to: connectionsPath(namespace), label: 'Connections' }]}
        description={
          <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <StatusBadge state={status.state} />
            <CopyId value={connectionId} label="connection id" />
          </span>
        }
        actions={<ConnectionActions {...outlet} />}
      />
      <NavTabs
        label="Of this connection"
        tabs={[
          { to: path, label: 'Overview', end: true },
          { to: `${path}/tools`, label: 'Tools' },
          { to: `${path}/calls`, label: 'Calls' },
          { to: `${path}/timeline`, label: 'Timeline' },
          { to: `${path}/doctor`, label: 'Doctor' },
          { to: `${path}/edit`, label: 'Edit' },
        ]}
      />
      {/* There, the same is said at length. */}
      {!isExamined && <StatusNotice {...outlet} />}
      <Outlet context={outlet} />
    </>
  )
}

/** Deleted meanwhile, or never there: said inside the console, with the way back. */
export function ErrorBoundary() {
  const error = useRouteError()
  const { namespace = '', connectionId = '' } = useParams()
  if (!isRouteErrorResponse(error) || error.status !== 404) throw error
  return (
    <>
      <PageHeader title={connectionId} breadcrumbs={[{ to: connectionsPath(namespace), label: 'Connections' }]} />
      <EmptyState
        icon={Unplug}
        title="There is no such connection here"
        actions={<LinkButton to={connectionsPath(namespace)}>To the connections</LinkButton>}
      >
        <p>It may have been deleted, or its id is spelled differently.</p>
      </EmptyState>
    </>
  )
}
