import { Link } from '@remix-run/react'
import X from 'lucide-react/icons/x'
import { stateLabel } from '../../ui/status-badge.tsx'
import { type FilterTerm, writeTerm } from './connection-filter.ts'
import { type ConnectionState, searchPath } from './search-path.ts'

function Chip({ to, children }: { to: string; children: string }) {
  return (
    <li className="min-w-0">
      <Link
        to={to}
        aria-label={`Remove the filter ${children}`}
        className="inline-flex h-7 max-w-full items-center gap-1.5 rounded-sm border border-line bg-surface px-2 text-small hover:bg-hover"
      >
        <span className="truncate font-mono text-code">{children}</span>
        <X className="size-3.5 shrink-0 text-muted" aria-hidden="true" />
      </Link>
    </li>
  )
}

/** What the list is filtered by, each part with a way to take it off. */
export function FilterChips({ terms, state }: { terms: readonly FilterTerm[]; state: ConnectionState | undefined }) {
  if (terms.length === 0 && state === undefined) return null
  return (
    <ul aria-label="Active filters" className="flex flex-wrap items-center gap-2">
      {terms.map((term, index) => (
        <Chip key={writeTerm(term)} to={searchPath({ terms: terms.toSpliced(index, 1), state })}>
          {writeTerm(term)}
        </Chip>
      ))}
      {state !== undefined && <Chip to={searchPath({ terms, state: undefined })}>{`status: ${stateLabel(state)}`}</Chip>}
      {terms.length + (state === undefined ? 0 : 1) > 1 && (
        <li>
          <Link to="." className="link text-small">
            Clear all
          </Link>
        </li>
      )}
    </ul>
  )
}
