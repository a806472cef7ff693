import { formatAbsolute } from '../../lib/format-time.ts'
import { formatDuration } from '../../lib/format-number.ts'
import type { TimelineStep } from '../connections/connection-types.ts'
import { ExchangeLines } from './exchange-lines.tsx'
import { OutcomeMark } from './outcome-mark.tsx'
import { offsetLabel, stepTitle } from './timeline-words.ts'

/** `startedAt`: of the whole flow; a step is told by how long after it came. */
export function StepRow({ step, startedAt }: { step: TimelineStep; startedAt: string }) {
  const { at, decision, section, outcome, code, durationMs, exchanges } = step
  const facts = [section, durationMs > 0 && formatDuration(durationMs)].filter((fact) => typeof fact === 'string')
  return (
    <li className="grid grid-cols-[1rem_minmax(0,1fr)_auto] gap-x-3 py-1.5 text-small sm:grid-cols-[1rem_10rem_minmax(0,1fr)_auto]">
      <OutcomeMark outcome={outcome} />
      <span className="font-medium">{stepTitle(step)}</span>
      <div className="order-last col-span-2 col-start-2 grid min-w-0 gap-0.5 sm:order-none sm:col-span-1 sm:col-start-3">
        <p className="text-pretty">
          {decision}
          {code !== null && <code className="ml-2 font-mono text-code text-bad-ink wrap-anywhere">{code}</code>}
        </p>
        {facts.length > 0 && <p className="text-tiny text-muted">{facts.join(' · ')}</p>}
        {exchanges.map((exchange, index) => (
          <ExchangeLines key={index} exchange={exchange} />
        ))}
      </div>
      <time dateTime={at} title={formatAbsolute(at)} className="text-right text-tiny leading-5 whitespace-nowrap text-muted tabular-nums">
        {offsetLabel(Date.parse(at) - Date.parse(startedAt))}
      </time>
    </li>
  )
}
