import { Command } from 'cmdk'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Kbd } from '../ui/kbd.tsx'

export interface CommandEntry {
  /** Unique in the menu. */
  id: string
  /** What typing is compared with, too. */
  label: string
  detail?: ReactNode
  icon?: LucideIcon
  picture?: ReactNode
  keys?: string | undefined
  run: () => void
}

export function CommandRow({ id, label, detail, icon: Icon, picture, keys, run }: CommandEntry) {
  return (
    <Command.Item value={id} onSelect={run} className="menu-item min-h-9!">
      {Icon ? <Icon className="size-4 shrink-0 text-muted" aria-hidden="true" /> : picture}
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {detail}
      {keys !== undefined && (
        <span className="flex gap-0.5" aria-hidden="true">
          {keys.split(' ').map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      )}
    </Command.Item>
  )
}
