import { useLocation, useRevalidator } from '@remix-run/react'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import LogIn from 'lucide-react/icons/log-in'
import RotateCw from 'lucide-react/icons/rotate-cw'
import type { Fault } from '../lib/describe-fault.ts'
import { signInPath } from '../lib/sign-in-path.ts'
import { Button } from '../ui/button.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { FaultFacts } from './fault-facts.tsx'

const isPassing = ({ status }: Fault) => status === undefined || status >= 500

function NextStep({ fault }: { fault: Fault }) {
  const { pathname, search } = useLocation()
  const { revalidate, state } = useRevalidator()
  if (fault.status === 401) {
    return (
      <LinkButton to={signInPath(new URL(pathname + search, 'http://here.invalid'))} variant="primary" icon={LogIn}>
        Sign in
      </LinkButton>
    )
  }
  if (isPassing(fault)) {
    return (
      <Button variant="primary" icon={RotateCw} pending={state === 'loading'} onClick={revalidate}>
        Try again
      </Button>
    )
  }
  return (
    <LinkButton to="/app" icon={ArrowLeft}>
      To the overview
    </LinkButton>
  )
}

/** A page that failed, inside the frame that did not. */
export function ConsoleFault({ fault, requestId }: { fault: Fault; requestId: string | undefined }) {
  return (
    <section className="mx-auto max-w-144 pt-10 sm:pt-16">
      {fault.status !== undefined && <p className="font-mono text-code text-muted">{fault.status}</p>}
      <h1 className="mt-1 text-page font-semibold tracking-tight text-balance">{fault.title}</h1>
      <p className="mt-2 mb-6 text-muted text-pretty wrap-anywhere">{fault.explanation}</p>
      <div className="mb-8">
        <NextStep fault={fault} />
      </div>
      <FaultFacts fault={fault} requestId={requestId} />
    </section>
  )
}
