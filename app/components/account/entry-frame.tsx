import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Logo } from '../logo.tsx'

export interface EntryFrameProps {
  title: string
  description?: ReactNode
  children: ReactNode
  /** The other thing that one could have wanted here. */
  footer?: ReactNode
  /** For what is read or copied rather than filled in. */
  wide?: boolean
}

/** The pages before the console: one thing to do, in the middle of the screen. */
export function EntryFrame({ title, description, children, footer, wide = false }: EntryFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 py-10 sm:justify-center sm:py-16">
      <div className={`w-full ${wide ? 'max-w-160' : 'max-w-100'}`}>
        <header>
          <Link to="/" className="-mx-1 inline-flex items-center gap-2 rounded-sm px-1 font-semibold">
            <Logo />
            Plugboard
          </Link>
        </header>
        <main className="mt-6 rounded-lg border border-line bg-surface p-6 sm:p-8">
          <h1 className="text-page font-semibold tracking-tight text-balance wrap-anywhere">{title}</h1>
          {description !== undefined && <p className="mt-2 text-muted text-pretty wrap-anywhere">{description}</p>}
          <div className="mt-6">{children}</div>
        </main>
        {footer !== undefined && <footer className="mt-4 px-1 text-small text-muted">{footer}</footer>}
      </div>
    </div>
  )
}
