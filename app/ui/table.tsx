// A table in its parts. It scrolls by itself when the screen is narrower than what it says.
import type { HTMLAttributes, ReactNode, TdHTMLAttributes, ThHTMLAttributes } from 'react'
import { joinClasses } from './join-classes.ts'
import { ScrollRegion } from './scroll-region.tsx'

interface TableProps {
  /** What the rows are, for those who do not see the heading above. */
  label: string
  children: ReactNode
  className?: string
}

export function Table({ label, children, className }: TableProps) {
  return (
    <ScrollRegion label={`${label}, scrolls sideways`} className={joinClasses('relative min-w-0 overflow-x-auto rounded-lg', className)}>
      <table aria-label={label} className="w-full border-collapse text-left text-small">
        {children}
      </table>
    </ScrollRegion>
  )
}

export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead className="border-b border-line text-muted">
      <tr>{children}</tr>
    </thead>
  )
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody className="divide-y divide-line">{children}</tbody>
}

export function Row({ className, ...rest }: HTMLAttributes<HTMLTableRowElement>) {
  return <tr {...rest} className={joinClasses('hover:bg-hover/60', className)} />
}

type Align = 'start' | 'end'
const ALIGNED: Readonly<Record<Align, string>> = { start: 'text-left', end: 'text-right' }

interface HeadCellProps extends Omit<ThHTMLAttributes<HTMLTableCellElement>, 'align'> {
  align?: Align
  /** A column of buttons needs a name and no room for it. */
  hiddenLabel?: string
}

export function HeadCell({ align = 'start', hiddenLabel, className, children, ...rest }: HeadCellProps) {
  return (
    <th scope="col" {...rest} className={joinClasses('h-9 px-3 font-medium whitespace-nowrap first:pl-4 sm:px-4', ALIGNED[align], className)}>
      {hiddenLabel === undefined ? children : <span className="sr-only">{hiddenLabel}</span>}
    </th>
  )
}

interface CellProps extends Omit<TdHTMLAttributes<HTMLTableCellElement>, 'align'> {
  align?: Align
}

export function Cell({ align = 'start', className, ...rest }: CellProps) {
  return <td {...rest} className={joinClasses('h-11 px-3 py-1.5 first:pl-4 sm:px-4', ALIGNED[align], className)} />
}
