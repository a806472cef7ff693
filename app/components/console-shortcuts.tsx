import { useNavigate } from '@remix-run/react'
import { useState } from 'react'
import type { FrameParts } from '../lib/console-data.ts'
import { addConnectionPath, type ConsoleLink, namespaceLinks, settingsLinks } from '../lib/console-links.ts'
import { useShortcut } from '../lib/shortcuts.ts'
import { ShortcutSheet } from './shortcut-sheet.tsx'

function LinkShortcut({ keys, to, label }: Pick<ConsoleLink, 'to' | 'label'> & { keys: string }) {
  const navigate = useNavigate()
  useShortcut(keys, () => navigate(to), { label, group: 'Go to' })
  return null
}

function AddConnectionShortcut({ namespace }: { namespace: string }) {
  const navigate = useNavigate()
  useShortcut('c', () => navigate(addConnectionPath(namespace)), { label: 'Add connection', group: 'Actions' })
  return null
}

const focusSearch = () => document.querySelector<HTMLInputElement>('[data-search]')?.focus()

/** The keys that work on every page of the console. */
export function ConsoleShortcuts({ visitor, namespace, openCommands }: FrameParts) {
  const [sheetOpen, setSheetOpen] = useState(false)
  const links = [...(namespace === undefined ? [] : namespaceLinks(namespace, visitor.role)), ...settingsLinks(visitor.role)]
  useShortcut('mod+k', openCommands, { label: 'Search or jump to', group: 'Everywhere' })
  useShortcut('/', focusSearch, { label: 'Search on this page', group: 'Everywhere' })
  useShortcut('?', () => setSheetOpen(true), { label: 'Show these shortcuts', group: 'Everywhere' })
  return (
    <>
      {links.map(({ keys, to, label }) => keys !== undefined && <LinkShortcut key={keys} keys={keys} to={to} label={label} />)}
      {namespace !== undefined && <AddConnectionShortcut namespace={namespace} />}
      <ShortcutSheet open={sheetOpen} onOpenChange={setSheetOpen} />
    </>
  )
}
