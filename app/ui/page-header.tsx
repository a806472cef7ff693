import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'

export interface Breadcrumb {
  /** Undefined for what has no page of its own. */
  to?: string
  label: string
}

interface PageHeaderProps {
  title: ReactNode
  description?: ReactNode
  actions?: ReactNode
  breadcrumbs?: readonly Breadcrumb[]
}

function Breadcrumbs({ breadcrumbs }: { breadcrumbs: readonly Breadcrumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-1">
      <ol className="flex flex-wrap items-center text-small text-muted">
        {breadcrumbs.map(({ to, label }, index) => (
          <li key={`${index}-${label}`} className="flex min-w-0 items-center">
            {index > 0 && (
              <span aria-hidden="true" className="px-1.5 text-idle">
                /
              </span>
            )}
            {to === undefined ? (
              <span className="wrap-anywhere">{label}</span>
            ) : (
              <Link to={to} className="rounded-xs py-0.5 wrap-anywhere hover:text-ink hover:underline">
                {label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

export function PageHeader({ title, description, actions, breadcrumbs }: PageHeaderProps) {
  return (
    <header className="mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {breadcrumbs && <Breadcrumbs breadcrumbs={breadcrumbs} />}
        <h1 className="text-page font-semibold tracking-tight wrap-anywhere">{title}</h1>
        {description !== undefined && <div className="mt-1 max-w-160 text-muted text-pretty">{description}</div>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-1.5 sm:gap-2">{actions}</div>}
    </header>
  )
}
