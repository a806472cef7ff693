import type { Fault } from '../lib/describe-fault.ts'
import { CopyId } from '../ui/copy-id.tsx'

/** Whose side it is on, and what finds it in the log. */
export function FaultFacts({ fault, requestId }: { fault: Fault; requestId: string | undefined }) {
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] items-baseline gap-x-6 gap-y-2 border-t border-line pt-4 text-small">
      <dt className="text-muted">Whose side</dt>
      <dd>{fault.side}</dd>
      {fault.code !== undefined && (
        <>
          <dt className="text-muted">Code</dt>
          <dd>
            <code className="font-mono text-code wrap-anywhere">{fault.code}</code>
          </dd>
        </>
      )}
      {requestId !== undefined && (
        <>
          <dt className="text-muted">Request id</dt>
          <dd>
            <CopyId value={requestId} label="request id" />
          </dd>
        </>
      )}
    </dl>
  )
}
