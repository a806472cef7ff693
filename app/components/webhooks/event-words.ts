import type { WebhookEvent } from './webhook-types.ts'

/** In the order of a connection's life: what each event says. */
export const EVENT_WORDS: Readonly<Record<WebhookEvent, string>> = {
  'connection.created': 'A connection was added, whatever its state.',
  'connection.connected': 'It works: after it was added, or after somebody signed in.',
  'connection.auth_required': 'Somebody has to sign in, for the first time or again.',
  'connection.input_required': 'Somebody has to give something before anybody can sign in.',
  'connection.error': 'Its server does not answer as it should.',
  'connection.recovered': 'It works again after an error.',
  'connection.tools_changed': 'Its server offers other tools than when they were last listed.',
  'connection.deleted': 'It is gone for good.',
}

export const EVENTS = Object.keys(EVENT_WORDS) as WebhookEvent[]
