// Standard Webhooks 1.0: each of its libraries verifies this. A message is signed anew for each attempt,
// because its timestamp is the attempt's: receivers refuse one that is older than a few minutes.
import { Webhook } from 'standardwebhooks'
import { SECOND_MS } from '../lib/units.ts'

export interface SignedHeaders extends Record<string, string> {
  'webhook-id': string
  'webhook-timestamp': string
  'webhook-signature': string
}

/** One signature for each secret, separated by spaces; one that fits is enough. */
export function signMessage(message: { id: string; payload: string }, secrets: readonly string[], nowMs: number): SignedHeaders {
  const sign = (secret: string) => new Webhook(secret).sign(message.id, new Date(nowMs), message.payload)
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(Math.floor(nowMs / SECOND_MS)),
    'webhook-signature': secrets.map(sign).join(' '),
  }
}
