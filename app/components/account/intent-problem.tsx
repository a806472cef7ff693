import type { Refusal } from '../../lib/run-intent.ts'
import { ProblemNotice } from '../../ui/problem-notice.tsx'

/** On the card of these intents: why the last one was refused, if it was one of them. */
export function IntentProblem({ refusal, intents }: { refusal: Refusal | undefined; intents: readonly string[] }) {
  if (!refusal || !intents.includes(refusal.intent)) return null
  return (
    <div className="p-4">
      <ProblemNotice problem={refusal.problem} />
    </div>
  )
}
