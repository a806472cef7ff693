import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { isRouteErrorResponse, Outlet, useLoaderData, useParams, useRouteError } from '@remix-run/react'
import WebhookOff from 'lucide-react/icons/webhook-off'
import { isAdministrator } from '../../components/account/roles.ts'
import { WebhookBadge } from '../../components/webhooks/webhook-badge.tsx'
import type { WebhookView } from '../../components/webhooks/webhook-types.ts'
import { namespacePath } from '../../lib/connection-paths.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { webhookPath, webhooksPath } from '../../lib/webhook-paths.ts'
import { CopyId } from '../../ui/copy-id.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { NavTabs } from '../../ui/nav-tabs.tsx'
import { PageHeader } from '../../ui/page-header.tsx'

export async function loader(args: LoaderFunctionArgs): Promise<WebhookView> {
  const { role } = requireVisitor(args)
  const { namespace = '', webhookId = '' } = args.params
  if (!isAdministrator(role)) throw redirect(namespacePath(namespace))
  const webhook = await args.context.api.webhooks.get({ webhookId })
  // One endpoint has one address.
  if (webhook.namespace !== namespace) throw redirect(webhookPath(webhook.namespace, webhookId))
  return webhook
}

export default function WebhookLayout() {
  const webhook = useLoaderData<typeof loader>() as WebhookView
  const { id, namespace, url, description } = webhook
  const path = webhookPath(namespace, id)
  return (
    <>
      <PageHeader
        title={description || new URL(url).host}
        breadcrumbs={[{ to: webhooksPath(namespace), label: 'Webhooks' }]}
        description={
          <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <WebhookBadge webhook={webhook} />
            <CopyId value={url} label="endpoint URL" />
          </span>
        }
      />
      <NavTabs
        label="Of this endpoint"
        tabs={[
          { to: path, label: 'Deliveries', end: true },
          { to: `${path}/settings`, label: 'Settings' },
        ]}
      />
      <Outlet context={webhook} />
    </>
  )
}

/** Deleted meanwhile, or never there: said inside the console, with the way back. */
export function ErrorBoundary() {
  const error = useRouteError()
  const { namespace = '' } = useParams()
  if (!isRouteErrorResponse(error) || error.status !== 404) throw error
  return (
    <>
      <PageHeader title="No endpoint" breadcrumbs={[{ to: webhooksPath(namespace), label: 'Webhooks' }]} />
      <EmptyState icon={WebhookOff} title="There is no such endpoint here" actions={<LinkButton to={webhooksPath(namespace)}>To the webhooks</LinkButton>}>
        <p>It may have been deleted.</p>
      </EmptyState>
    </>
  )
}
