import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Logo } from './logo.tsx'

const FOOTER_LINKS = [
  { href: '/openapi.json', label: 'OpenAPI' },
  { href: '/healthz', label: 'Health' },
  { href: '/readyz', label: 'Readiness' },
]

interface PageFrameProps {
  /** At the end of the header. */
  actions?: ReactNode
  children: ReactNode
}

export function PageFrame({ actions, children }: PageFrameProps) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-264 flex-col px-4 sm:px-8">
      <header className="flex h-14 items-center justify-between border-b border-line">
        <Link to="/" className="-mx-1 flex items-center gap-2 rounded-sm px-1 font-semibold">
          <Logo />
          Plugboard
        </Link>
        {actions}
      </header>
      <main className="flex-1 pb-16">{children}</main>
      <footer className="flex flex-wrap items-center gap-x-6 gap-y-2 border-t border-line py-6 text-small text-muted">
        {FOOTER_LINKS.map(({ href, label }) => (
          <a key={href} href={href} className="link">
            {label}
          </a>
        ))}
      </footer>
    </div>
  )
}
