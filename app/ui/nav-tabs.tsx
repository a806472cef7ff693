import { NavLink } from '@remix-run/react'

export interface NavTab {
  to: string
  label: string
  /** Current only on exactly this address, not below it. */
  end?: boolean
}

/** Sibling pages under one heading. */
export function NavTabs({ label = 'Sections', tabs }: { label?: string; tabs: readonly NavTab[] }) {
  return (
    <nav aria-label={label} className="mb-6 overflow-x-auto overflow-y-hidden border-b border-line">
      <ul className="flex h-9 gap-2">
        {tabs.map(({ to, label: name, end = false }) => (
          <li key={to} className="flex">
            <NavLink to={to} end={end} className="tab">
              {name}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
