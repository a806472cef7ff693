import { Form, useNavigation } from '@remix-run/react'
import type { ConsentVisit, Problem } from '../../lib/load-context.ts'
import { placeProblem } from '../../lib/place-problem.ts'
import { Button } from '../../ui/button.tsx'
import { Fact } from '../../ui/fact.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { EntryFrame } from '../account/entry-frame.tsx'
import { ConnectionPicks } from './connection-picks.tsx'

export interface Picked {
  connectionIds: readonly string[]
  key: string
  value: string
}

export interface AppConsentProps {
  visit: ConsentVisit
  person: { name: string; email: string; organization: string }
  problem: Problem | undefined
  /** What was picked before it was refused. */
  picked: Picked | undefined
}

/** Who asks, where that leads, and what it gets: nothing is picked beforehand (MCP security best practices, consent). */
export function AppConsent({ visit, person, problem, picked }: AppConsentProps) {
  const { clientName, clientHost, redirectHost, isOwnMachine, namespace } = visit
  const isPending = useNavigation().formMethod === 'POST'
  const { beside, above } = placeProblem(problem, ['connections', 'metadata.key'])
  return (
    <EntryFrame
      wide
      title={clientHost === undefined ? `Let ${clientName} in?` : `Let the app of ${clientHost} in?`}
      description={`An app that calls itself ${clientName} wants to use connections of ${person.organization} as you. Go on only if you have just asked it to.`}
      footer="You can end its access at any time: Settings, Account, Apps."
    >
      <dl className="text-small">
        {clientHost !== undefined && <Fact label="Described at">{clientHost}</Fact>}
        <Fact label="Sends you to">{isOwnMachine ? `${redirectHost}, a program on this computer` : redirectHost}</Fact>
        <Fact label="Namespace">{namespace}</Fact>
        <Fact label="As">{`${person.name} (${person.email})`}</Fact>
        <Fact label="May">Look at what you pick and call its tools; change and delete no connection</Fact>
        <Fact label="Until">You end it, or 30 days after it was last used</Fact>
      </dl>
      {clientHost !== undefined && isOwnMachine && (
        <p className="mt-4 text-small">
          Any program on this computer can say that it is the app of {clientHost}. Check that you have just started that one.
        </p>
      )}
      {above && (
        <div className="mt-4">
          <ProblemNotice problem={above} />
        </div>
      )}
      <Form method="post" className="mt-6 grid gap-6" noValidate>
        <ConnectionPicks visit={visit} picked={picked?.connectionIds ?? []} error={beside('connections')} />
        <fieldset className="grid min-w-0 gap-3">
          <legend className="mb-1 font-medium">Also whatever has this metadata</legend>
          <p className="text-small text-muted">Now or later. Leave it empty for only what you picked above.</p>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Key" error={beside('metadata.key')}>
              {(ids) => <TextInput {...ids} name="metadataKey" defaultValue={picked?.key} autoComplete="off" />}
            </Field>
            <Field label="Value">{(ids) => <TextInput {...ids} name="metadataValue" defaultValue={picked?.value} autoComplete="off" />}</Field>
          </div>
        </fieldset>
        <div className="flex flex-wrap justify-end gap-2">
          <Button type="submit" name="decision" value="refuse" pending={isPending}>
            Refuse
          </Button>
          <Button type="submit" name="decision" value="allow" variant="primary" pending={isPending}>
            Allow access
          </Button>
        </div>
      </Form>
    </EntryFrame>
  )
}
