import { formatDuration } from '../../lib/format-number.ts'
import { formatAbsolute } from '../../lib/format-time.ts'
import { factName } from './check-names.ts'
import type { ExaminationCheck } from './examination-types.ts'
import type { FoldedCheck } from './fold-skipped.ts'
import { OutcomeMark } from './outcome-mark.tsx'

type FactValue = ExaminationCheck['facts'][string]

/** May be a stranger's text: shown as text. */
function factText(name: string, value: FactValue): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (/At$|^at$/.test(name)) return formatAbsolute(String(value))
  return Array.isArray(value) ? value.join(' ') || '–' : String(value)
}

export function CheckRow({ names, check: { outcome, finding, fix, facts, durationMs } }: FoldedCheck) {
  const known = Object.entries(facts)
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-2.5 px-4 py-3">
      <span className="flex h-5 items-center">
        <OutcomeMark outcome={outcome} />
      </span>
      <div className="min-w-0 wrap-anywhere sm:grid sm:grid-cols-[12rem_minmax(0,1fr)] sm:gap-x-4">
        <h3 className="font-medium">{names.join(', ')}</h3>
        <div className="min-w-0">
          <p className={outcome === 'skipped' ? 'text-muted' : undefined}>{finding}</p>
          {fix !== undefined && <p className="mt-0.5 text-small text-muted text-pretty">{fix}</p>}
          {known.length > 0 && (
            <dl className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-small text-muted">
              {known.map(([name, value]) => (
                <div key={name} className="flex max-w-full gap-1.5">
                  <dt className="shrink-0">{factName(name)}</dt>
                  <dd className="min-w-0 font-mono text-code text-ink">{factText(name, value)}</dd>
                </div>
              ))}
            </dl>
          )}
        </div>
      </div>
      <span className="text-small text-muted tabular-nums">{durationMs !== null && formatDuration(durationMs)}</span>
    </li>
  )
}
