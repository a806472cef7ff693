import { NavLink } from '@remix-run/react'
import { useId } from 'react'
import type { ConsoleLink } from '../lib/console-links.ts'

const LINK =
  'flex min-h-8 items-center gap-2.5 rounded-sm px-2 text-small text-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-surface aria-[current=page]:font-medium aria-[current=page]:ring-1 aria-[current=page]:ring-line aria-[current=page]:text-ink'

interface ConsoleNavProps {
  label: string
  hideLabel?: boolean
  links: readonly ConsoleLink[]
}

/** One group of links; NavLink marks the current one with aria-current. */
export function ConsoleNav({ label, hideLabel = false, links }: ConsoleNavProps) {
  const id = useId()
  return (
    <div className="mb-5">
      <p id={id} className={hideLabel ? 'sr-only' : 'mb-1 px-2 text-tiny font-medium text-muted'}>
        {label}
      </p>
      <ul aria-labelledby={id} className="grid gap-px">
        {links.map(({ to, label: name, icon: Icon, end = false }) => (
          <li key={to}>
            <NavLink to={to} end={end} className={LINK}>
              <Icon className="size-4 shrink-0" aria-hidden="true" />
              {name}
            </NavLink>
          </li>
        ))}
      </ul>
    </div>
  )
}
