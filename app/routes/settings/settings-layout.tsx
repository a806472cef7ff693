import type { LoaderFunctionArgs } from '@remix-run/node'
import { Outlet, useLoaderData, useLocation } from '@remix-run/react'
import { isAdministrator } from '../../components/account/roles.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { NavTabs } from '../../ui/nav-tabs.tsx'
import { PageHeader } from '../../ui/page-header.tsx'

export function loader(args: LoaderFunctionArgs) {
  const { role, organization } = requireVisitor(args)
  return { isAdministrator: isAdministrator(role), organization: organization.name }
}

const INSTALLATION = { to: '/app/settings', label: 'Installation', end: true }
const MEMBERS = { to: '/app/settings/members', label: 'Members' }
const KEYS = { to: '/app/settings/keys', label: 'API keys' }
const NAMESPACES = { to: '/app/settings/namespaces', label: 'Namespaces' }
const ACCOUNT = { to: '/app/settings/account', label: 'Account' }

const ADMINISTRATORS = [INSTALLATION, MEMBERS, KEYS, NAMESPACES, ACCOUNT]
const EVERYBODYS = [MEMBERS, NAMESPACES, ACCOUNT]

export default function SettingsLayout() {
  const { isAdministrator: administers, organization } = useLoaderData<typeof loader>()
  const { pathname } = useLocation()
  const current = ADMINISTRATORS.find(({ to }) => to === pathname.replace(/\/$/, ''))
  return (
    <>
      <PageHeader title={current?.label ?? 'Settings'} description={`Settings of ${organization}`} />
      {/* Where the sidebar stands beside the page, it has the same links. */}
      <div className="lg:hidden">
        <NavTabs label="Settings" tabs={administers ? ADMINISTRATORS : EVERYBODYS} />
      </div>
      <div className="grid gap-6">
        <Outlet />
      </div>
    </>
  )
}
