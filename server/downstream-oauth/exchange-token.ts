// The token endpoint (RFC 6749 §3.2): a code, or a refresh token, for a service token and the next refresh token.
import type { House } from '../context/context.ts'
import { toAppError } from '../lib/app-error.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import { GrantModel } from './grant-model.ts'
import { type OAuthAnswer, refusal } from './oauth-answer.ts'
import { exchangeToken as exchange, readProblem } from './oauth-library.ts'

export interface FormRequest {
  parameters: Readonly<Record<string, string>>
  requestId: string
  readOrigin: ReadOrigin
}

export async function exchangeToken(house: House, { parameters, requestId, readOrigin }: FormRequest): Promise<OAuthAnswer> {
  const model = new GrantModel({ house, requestId, readOrigin, clientId: parameters.client_id, resource: parameters.resource })
  // No scopes here: what a token may do was picked by a person.
  const { scope: _scope, ...asked } = parameters
  try {
    return { status: 200, body: await exchange(model, asked) }
  } catch (error) {
    await model.abandon()
    const problem = readProblem(error)
    if (problem) return refusal(problem.word, problem.sentence)
    const failure = toAppError(error)
    house.log.error('a token request failed', { requestId, code: failure.code, error: failure.cause ?? failure })
    return failure.kind === 'unavailable'
      ? { ...refusal('temporarily_unavailable', failure.message, 503), retryAfterSeconds: failure.retryAfterSeconds ?? 1 }
      : refusal('server_error', `Something went wrong inside Plugboard. In its log: ${requestId}`, 500)
  }
}
