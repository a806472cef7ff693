import { useNavigate, useSubmit } from '@remix-run/react'
import KeyRound from 'lucide-react/icons/key-round'
import LogOut from 'lucide-react/icons/log-out'
import Plus from 'lucide-react/icons/plus'
import SunMoon from 'lucide-react/icons/sun-moon'
import { namespacePath } from '../lib/connection-paths.ts'
import type { FrameParts } from '../lib/console-data.ts'
import { addConnectionPath, namespaceLinks, settingsLinks } from '../lib/console-links.ts'
import { type CommandGroup, rankCommands } from '../lib/rank-commands.ts'
import { useChooseTheme } from '../lib/theme-choice.ts'
import { Monogram } from '../ui/monogram.tsx'
import type { CommandEntry } from './command-row.tsx'
import { useConnectionEntries } from './use-connection-entries.tsx'

function isDark(): boolean {
  const { colorScheme } = getComputedStyle(document.documentElement)
  return colorScheme === 'dark' || (colorScheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
}

function useActions({ visitor, namespace }: FrameParts): readonly CommandEntry[] {
  const navigate = useNavigate()
  const submit = useSubmit()
  const chooseTheme = useChooseTheme()
  return [
    ...(namespace === undefined ? [] : [{ id: 'add-connection', label: 'Add connection', icon: Plus, run: () => navigate(addConnectionPath(namespace)) }]),
    ...(visitor.role === 'member' ? [] : [{ id: 'new-key', label: 'New API key', icon: KeyRound, run: () => navigate('/app/settings/keys') }]),
    { id: 'theme', label: 'Change between light and dark', icon: SunMoon, run: () => chooseTheme(isDark() ? 'light' : 'dark') },
    { id: 'sign-out', label: 'Sign out', icon: LogOut, run: () => submit(null, { method: 'post', action: '/sign-out' }) },
  ]
}

/** What the menu offers for `text`, the likeliest first. */
export function useCommandGroups(parts: FrameParts, text: string): CommandGroup<CommandEntry>[] {
  const { visitor, namespaces, namespace } = parts
  const navigate = useNavigate()
  const connections = useConnectionEntries(namespace, text)
  const actions = useActions(parts)
  const links = [...(namespace === undefined ? [] : namespaceLinks(namespace, visitor.role)), ...settingsLinks(visitor.role)]
  const pages = links.map(({ to, label, icon, keys }) => ({ id: to, label, icon, keys, run: () => navigate(to) }))
  const others = (namespaces.length > 1 ? namespaces : []).map((name) => ({
    id: `namespace ${name}`,
    label: name,
    picture: <Monogram name={name} size="sm" />,
    run: () => navigate(namespacePath(name)),
  }))
  const groups = [
    { heading: 'Connections', entries: connections },
    { heading: 'Pages', entries: pages },
    { heading: 'Actions', entries: actions },
    { heading: 'Namespaces', entries: others },
  ]
  return rankCommands(groups, text)
}
