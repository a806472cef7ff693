// The pages of the console that its frame, its command menu and its keys lead to.
import type { LucideIcon } from 'lucide-react'
import Building from 'lucide-react/icons/building-2'
import Folders from 'lucide-react/icons/folders'
import KeyRound from 'lucide-react/icons/key-round'
import LayoutDashboard from 'lucide-react/icons/layout-dashboard'
import Play from 'lucide-react/icons/circle-play'
import Plug from 'lucide-react/icons/plug'
import ScrollText from 'lucide-react/icons/scroll-text'
import Ticket from 'lucide-react/icons/ticket'
import UserRound from 'lucide-react/icons/user-round'
import Users from 'lucide-react/icons/users'
import Webhook from 'lucide-react/icons/webhook'
import type { MemberRole } from './load-context.ts'

export interface ConsoleLink {
  to: string
  label: string
  icon: LucideIcon
  /** Current only on exactly this address. */
  end?: boolean
  /** Keys that lead there. */
  keys?: string
}

export function namespaceLinks(namespace: string, role: MemberRole): readonly ConsoleLink[] {
  const base = `/app/${encodeURIComponent(namespace)}`
  return [
    { to: base, label: 'Overview', icon: LayoutDashboard, end: true, keys: 'g o' },
    { to: `${base}/connections`, label: 'Connections', icon: Plug, keys: 'g c' },
    { to: `${base}/playground`, label: 'Playground', icon: Play, keys: 'g p' },
    ...(role === 'member' ? [] : [{ to: `${base}/webhooks`, label: 'Webhooks', icon: Webhook, keys: 'g w' }]),
  ]
}

interface SettingsLink extends ConsoleLink {
  administratorsOnly: boolean
}

const SETTINGS: readonly SettingsLink[] = [
  { to: '/app/settings', label: 'Installation', icon: Building, end: true, keys: 'g s', administratorsOnly: true },
  { to: '/app/settings/members', label: 'Members', icon: Users, administratorsOnly: false },
  { to: '/app/settings/keys', label: 'API keys', icon: KeyRound, keys: 'g k', administratorsOnly: true },
  { to: '/app/settings/tokens', label: 'Service tokens', icon: Ticket, keys: 'g t', administratorsOnly: false },
  { to: '/app/settings/namespaces', label: 'Namespaces', icon: Folders, administratorsOnly: false },
  { to: '/app/settings/audit', label: 'Audit log', icon: ScrollText, administratorsOnly: true },
  { to: '/app/settings/account', label: 'Account', icon: UserRound, keys: 'g a', administratorsOnly: false },
]

/** Whoever could not use a page is not led to it. The server decides again. */
export const settingsLinks = (role: MemberRole): readonly ConsoleLink[] => SETTINGS.filter((link) => role !== 'member' || !link.administratorsOnly)

export const addConnectionPath = (namespace: string): string => `/app/${encodeURIComponent(namespace)}/connections/new`
