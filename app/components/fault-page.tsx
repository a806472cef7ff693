import { Link } from '@remix-run/react'
import type { Fault } from '../lib/describe-fault.ts'
import { PageFrame } from './page-frame.tsx'

/** The page instead of the page: what happened, whose side it is on, what to do, and how to find it in the log. */
export function FaultPage({ fault, requestId }: { fault: Fault; requestId: string | undefined }) {
  return (
    <PageFrame>
      <section className="max-w-160 pt-16 sm:pt-24">
        {fault.status !== undefined && <p className="font-mono text-code text-muted">{fault.status}</p>}
        <h1 className="mt-2 text-title font-semibold tracking-tight text-balance">{fault.title}</h1>
        <p className="mt-4 text-lead text-muted text-pretty">{fault.explanation}</p>
        <dl className="mt-8 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-2 border-t border-line pt-4 text-small">
          <dt className="text-muted">Whose side</dt>
          <dd>{fault.side}</dd>
          {requestId !== undefined && (
            <>
              <dt className="text-muted">Request id</dt>
              <dd>
                <code className="font-mono text-code break-all select-all">{requestId}</code>
              </dd>
            </>
          )}
        </dl>
        <p className="mt-8">
          <Link to="/" className="link">
            To the start page
          </Link>
        </p>
      </section>
    </PageFrame>
  )
}
