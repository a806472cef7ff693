import { Link } from '@remix-run/react'
import type { ConnectionView } from './connection-types.ts'
import { searchPath } from './search-path.ts'

const isFilterable = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value)

const CHIP = 'inline-flex h-6 max-w-full min-w-0 items-center rounded-sm border border-line bg-sunken px-1.5 font-mono text-tiny'

interface MetadataChipsProps {
  metadata: ConnectionView['metadata']
  /** How many are shown; the rest is counted. */
  limit?: number
  /** The list that a chip filters. */
  listPath: string
}

/** Labels as `key:value`, each a filter that finds the connections that share it. */
export function MetadataChips({ metadata, limit = Infinity, listPath }: MetadataChipsProps) {
  const pairs = Object.entries(metadata ?? {})
  if (pairs.length === 0) return null
  return (
    <ul aria-label="Metadata" className="flex min-w-0 flex-wrap gap-1">
      {pairs.slice(0, limit).map(([key, value]) => {
        const shown = typeof value === 'string' ? value : JSON.stringify(value)
        const label = (
          <>
            <span className="shrink-0 text-muted">{key}:</span>
            <span className="truncate">{shown}</span>
          </>
        )
        return (
          <li key={key} className="flex max-w-full min-w-0">
            {isFilterable(value) ? (
              <Link
                to={`${listPath}${searchPath({ terms: [{ kind: 'metadata', key, value: shown }], state: undefined })}`}
                title={`Show all with ${key}:${shown}`}
                className={`${CHIP} relative hover:bg-hover`}
              >
                {label}
              </Link>
            ) : (
              <span className={CHIP} title={shown}>
                {label}
              </span>
            )}
          </li>
        )
      })}
      {pairs.length > limit && <li className="flex h-6 items-center text-tiny text-muted">{`+${pairs.length - limit}`}</li>}
    </ul>
  )
}
