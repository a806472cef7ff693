import type { ReactNode } from 'react'

export interface Fact {
  name: string
  value: ReactNode
  /** The variable or command that changes it. */
  changedBy?: ReactNode
}

/** What is so, and where it is decided. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="-my-4 divide-y divide-line">
      {facts.map(({ name, value, changedBy }) => (
        <div key={name} className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-[10rem_minmax(0,1fr)_minmax(0,14rem)]">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
          {changedBy !== undefined && <dd className="text-small text-muted sm:text-right">{changedBy}</dd>}
        </div>
      ))}
    </dl>
  )
}

/** The name of a variable or a command, where a fact is decided. */
export const Where = ({ children }: { children: string }) => <code className="font-mono text-code">{children}</code>
