import ArrowLeft from 'lucide-react/icons/arrow-left'
import type { Fault } from '../lib/describe-fault.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { FaultFacts } from './fault-facts.tsx'
import { PageFrame } from './page-frame.tsx'

/** The page instead of the page: what happened, whose side it is on, what to do, and how to find it in the log. */
export function FaultPage({ fault, requestId }: { fault: Fault; requestId: string | undefined }) {
  return (
    <PageFrame>
      <section className="max-w-160 pt-16 sm:pt-24">
        {fault.status !== undefined && <p className="font-mono text-code text-muted">{fault.status}</p>}
        <h1 className="mt-2 text-title font-semibold tracking-tight text-balance">{fault.title}</h1>
        <p className="mt-4 mb-8 text-lead text-muted text-pretty wrap-anywhere">{fault.explanation}</p>
        <div className="mb-8">
          <LinkButton to="/" icon={ArrowLeft}>
            To the start page
          </LinkButton>
        </div>
        <FaultFacts fault={fault} requestId={requestId} />
      </section>
    </PageFrame>
  )
}
