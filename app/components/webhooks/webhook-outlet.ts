// What the pages of one endpoint are given by the frame around them.
import { useOutletContext } from '@remix-run/react'
import type { WebhookView } from './webhook-types.ts'

export const useWebhook = (): WebhookView => useOutletContext<WebhookView>()
