import { useId } from 'react'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { type Attempt, DEEDS, deedOf, questionOf, readArguments } from './questions.ts'
import type { TokenPreview } from './token-types.ts'

interface TryOutCardProps {
  attempt: Attempt
  onChange: (attempt: Attempt) => void
  /** Ids to choose from; any other can be typed. */
  suggestions: readonly string[]
  decision: TokenPreview['decision']
}

function Verdict({ attempt, decision }: Pick<TryOutCardProps, 'attempt' | 'decision'>) {
  if (!questionOf(attempt)) return <p className="text-small text-muted">Say what would be tried. Nothing is called.</p>
  if (!decision) return <p className="text-small text-muted">…</p>
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
      <Badge tone={decision.allowed ? 'good' : 'bad'}>{decision.allowed ? 'Allowed' : 'Refused'}</Badge>
      <span className="min-w-0 flex-1 text-small text-muted wrap-anywhere first-letter:uppercase">{decision.allowed ? 'A token with this policy may do that.' : `${decision.reason}.`}</span>
    </p>
  )
}

/** One thing held against the policy. */
export function TryOutCard({ attempt, onChange, suggestions, decision }: TryOutCardProps) {
  const listId = useId()
  const change = (change: Partial<Attempt>) => onChange({ ...attempt, ...change })
  return (
    <Card title="Would this be allowed?">
      <div className="grid gap-4">
        <Field label="Connection">
          {(ids) => (
            <>
              <TextInput {...ids} code list={listId} autoComplete="off" placeholder="its id" value={attempt.connectionId} onChange={({ target }) => change({ connectionId: target.value })} />
              <datalist id={listId}>
                {suggestions.map((id) => (
                  <option key={id}>{id}</option>
                ))}
              </datalist>
            </>
          )}
        </Field>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field label="What is done">
            {(ids) => (
              <Select {...ids} value={attempt.deed} onChange={({ target }) => change({ deed: target.value })}>
                {DEEDS.map(({ id, label }) => (
                  <option key={id} value={id}>
                    {label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {deedOf(attempt).takesTool && (
            <Field label="Tool">
              {(ids) => <TextInput {...ids} code autoComplete="off" placeholder="echo" value={attempt.tool} onChange={({ target }) => change({ tool: target.value })} />}
            </Field>
          )}
        </div>
        {deedOf(attempt).takesTool && (
          <Field label="Arguments" error={readArguments(attempt.arguments) ? undefined : 'Must be a JSON object.'}>
            {(ids) => (
              <TextArea {...ids} code rows={2} placeholder="{}" value={attempt.arguments} className="field-sizing-content max-h-60" onChange={({ target }) => change({ arguments: target.value })} />
            )}
          </Field>
        )}
        <div aria-live="polite" className="min-h-6">
          <Verdict attempt={attempt} decision={decision} />
        </div>
      </div>
    </Card>
  )
}
