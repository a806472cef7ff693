import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { EgressCard } from '../../components/account/egress-card.tsx'
import { EncryptionCard } from '../../components/account/encryption-card.tsx'
import { InstallationCard } from '../../components/account/installation-card.tsx'
import { isAdministrator } from '../../components/account/roles.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { Notice } from '../../ui/notice.tsx'

export const meta: MetaFunction = () => [{ title: 'Installation · Plugboard' }]

export async function loader(args: LoaderFunctionArgs) {
  const { role } = requireVisitor(args)
  if (!isAdministrator(role)) throw redirect('/app/settings/account')
  return args.context.api.installation.get()
}

export default function InstallationPage() {
  const installation = useLoaderData<typeof loader>()
  return (
    <>
      <Notice tone="info">
        Decided by whoever runs Plugboard, in its environment and its data directory. It is shown here, and changed there, with a restart.
      </Notice>
      <InstallationCard installation={installation} />
      <EgressCard egress={installation.egress} />
      <EncryptionCard encryption={installation.encryption} />
    </>
  )
}
