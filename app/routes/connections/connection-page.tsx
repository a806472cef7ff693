import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { CodeTabs } from '../../components/code-tabs.tsx'
import { ConfigurationCard } from '../../components/connections/configuration-card.tsx'
import { addressOf } from '../../components/connections/connection-address.ts'
import { useConnection } from '../../components/connections/connection-outlet.ts'
import { connectionPath } from '../../lib/connection-paths.ts'
import { CredentialCard } from '../../components/connections/credential-card.tsx'
import { SavedNotice } from '../../components/connections/saved-notice.tsx'
import { ServerCard } from '../../components/connections/server-card.tsx'
import { UsageCard } from '../../components/connections/usage-card.tsx'
import { connectionSnippets } from '../../lib/connection-snippets.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { Card } from '../../ui/card.tsx'

export const meta: MetaFunction = ({ params }) => [{ title: `${params.connectionId ?? 'Connection'} · Plugboard` }]

export async function loader(args: LoaderFunctionArgs) {
  requireVisitor(args)
  const { api, publicUrl } = args.context
  const address = addressOf(args)
  const [credential, usage] = await Promise.all([
    api.connections.credential(address),
    api.usage.ofConnection({ ...address, range: '24h' }),
  ])
  const signInUrl = credential.grant && !credential.machineGrant ? (await api.connections.setupLink(address)).url : undefined
  const { searchParams } = new URL(args.request.url)
  const done = searchParams.has('added') ? ('added' as const) : searchParams.has('saved') ? ('saved' as const) : undefined
  return { credential, signInUrl, usage, done, snippets: connectionSnippets(publicUrl, { ...address, tool: usage.byTool[0]?.tool }) }
}

export default function ConnectionPage() {
  const { credential, signInUrl, usage, done, snippets } = useLoaderData<typeof loader>()
  const { namespace, connection } = useConnection()
  return (
    <div className="grid min-w-0 gap-6">
      {done && <SavedNotice what={done} status={connection.status} />}
      <div className="grid min-w-0 items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-6">
          <UsageCard usage={usage} />
          <Card title="Call it from your app" description="With an API key of yours in $PLUGBOARD_KEY">
            <CodeTabs label="How to call this connection" snippets={snippets} />
          </Card>
        </div>
        <div className="grid min-w-0 gap-6">
          <ServerCard info={connection.serverInfo} />
          <ConfigurationCard namespace={namespace} connection={connection} />
          <CredentialCard credential={credential} editPath={`${connectionPath(namespace, connection.connectionId)}/edit`} signInUrl={signInUrl} />
        </div>
      </div>
    </div>
  )
}
