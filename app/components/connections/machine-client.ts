// The client of a connection that signs in by itself, from the form to what the procedures take.
import type { Problem } from '../../lib/load-context.ts'
import { type ConnectionForm, inputProblem } from './read-connection-form.ts'

/** Undefined where the form leaves things as they are. */
export function machineClientOf({ clientChange, clientId, clientSecret, privateKey }: ConnectionForm) {
  if (clientChange === 'keep') return undefined
  return { clientId, grant: 'client_credentials' as const, ...(clientSecret !== '' && { clientSecret }), ...(privateKey !== '' && { privateKey }) }
}

export function findClientProblem({ clientChange, clientId, clientSecret, privateKey }: ConnectionForm, requestId: string): Problem | undefined {
  if (clientChange === 'keep') return undefined
  if (clientId === '') return inputProblem('oauthClient.clientId', 'is missing', requestId)
  if (clientSecret === '' && privateKey === '') return inputProblem('oauthClient.clientSecret', 'is missing, and so is a private key', requestId)
  return undefined
}

/** Its first token belongs to a connection, so there has to be one. */
export const clientUntestable = (requestId: string): Problem => ({
  code: 'connection.client_untestable',
  message: 'A client cannot be tested alone. Save, and a token is asked for with it at once.',
  status: 409,
  side: 'caller',
  field: undefined,
  upstreamText: undefined,
  retryAfterSeconds: undefined,
  requestId,
})
