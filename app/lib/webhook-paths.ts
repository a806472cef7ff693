// Addresses of the pages about webhooks.
import { namespacePath } from './connection-paths.ts'

export const webhooksPath = (namespace: string): string => `${namespacePath(namespace)}/webhooks`

export const webhookPath = (namespace: string, webhookId: string): string => `${webhooksPath(namespace)}/${encodeURIComponent(webhookId)}`
