import { Form } from '@remix-run/react'
import { placeProblem } from '../../lib/place-problem.ts'
import type { Refusal } from '../../lib/run-intent.ts'
import { useHydrated } from '../../lib/use-hydrated.ts'
import { useIsPending } from '../../lib/use-is-pending.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { Select } from '../../ui/select.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { KeyLimitFields } from './key-limit-fields.tsx'
import { DEFAULT_EXPIRY, KEY_EXPIRIES } from './key-expiries.ts'

export interface KeyFormProps {
  /** How many keys were made until now, those that are revoked included. */
  made: number
  refusal: Refusal | undefined
}

export function KeyForm({ made, refusal }: KeyFormProps) {
  const isPending = useIsPending('create-key')
  const isHydrated = useHydrated()
  const own = refusal?.intent === 'create-key' ? refusal : undefined
  // What is wrong with one entry of a list is said beside the list.
  const blamed = own?.problem.field
  const listField = blamed?.split('.')[0]
  const isList = listField === 'namespaces' || listField === 'addresses'
  const { beside, above } = placeProblem(own?.problem, isList ? [blamed!] : ['name'])
  return (
    <Card
      title="Create an API key"
      description="For a backend: it reaches every namespace and connection of the organization, unless it has limits. Never put one into a browser."
    >
      <div className="grid gap-4">
        {above && <ProblemNotice problem={above} />}
        <Form method="post" className="grid items-start gap-3 sm:grid-cols-[minmax(0,1fr)_9rem]">
          <Field label="Name" error={beside('name')}>
            {(ids) => (
              <TextInput
                {...ids}
                name="name"
                autoComplete="off"
                maxLength={100}
                placeholder="production backend"
                defaultValue={own?.typed.name}
                required
              />
            )}
          </Field>
          <Field label="Expires">
            {(ids) => (
              <Select {...ids} name="expiry" defaultValue={own?.typed.expiry ?? DEFAULT_EXPIRY}>
                {KEY_EXPIRIES.map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <div className="sm:col-span-full">
            <KeyLimitFields typed={own?.typed} errorOf={(field) => (field === listField ? beside(blamed!) : undefined)} />
          </div>
          {/* Reloading the page that shows a key sends its form again. Where scripts run, nothing does. */}
          {!isHydrated && <input type="hidden" name="made" value={made} />}
          <Button type="submit" name="intent" value="create-key" variant="primary" pending={isPending} className="justify-self-start sm:col-span-full">
            Create key
          </Button>
        </Form>
      </div>
    </Card>
  )
}
