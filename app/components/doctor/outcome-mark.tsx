import type { LucideIcon } from 'lucide-react'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { ExaminationCheck } from './examination-types.ts'

/** Each outcome has a shape of its own, and a word: colour alone would not reach everyone (WCAG 2.2 §1.4.1). */
const LOOKS: Readonly<Record<ExaminationCheck['outcome'], { icon: LucideIcon; look: string; word: string }>> = {
  ok: { icon: CircleCheck, look: 'text-good-ink', word: 'In order' },
  warning: { icon: TriangleAlert, look: 'text-warn-ink', word: 'Warning' },
  failed: { icon: CircleAlert, look: 'text-bad-ink', word: 'Failed' },
  skipped: { icon: CircleDashed, look: 'text-muted', word: 'Skipped' },
}

export function OutcomeMark({ outcome }: { outcome: ExaminationCheck['outcome'] }) {
  const { icon: Icon, look, word } = LOOKS[outcome]
  return (
    <>
      <Icon className={`size-4 shrink-0 ${look}`} aria-hidden="true" />
      <span className="sr-only">{word}: </span>
    </>
  )
}
