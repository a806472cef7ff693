import { NavLink, useLocation } from '@remix-run/react'
import { useEffect, useRef } from 'react'

export interface NavTab {
  to: string
  label: string
  /** Current only on exactly this address, not below it. */
  end?: boolean
}

/** Sibling pages under one heading. */
export function NavTabs({ label = 'Sections', tabs }: { label?: string; tabs: readonly NavTab[] }) {
  const { pathname } = useLocation()
  const nav = useRef<HTMLElement>(null)

  // On a narrow screen the tabs scroll: the one that is shown must be among those that are seen.
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>('[aria-current="page"]')
    if (nav.current && current) nav.current.scrollLeft = current.offsetLeft - (nav.current.clientWidth - current.offsetWidth) / 2
  }, [pathname])

  return (
    <nav ref={nav} aria-label={label} className="relative mb-6 overflow-x-auto overflow-y-hidden border-b border-line">
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
