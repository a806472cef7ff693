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

interface SettingsTab {
  to: string
  label: string
  end?: boolean
  /** Says what the page is for, if its first card does not. */
  description?: string
}

const INSTALLATION: SettingsTab = { to: '/app/settings', label: 'Installation', end: true }
const MEMBERS: SettingsTab = {
  to: '/app/settings/members',
  label: 'Members',
  description: 'People who can sign in to this console. Owners and admins decide who is here.',
}
const KEYS: SettingsTab = { to: '/app/settings/keys', label: 'API keys' }
const TOKENS: SettingsTab = {
  to: '/app/settings/tokens',
  label: 'Service tokens',
  description: 'For where an API key must not be, such as a page, an agent or a job: a part of what you may do, for at most a day.',
}
const NAMESPACES: SettingsTab = {
  to: '/app/settings/namespaces',
  label: 'Namespaces',
  description: 'Each keeps its own connections: one per app, or per environment.',
}
const AUDIT: SettingsTab = { to: '/app/settings/audit', label: 'Audit log', description: 'Who did what to which, from where, and how it went.' }
const ACCOUNT: SettingsTab = { to: '/app/settings/account', label: 'Account' }

const ADMINISTRATORS = [INSTALLATION, MEMBERS, KEYS, TOKENS, NAMESPACES, AUDIT, ACCOUNT]
const EVERYBODYS = [MEMBERS, TOKENS, NAMESPACES, ACCOUNT]

export default function SettingsLayout() {
  const { isAdministrator: administers, organization } = useLoaderData<typeof loader>()
  const { pathname } = useLocation()
  const current = ADMINISTRATORS.find(({ to }) => to === pathname.replace(/\/$/, ''))
  return (
    <>
      <PageHeader title={current?.label ?? 'Settings'} description={current?.description ?? `Settings of ${organization}`} />
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
