// The page asks nobody until somebody presses the button: an examination sends requests with the stored credential.
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import Stethoscope from 'lucide-react/icons/stethoscope'
import { addressOf } from '../../components/connections/connection-address.ts'
import { useConnection } from '../../components/connections/connection-outlet.ts'
import type { Examination } from '../../components/doctor/examination-types.ts'
import { ExaminationView } from '../../components/doctor/examination-view.tsx'
import type { Problem } from '../../lib/load-context.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { textOf } from '../../lib/run-intent.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'

type Answer = { examination: Examination } | { problem: Problem }

export const meta: MetaFunction = ({ params }) => [{ title: `Doctor for ${params.connectionId ?? 'connection'} · Plugboard` }]

export async function loader(args: LoaderFunctionArgs) {
  requireVisitor(args)
  const { url } = await args.context.api.connections.setupLink(addressOf(args))
  return { signInUrl: url }
}

/** With `intent=check`, the connection is checked before, which renews a token that has ended. */
export async function action(args: ActionFunctionArgs): Promise<Answer> {
  requireVisitor(args)
  const { request, context } = args
  const { connections } = context.api
  const address = addressOf(args)
  try {
    if (textOf(await request.formData(), 'intent') === 'check') await connections.check(address)
    return { examination: await connections.doctor(address) }
  } catch (error) {
    const problem = context.explain(error)
    if (!problem) throw error
    return { problem }
  }
}

export default function ExamineConnectionPage() {
  const { signInUrl } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() as Answer | undefined
  const { formMethod, formData } = useNavigation()
  const { namespace, connection } = useConnection()
  const pending = formMethod === 'POST' ? (formData?.get('intent') ?? '') : undefined
  return (
    <div className="grid min-w-0 gap-6">
      <Card title="Doctor" description="What is wrong with this connection, and what mends it">
        <div className="flex flex-wrap items-center justify-between gap-4">
          <p className="max-w-144 text-small text-muted text-pretty">
            It follows the way of a call, from DNS to the MCP handshake, and that of a sign-in, and looks at the stored grant. Nothing is renewed, registered or
            changed.
          </p>
          <Form method="post">
            <Button variant={answer ? 'default' : 'primary'} name="intent" value="examine" icon={Stethoscope} pending={pending === 'examine'}>
              {answer ? 'Examine again' : 'Examine'}
            </Button>
          </Form>
        </div>
      </Card>
      {answer && 'problem' in answer && <ProblemNotice problem={answer.problem} />}
      {answer && 'examination' in answer && (
        <ExaminationView
          examination={answer.examination}
          namespace={namespace}
          connectionId={connection.connectionId}
          signInUrl={signInUrl}
          pending={pending === 'check'}
        />
      )}
    </div>
  )
}
