import { AppError } from '../lib/app-error.ts'

export const webhookNotFound = () => new AppError({ code: 'webhook.not_found', kind: 'not_found', message: 'Webhook endpoint not found' })

export const deliveryNotFound = () =>
  new AppError({ code: 'webhook.delivery_not_found', kind: 'not_found', message: 'Delivery not found. Deliveries are kept for 30 days.' })

export const tooManyWebhooks = (max: number) =>
  new AppError({ code: 'webhook.too_many', kind: 'conflict', message: `A namespace has at most ${max} webhook endpoints. Delete one that nobody needs.` })

export const webhookChangedMeanwhile = () =>
  new AppError({
    code: 'webhook.changed',
    kind: 'conflict',
    message: 'The webhook endpoint was changed by someone else at the same moment. Read it again and repeat the change.',
  })

export const webhookDisabled = () =>
  new AppError({ code: 'webhook.disabled', kind: 'conflict', message: 'The webhook endpoint is switched off. Switch it on, then what waits is delivered.' })

/** The stored secrets were sealed for another address than the one the message would go to. */
export const secretDestinationMismatch = () =>
  new AppError({
    code: 'webhook.secret_destination_mismatch',
    kind: 'internal',
    message: 'The stored secret belongs to another address; nothing was sent. Delete the webhook endpoint and make it again.',
  })
