import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import Plus from 'lucide-react/icons/plus'
import { DoneNotice } from '../../components/account/done-notice.tsx'
import { isAdministrator } from '../../components/account/roles.ts'
import { NoWebhooks } from '../../components/webhooks/no-webhooks.tsx'
import { WebhooksTable } from '../../components/webhooks/webhooks-table.tsx'
import { namespacePath } from '../../lib/connection-paths.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { webhooksPath } from '../../lib/webhook-paths.ts'
import { Card } from '../../ui/card.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { PageHeader } from '../../ui/page-header.tsx'

export const meta: MetaFunction = () => [{ title: 'Webhooks · Plugboard' }]

const DONE_SENTENCES = { deleted: 'The endpoint is deleted, and hears nothing more.' }

export async function loader(args: LoaderFunctionArgs) {
  const { role } = requireVisitor(args)
  const namespace = args.params.namespace ?? ''
  if (!isAdministrator(role)) throw redirect(namespacePath(namespace))
  return { namespace, ...(await args.context.api.webhooks.list({ namespace })) }
}

export default function WebhooksPage() {
  const { namespace, webhooks } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title="Webhooks"
        description="Where your app hears what happens to the connections of this namespace."
        actions={
          webhooks.length > 0 && (
            <LinkButton to={`${webhooksPath(namespace)}/new`} variant="primary" icon={Plus}>
              Add endpoint
            </LinkButton>
          )
        }
      />
      <div className="grid min-w-0 gap-4">
        <DoneNotice sentences={DONE_SENTENCES} />
        {webhooks.length > 0 ? (
          <WebhooksTable namespace={namespace} webhooks={webhooks} />
        ) : (
          <Card>
            <NoWebhooks namespace={namespace} />
          </Card>
        )}
      </div>
    </>
  )
}
