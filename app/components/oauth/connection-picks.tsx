import { useId } from 'react'
import type { ConsentVisit } from '../../lib/load-context.ts'
import { Checkbox } from '../../ui/checkbox.tsx'

interface ConnectionPicksProps {
  visit: ConsentVisit
  picked: readonly string[]
  error: string | undefined
}

/** The connections of a namespace, each with a box. */
export function ConnectionPicks({ visit: { connections, hasMore }, picked, error }: ConnectionPicksProps) {
  const errorId = useId()
  return (
    <fieldset className="grid min-w-0 gap-3" aria-describedby={error === undefined ? undefined : errorId}>
      <legend className="mb-1 font-medium">Connections it may use</legend>
      {connections.length === 0 && <p className="text-muted">There is none in this namespace yet.</p>}
      {connections.length > 0 && (
        <div className="grid gap-3 rounded-sm border border-line p-3">
          {connections.map(({ connectionId, name }) => (
            <Checkbox
              key={connectionId}
              name="connection"
              value={connectionId}
              defaultChecked={picked.includes(connectionId)}
              label={<span className="wrap-anywhere">{name}</span>}
              hint={name === connectionId ? undefined : <span className="font-mono text-code wrap-anywhere">{connectionId}</span>}
            />
          ))}
        </div>
      )}
      {hasMore && <p className="text-small text-muted">Only the newest 100 are listed. The others can be named by their metadata.</p>}
      {error !== undefined && (
        <p id={errorId} role="alert" className="text-small text-bad-ink">
          {error}
        </p>
      )}
    </fieldset>
  )
}
