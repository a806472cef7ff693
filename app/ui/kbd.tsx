import type { ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'

export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <kbd
      className={joinClasses(
        'inline-flex h-5 min-w-5 items-center justify-center rounded-xs border border-line bg-sunken px-1 font-sans text-tiny text-muted',
        className,
      )}
    >
      {children}
    </kbd>
  )
}
