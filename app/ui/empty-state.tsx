import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  icon: LucideIcon
  title: string
  /** What would be here, and the exact line or button that brings it. */
  children?: ReactNode
  actions?: ReactNode
}

export function EmptyState({ icon: Icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className="mx-auto grid max-w-144 justify-items-center gap-2 px-4 py-12 text-center">
      <span className="mb-1 grid size-10 place-items-center rounded-lg border border-line bg-sunken">
        <Icon className="size-5 text-muted" aria-hidden="true" />
      </span>
      <h2 className="text-heading font-semibold text-balance">{title}</h2>
      {children !== undefined && <div className="grid w-full min-w-0 gap-4 text-muted text-pretty">{children}</div>}
      {actions !== undefined && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}
