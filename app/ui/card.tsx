import { type ReactNode, useId } from 'react'

interface CardProps {
  title?: ReactNode
  description?: ReactNode
  actions?: ReactNode
  /** Content that reaches the edges, such as a table. */
  flush?: boolean
  children?: ReactNode
}

/** One subject of a page. With a title it is a region of its own. */
export function Card({ title, description, actions, flush = false, children }: CardProps) {
  const id = useId()
  return (
    <section aria-labelledby={title === undefined ? undefined : id} className="min-w-0 rounded-lg border border-line bg-surface">
      {(title !== undefined || actions !== undefined) && (
        <header className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line px-4 py-2">
          <div className="min-w-0 py-0.5">
            <h2 id={id} className="font-semibold">
              {title}
            </h2>
            {description !== undefined && <p className="text-small text-muted text-pretty">{description}</p>}
          </div>
          {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </header>
      )}
      {flush ? children : <div className="min-w-0 p-4">{children}</div>}
    </section>
  )
}
