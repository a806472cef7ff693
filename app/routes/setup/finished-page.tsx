import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { EntryFrame } from '../../components/account/entry-frame.tsx'
import { describeOutcome, readOutcome } from '../../lib/setup-outcome.ts'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: `${describeOutcome(loaded?.outcome ?? 'failed').title} · Plugboard` }]

export function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  const requestId = searchParams.get('request') ?? ''
  return data({ outcome: readOutcome(searchParams.get('outcome')), requestId: /^req_\w{1,40}$/.test(requestId) ? requestId : undefined })
}

/** After the authorization server: how it went, and the one thing to do next. */
export default function FinishedPage() {
  const { outcome, requestId } = useLoaderData<typeof loader>()
  const { title, explanation, next } = describeOutcome(outcome)
  return (
    <EntryFrame title={title} description={explanation}>
      <p>{next}</p>
      {requestId !== undefined && (
        <p className="mt-4 text-small text-muted">
          Request id <code className="font-mono text-code select-all">{requestId}</code>
        </p>
      )}
    </EntryFrame>
  )
}
