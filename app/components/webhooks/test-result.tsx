import { formatDuration } from '../../lib/format-number.ts'
import { Notice } from '../../ui/notice.tsx'
import type { Delivery } from './webhook-types.ts'

/** What came of a test that was just sent. */
export function TestResult({ delivery: { state, lastStatus, lastError, durationMs } }: { delivery: Pick<Delivery, 'state' | 'lastStatus' | 'lastError' | 'durationMs'> }) {
  if (state === 'delivered') {
    return (
      <Notice tone="good" title="The test arrived">
        Answered {lastStatus} after {formatDuration(durationMs)}.
      </Notice>
    )
  }
  return (
    <Notice tone="bad" title="The test did not arrive">
      {lastStatus === null ? (
        <p>
          There was no answer (<code className="font-mono text-code">{lastError}</code>). Check the URL; private destinations need the operator’s EGRESS_ALLOW.
        </p>
      ) : (
        <p>The receiver answered {lastStatus}; only 2xx counts as received, and redirects are not followed.</p>
      )}
    </Notice>
  )
}
