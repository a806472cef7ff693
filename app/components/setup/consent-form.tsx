import type { Problem, SetupVisit } from '../../lib/load-context.ts'
import { placeProblem } from '../../lib/place-problem.ts'
import { Button } from '../../ui/button.tsx'
import { Fact } from '../../ui/fact.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { EntryFrame } from '../account/entry-frame.tsx'
import { ClientFields } from './client-fields.tsx'

interface ConsentFormProps {
  visit: SetupVisit
  problem: Problem | undefined
  /** What was typed before it was refused; a secret is typed again. */
  typedClientId: string | undefined
}

/** Whom, to what, through whom: what a person has to know before they say yes (MCP security best practices, consent). */
export function ConsentForm({ visit, problem, typedClientId }: ConsentFormProps) {
  const { organization, name, host, issuer } = visit
  const wanted = issuer?.clientWanted
  const { beside, above } = placeProblem(problem, wanted ? ['clientId', 'clientSecret'] : [])
  return (
    <EntryFrame title={`Connect ${host}`} description={`${organization} wants to use ${host} with your account there.`}>
      <dl className="text-small">
        <Fact label="For">{organization}</Fact>
        <Fact label="Connection">{name}</Fact>
        <Fact label="Server">{host}</Fact>
        {issuer && <Fact label="Signs you in">{issuer.host}</Fact>}
        {issuer && issuer.scopes.length > 0 && <Fact label="May">{issuer.scopes.join(', ')}</Fact>}
      </dl>
      {issuer?.isOnAnotherSite && (
        <div className="mt-4">
          <Notice tone="warn" title="The sign-in is on another site">
            {`${host} sends you to ${issuer.host}. Go on only if you know that they belong together.`}
          </Notice>
        </div>
      )}
      {above && (
        <div className="mt-4">
          <ProblemNotice problem={above} />
        </div>
      )}
      {/* A plain form: the browser itself follows the redirect to the other site. */}
      <form method="post" className="mt-6 grid gap-6">
        {issuer && wanted && (
          <ClientFields issuer={issuer.host} redirectUri={wanted.redirectUri} clientId={typedClientId ?? wanted.clientId} beside={beside} />
        )}
        <Button type="submit" variant="primary" className="w-full">
          {issuer ? `Continue to ${issuer.host}` : problem ? 'Try again' : `Connect ${host}`}
        </Button>
      </form>
      <p className="mt-4 text-small text-muted">You can take this back at any time, there or in the app. Plugboard never sees your password.</p>
    </EntryFrame>
  )
}
