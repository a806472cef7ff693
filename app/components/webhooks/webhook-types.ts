// What the procedures answer, by the names that pages use.
import type { PageContext } from '../../lib/load-context.ts'

type Webhooks = PageContext['api']['webhooks']
type Answer<Procedure extends (...input: never[]) => Promise<unknown>> = Awaited<ReturnType<Procedure>>

export type WebhookView = Answer<Webhooks['get']>
export type WebhookEvent = WebhookView['events'][number]
/** Without the message itself, which only the page of one delivery shows. */
export type Delivery = Omit<Answer<Webhooks['deliveries']>['deliveries'][number], 'payload'>
