import Check from 'lucide-react/icons/check'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import X from 'lucide-react/icons/x'
import type { TimelineFlow } from '../connections/connection-types.ts'

const LOOKS = {
  ok: { icon: Check, word: 'Went well', tone: 'text-good' },
  failed: { icon: X, word: 'Failed', tone: 'text-bad' },
  waiting: { icon: CircleDashed, word: 'Under way', tone: 'text-warn' },
  abandoned: { icon: CircleDashed, word: 'Not finished', tone: 'text-idle' },
} as const

/** A shape of its own for each outcome, and a word for who does not see it (WCAG 2.2 §1.4.1). */
export function OutcomeMark({ outcome }: { outcome: TimelineFlow['outcome'] }) {
  const { icon: Icon, word, tone } = LOOKS[outcome]
  return (
    <span className="flex h-5 items-center">
      <Icon className={`size-3.5 ${tone}`} strokeWidth={2.5} aria-hidden="true" />
      <span className="sr-only">{word}: </span>
    </span>
  )
}
