import { textOf } from '../../lib/run-intent.ts'
import { EVENTS } from './event-words.ts'
import type { WebhookEvent } from './webhook-types.ts'

/** Each event is a box under its own name, so that a form that comes back shows what was ticked. */
export function readWebhookForm(form: FormData): { url: string; description: string; events: WebhookEvent[] } {
  return { url: textOf(form, 'url').trim(), description: textOf(form, 'description'), events: EVENTS.filter((event) => form.has(event)) }
}
