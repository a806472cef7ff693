import type { Problem } from '../../lib/load-context.ts'
import { Notice } from '../../ui/notice.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'

/** Before the console: whoever mistyped a password needs one sentence, and no request id. */
export function EntryProblem({ problem }: { problem: Problem }) {
  return problem.side === 'caller' ? <Notice tone="bad" title={problem.message} /> : <ProblemNotice problem={problem} />
}
