import { Command } from 'cmdk'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Kbd } from '../ui/kbd.tsx'

interface CommandRowProps {
  /** What typing is compared with; unique in the menu. */
  value: string
  label: string
  detail?: ReactNode
  icon?: LucideIcon
  picture?: ReactNode
  keys?: string | undefined
  onSelect: () => void
}

export function CommandRow({ value, label, detail, icon: Icon, picture, keys, onSelect }: CommandRowProps) {
  return (
    <Command.Item value={value} onSelect={onSelect} className="menu-item min-h-9!">
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
