import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import type { ConnectionStatus, TimelineFlow } from '../connections/connection-types.ts'

const STATES: readonly string[] = ['connected', 'disconnected', 'auth_required', 'input_required', 'error'] satisfies ConnectionStatus['state'][]
const isState = (step: string): step is ConnectionStatus['state'] => STATES.includes(step)

/** A change of status is one line: it has no steps of its own. */
export function StatusItem({ flow: { at, steps } }: { flow: TimelineFlow }) {
  const last = steps.at(-1)
  if (!last || !isState(last.step)) return null
  return (
    <li className="grid grid-cols-[1rem_minmax(0,1fr)_auto_1rem] gap-x-3 px-4 py-2.5 text-small sm:grid-cols-[1rem_10rem_minmax(0,1fr)_auto_1rem]">
      <span className="col-start-2">
        <StatusBadge state={last.step} />
      </span>
      <span className="order-last col-span-3 col-start-2 text-muted text-pretty wrap-anywhere sm:order-none sm:col-span-1 sm:col-start-3">
        {steps.map(({ decision }) => decision).join(' ')}
      </span>
      <span className="text-muted">
        <RelativeTime at={at} />
      </span>
    </li>
  )
}
