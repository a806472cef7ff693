import type { ToolRun } from '../../lib/tool-run.ts'
import { formatDuration } from '../../lib/format-number.ts'
import { ClippedText } from './clipped-text.tsx'

const MAX_MESSAGE = 20_000

/** The JSON-RPC of the call as it went over the wire, with the time since it was sent. */
export function RawMessages({ run }: { run: ToolRun }) {
  if (run.messages.length === 0) return <p className="text-muted">Nothing has been sent to the server yet.</p>
  return (
    <ol className="grid min-w-0 gap-3">
      {run.dropped > 0 && <li className="text-small text-muted">{run.dropped} earlier messages are not kept.</li>}
      {run.messages.map(({ direction, atMs, message }, index) => (
        <li key={index} className="min-w-0">
          <ClippedText
            label={direction === 'sent' ? 'Sent' : `Received after ${formatDuration(atMs)}`}
            text={JSON.stringify(message, null, 2)}
            fileName={`message-${run.dropped + index + 1}.json`}
            limit={MAX_MESSAGE}
          />
        </li>
      ))}
    </ol>
  )
}
