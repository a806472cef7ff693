import type { PlacedProblem } from '../../lib/place-problem.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { EVENT_WORDS, EVENTS } from './event-words.ts'
import type { WebhookView } from './webhook-types.ts'

export interface WebhookFieldsProps {
  /** As it is stored; undefined for one that is being made. */
  webhook?: Pick<WebhookView, 'url' | 'description' | 'events'>
  /** What was typed before, if that did not work. */
  typed: Readonly<Record<string, string>> | undefined
  beside: PlacedProblem['beside']
}

export function WebhookFields({ webhook, typed, beside }: WebhookFieldsProps) {
  const isTicked = (event: (typeof EVENTS)[number]) => (typed ? event in typed : (webhook?.events.includes(event) ?? true))
  const eventsProblem = beside('events')
  return (
    <>
      <Field label="Endpoint URL" error={beside('url')} hint="https. Private destinations, this machine included, need the operator’s EGRESS_ALLOW.">
        {(ids) => (
          <TextInput
            {...ids}
            code
            type="url"
            name="url"
            maxLength={2048}
            autoComplete="off"
            placeholder="https://app.example.com/webhooks/plugboard"
            defaultValue={typed?.url ?? webhook?.url}
            required
          />
        )}
      </Field>
      <Field label="Description" optional error={beside('description')}>
        {(ids) => (
          <TextInput {...ids} name="description" maxLength={200} autoComplete="off" placeholder="production" defaultValue={typed?.description ?? webhook?.description} />
        )}
      </Field>
      <fieldset className="grid min-w-0 gap-3">
        <legend className="mb-1.5 font-medium">Events</legend>
        {eventsProblem !== undefined && <p className="text-small text-bad-ink">Choose at least one.</p>}
        <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
          {EVENTS.map((event) => (
            <Checkbox
              key={event}
              className="content-start"
              name={event}
              defaultChecked={isTicked(event)}
              label={<code className="font-mono text-code">{event.replace('connection.', '')}</code>}
              hint={EVENT_WORDS[event]}
            />
          ))}
        </div>
      </fieldset>
    </>
  )
}
