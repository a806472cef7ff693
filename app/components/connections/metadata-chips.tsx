import { Link } from '@remix-run/react'
import { joinClasses } from '../../ui/join-classes.ts'
import type { ConnectionView } from './connection-types.ts'
import { searchPath } from './search-path.ts'

const isFilterable = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value)

const CHIP = 'inline-flex max-w-full min-h-6 min-w-0 items-center rounded-sm border border-line bg-sunken px-1.5 font-mono text-tiny'

interface MetadataChipsProps {
  metadata: ConnectionView['metadata']
  /** How many are shown, in one line and shortened where they have no room; the rest is counted. Without it, all is shown. */
  limit?: number
  /** The list that a chip filters. */
  listPath: string
}

/** Labels as `key:value`, each a filter that finds the connections that share it. */
export function MetadataChips({ metadata, limit, listPath }: MetadataChipsProps) {
  const pairs = Object.entries(metadata ?? {})
  if (pairs.length === 0) return null
  const isShort = limit !== undefined
  const hidden = isShort ? pairs.slice(limit).map(([key]) => key) : []
  return (
    <ul aria-label="Metadata" className={joinClasses('flex min-w-0 gap-1', !isShort && 'flex-wrap')}>
      {pairs.slice(0, limit).map(([key, value]) => {
        const shown = typeof value === 'string' ? value : JSON.stringify(value)
        const label = isShort ? (
          <span className="truncate">
            <span className="text-muted">{key}:</span>
            {shown}
          </span>
        ) : (
          <span className="py-0.5 wrap-anywhere">
            <span className="text-muted">{key}:</span>
            {shown}
          </span>
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
      {hidden.length > 0 && (
        <li className="flex h-6 shrink-0 items-center text-tiny text-muted" title={hidden.join(', ')}>{`+${hidden.length}`}</li>
      )}
    </ul>
  )
}
