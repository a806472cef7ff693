import ChevronRight from 'lucide-react/icons/chevron-right'
import { useState } from 'react'
import { RelativeTime } from '../../ui/relative-time.tsx'
import type { TimelineFlow } from '../connections/connection-types.ts'
import { OutcomeMark } from './outcome-mark.tsx'
import { StepRow } from './step-row.tsx'
import { flowTitle, tellingStep } from './timeline-words.ts'

/** One line, and its steps for who wants to know. What a reader opened stays open when news arrives. */
export function FlowItem({ flow, startsOpen }: { flow: TimelineFlow; startsOpen: boolean }) {
  const [isOpen, setIsOpen] = useState(startsOpen)
  const { at, outcome, steps } = flow
  return (
    <li>
      <details className="group/flow" open={isOpen} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
        <summary className="grid cursor-pointer list-none grid-cols-[1rem_minmax(0,1fr)_auto_1rem] gap-x-3 px-4 py-2.5 text-small sm:grid-cols-[1rem_10rem_minmax(0,1fr)_auto_1rem] hover:bg-hover/60">
          <OutcomeMark outcome={outcome} />
          <span className="font-medium">{flowTitle(flow)}</span>
          <span className="order-last col-span-3 col-start-2 text-muted text-pretty sm:order-none sm:col-span-1 sm:col-start-3">{tellingStep(flow)?.decision}</span>
          <span className="text-muted">
            <RelativeTime at={at} />
          </span>
          <ChevronRight className="mt-0.5 size-4 text-muted transition-transform group-open/flow:rotate-90" aria-hidden="true" />
        </summary>
        <ol className="border-t border-line bg-sunken px-4 py-2">
          {steps.map((step, index) => (
            <StepRow key={index} step={step} startedAt={at} />
          ))}
        </ol>
      </details>
    </li>
  )
}
