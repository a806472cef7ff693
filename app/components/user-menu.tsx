import { useSubmit } from '@remix-run/react'
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import LogOut from 'lucide-react/icons/log-out'
import UserRound from 'lucide-react/icons/user-round'
import { useChooseTheme, useTheme } from '../lib/theme-choice.ts'
import type { Theme } from '../lib/theme-cookie.ts'
import type { Visitor } from '../lib/load-context.ts'
import { Menu } from '../ui/menu.tsx'
import { Monogram } from '../ui/monogram.tsx'

const THEMES: readonly { theme: Theme; label: string }[] = [
  { theme: undefined, label: 'As the system' },
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
]

const ROLES: Readonly<Record<Visitor['role'], string>> = { owner: 'Owner', admin: 'Admin', member: 'Member' }

export function UserMenu({ visitor: { name, email, role } }: { visitor: Visitor }) {
  const current = useTheme()
  const chooseTheme = useChooseTheme()
  const submit = useSubmit()
  return (
    <Menu
      side="top"
      trigger={
        <button type="button" className="flex w-full min-w-0 items-center gap-2 rounded-sm p-2 text-left hover:bg-hover data-[state=open]:bg-hover">
          <Monogram name={name} className="rounded-full!" />
          <span className="min-w-0 flex-1">
            <span className="block truncate text-small font-medium">{name}</span>
            <span className="block truncate text-tiny text-muted">{ROLES[role]}</span>
          </span>
          <ChevronsUpDown className="size-4 shrink-0 text-muted" aria-hidden="true" />
        </button>
      }
      items={[
        { heading: email },
        { label: 'Account', icon: UserRound, to: '/app/settings/account' },
        'separator',
        { heading: 'Appearance' },
        ...THEMES.map(({ theme, label }) => ({ label, checked: theme === current, onSelect: () => chooseTheme(theme) })),
        'separator',
        { label: 'Sign out', icon: LogOut, onSelect: () => submit(null, { method: 'post', action: '/sign-out' }) },
      ]}
    />
  )
}
