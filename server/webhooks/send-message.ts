import type { WebhookEndpointRow } from '../../db/schema/webhook-endpoint.ts'
import type { House } from '../context/context.ts'
import { toAppError } from '../lib/app-error.ts'
import { postMessage, type PostResult } from './post-message.ts'
import { signMessage } from './sign-message.ts'
import { openSecrets } from './signing-secrets.ts'

/** Signed now. Never throws: what goes wrong is the result. */
export async function sendMessage(house: House, endpoint: WebhookEndpointRow, message: { id: string; payload: string }): Promise<PostResult> {
  try {
    await house.vault.prepareOrganization(endpoint.organizationId)
    const secrets = await openSecrets(house, endpoint)
    const headers = signMessage(message, secrets.map(({ secret }) => secret), house.now())
    return await postMessage(house.egress, { url: new URL(endpoint.url), payer: endpoint.organizationId, headers, body: message.payload })
  } catch (error) {
    const failure = toAppError(error)
    house.log.error('a webhook could not be signed', { webhookId: endpoint.id, code: failure.code, error })
    return { status: null, error: failure.code, durationMs: 0 }
  }
}

export const hasArrived = ({ status }: PostResult): boolean => status !== null && status >= 200 && status < 300
