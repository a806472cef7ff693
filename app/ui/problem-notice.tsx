import type { Problem } from '../lib/load-context.ts'
import { describeSide } from '../lib/describe-side.ts'
import { Notice } from './notice.tsx'

/** What went wrong, whose side it is on, and how to find it in the log. */
export function ProblemNotice({ problem }: { problem: Problem }) {
  const { message, side, code, requestId, upstreamText, retryAfterSeconds } = problem
  return (
    <Notice tone="bad" title={message}>
      {upstreamText !== undefined && (
        <figure className="mt-2">
          <figcaption className="text-muted">The server’s own words:</figcaption>
          <blockquote className="mt-1 max-h-40 overflow-y-auto border-l-2 border-bad/40 pl-2 font-mono text-code whitespace-pre-wrap">{upstreamText}</blockquote>
        </figure>
      )}
      <p className="mt-1 text-muted">
        {describeSide(side)}
        {retryAfterSeconds !== undefined && ` Try again in ${retryAfterSeconds} s.`}
      </p>
      <p className="mt-1 text-muted">
        <code className="font-mono text-tiny select-all">{code}</code>
        <span aria-hidden="true"> · </span>
        request <code className="font-mono text-tiny select-all">{requestId}</code>
      </p>
    </Notice>
  )
}
