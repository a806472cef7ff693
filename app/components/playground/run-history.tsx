import { formatDuration } from '../../lib/format-number.ts'
import { Badge } from '../../ui/badge.tsx'
import { outcomeOf } from './run-view.tsx'
import type { RunEntry } from './use-tool-runs.ts'

interface RunHistoryProps {
  entries: readonly RunEntry[]
  shown: number | undefined
  onShow: (entry: RunEntry) => void
}

/** The calls of this tab, newest first. Choosing one brings its arguments and its result back. */
export function RunHistory({ entries, shown, onShow }: RunHistoryProps) {
  if (entries.length === 0) return null
  return (
    <section aria-labelledby="run-history" className="min-w-0 max-lg:order-last">
      <h2 id="run-history" className="mb-1 text-small font-medium text-muted">
        Calls of this tab
      </h2>
      <ol className="-mx-1 grid grid-cols-[minmax(0,1fr)] max-h-56 content-start gap-px overflow-y-auto p-1">
        {entries.map((entry) => (
          <li key={entry.id}>
            <HistoryButton entry={entry} isShown={entry.id === shown} onShow={() => onShow(entry)} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function HistoryButton({ entry, isShown, onShow }: { entry: RunEntry; isShown: boolean; onShow: () => void }) {
  const { label, tone } = outcomeOf(entry.run)
  return (
    <button
      type="button"
      aria-current={isShown ? 'true' : undefined}
      onClick={onShow}
      className="grid w-full grid-cols-[minmax(0,1fr)_auto] items-center gap-x-2 rounded-sm px-2 py-1 text-left hover:bg-hover focus-visible:-outline-offset-2 aria-[current]:bg-hover"
    >
      <span className="min-w-0">
        <span className="block truncate font-mono text-code">{entry.tool}</span>
        <span className="block truncate text-tiny text-muted">
          {entry.connectionId} {JSON.stringify(entry.arguments).slice(0, 80)}
        </span>
      </span>
      <span className="grid justify-items-end gap-0.5">
        <Badge tone={tone}>{label}</Badge>
        {entry.run.state === 'answered' && <span className="text-tiny text-muted tabular-nums">{formatDuration(entry.run.durationMs)}</span>}
      </span>
    </button>
  )
}
