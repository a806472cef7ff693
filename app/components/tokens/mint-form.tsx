import { Form } from '@remix-run/react'
import { useState } from 'react'
import type { FirstCall } from '../../lib/load-context.ts'
import { placeProblem } from '../../lib/place-problem.ts'
import type { Refusal } from '../../lib/run-intent.ts'
import { mintTokenPath } from '../../lib/token-snippets.ts'
import { useHydrated } from '../../lib/use-hydrated.ts'
import { useIsPending } from '../../lib/use-is-pending.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { Select } from '../../ui/select.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { DEFAULT_LIFETIME, LIFETIMES } from './lifetimes.ts'
import { PolicyEditor } from './policy-editor.tsx'
import { readPolicyText, writePolicyText } from './policy-text.ts'
import { PreviewCard } from './preview-card.tsx'
import { type Attempt, callOf, questionOf } from './questions.ts'
import { TryOutCard } from './try-out-card.tsx'
import { usePreview } from './use-preview.ts'

export interface MintFormProps {
  namespaces: readonly string[]
  namespace: string
  refusal: Refusal | undefined
  /** On its way, with what was tried if it is allowed. */
  onMint: (tried: Tried) => void
}

export interface Tried {
  namespace: string
  call: FirstCall | undefined
}

const NOTHING_TRIED: Attempt = { connectionId: '', deed: 'call', tool: '', arguments: '' }

const firstPolicy = (namespace: string): string => writePolicyText([{ namespaces: [namespace], operations: ['read', 'execute'] }])

/** A policy, what it means while it is written, and the button that mints it. */
export function MintForm({ namespaces, namespace: initial, refusal, onMint }: MintFormProps) {
  const isHydrated = useHydrated()
  const isPending = useIsPending('mint-token')
  const [policy, setPolicy] = useState(refusal?.typed.policy ?? firstPolicy(initial))
  const [ttl, setTtl] = useState(refusal?.typed.ttl ?? DEFAULT_LIFETIME)
  const [namespace, setNamespace] = useState(initial)
  const [attempt, setAttempt] = useState(NOTHING_TRIED)
  const question = questionOf(attempt)
  const { answer, problem, isAsking } = usePreview({ policy, ttl, namespace, question })
  const { beside, above } = placeProblem(refusal?.problem, ['name'])
  return (
    <div className="grid min-w-0 gap-6 xl:grid-cols-[minmax(0,1fr)_24rem] xl:items-start">
      <Form method="post" action={mintTokenPath} onSubmit={() => onMint({ namespace, call: !isAsking && answer?.decision?.allowed ? callOf(namespace, question) : undefined })} className="grid min-w-0 gap-4">
        <noscript>
          <style>{'.needs-script { display: none }'}</style>
        </noscript>
        {above && <ProblemNotice problem={above} />}
        <Card>
          <div className="grid items-start gap-4 sm:grid-cols-[minmax(0,1fr)_10rem]">
            <Field label="Name" optional error={beside('name')} hint="For your list of tokens.">
              {(ids) => <TextInput {...ids} name="name" maxLength={100} autoComplete="off" placeholder="agent of user 123" defaultValue={refusal?.typed.name} />}
            </Field>
            <Field label="Lives for">
              {(ids) => (
                <Select {...ids} name="ttl" value={ttl} onChange={({ target }) => setTtl(target.value)}>
                  {LIFETIMES.map(({ value, label }) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          </div>
        </Card>
        <PolicyEditor text={policy} onChange={setPolicy} error={isAsking ? undefined : problem?.message} />
        {isHydrated && <input type="hidden" name="policy" value={policy} />}
        <div>
          <Button type="submit" name="intent" value="mint-token" variant="primary" pending={isPending}>
            Mint token
          </Button>
        </div>
      </Form>
      <div className="needs-script grid min-w-0 gap-4 xl:sticky xl:top-4">
        <PreviewCard preview={answer} isAsking={isAsking} isOutdated={'problem' in readPolicyText(policy) || problem !== undefined} namespaces={namespaces} namespace={namespace} onNamespace={setNamespace} />
        <TryOutCard
          attempt={attempt}
          onChange={setAttempt}
          suggestions={answer?.connections.sample.map(({ connectionId }) => connectionId) ?? []}
          decision={isAsking ? undefined : answer?.decision}
        />
      </div>
    </div>
  )
}
