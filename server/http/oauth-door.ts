// What MCP clients call to sign somebody in here: metadata, registration, tokens. Any web page may: nothing here looks at a cookie.
import type { House } from '../context/context.ts'
import { exchangeToken, type FormRequest } from '../downstream-oauth/exchange-token.ts'
import { type OAuthAnswer, refusal } from '../downstream-oauth/oauth-answer.ts'
import { registerClient } from '../downstream-oauth/register-client.ts'
import { revokeByClient } from '../downstream-oauth/revoke-by-client.ts'
import { describeResource, describeServer } from '../downstream-oauth/server-metadata.ts'
import { isAppError } from '../lib/app-error.ts'
import { errorTable } from '../lib/error-table.ts'
import { readJsonBody, readLimitedText } from '../lib/json-body.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import { KIB } from '../lib/units.ts'
import { namespaceName } from '../namespaces/namespace-name.ts'

const MAX_FORM_BYTES = 16 * KIB

interface Call {
  request: Request
  requestId: string
  readOrigin: ReadOrigin
}

interface Endpoint {
  method: 'GET' | 'POST'
  answer(call: Call): OAuthAnswer | Promise<OAuthAnswer>
}

export type OAuthDoor = (request: Request, requestId: string, readOrigin: ReadOrigin) => Promise<Response> | undefined

export function createOAuthDoor(house: House): OAuthDoor {
  const byForm = (answer: (house: House, form: FormRequest) => Promise<OAuthAnswer>): Endpoint => ({
    method: 'POST',
    async answer({ request, requestId, readOrigin }) {
      const parameters = await readForm(request)
      return parameters ? answer(house, { parameters, requestId, readOrigin }) : NO_FORM
    },
  })

  const endpoints: Readonly<Record<string, Endpoint>> = {
    '/.well-known/oauth-authorization-server': { method: 'GET', answer: () => ({ status: 200, body: describeServer(house) }) },
    '/oauth/register': {
      method: 'POST',
      answer: async ({ request, readOrigin }) => registerClient(house, readOrigin().address, isTooLong(request) ? undefined : await readJsonBody(request)),
    },
    '/oauth/token': byForm(exchangeToken),
    '/oauth/revoke': byForm(revokeByClient),
  }

  function endpointAt(pathname: string): Endpoint | undefined {
    const [, namespace] = /^\/\.well-known\/oauth-protected-resource\/mcp\/([^/]+)$/.exec(pathname) ?? []
    if (namespace !== undefined && namespaceName.safeParse(namespace).success) {
      return { method: 'GET', answer: () => ({ status: 200, body: describeResource(house, namespace) }) }
    }
    return Object.hasOwn(endpoints, pathname) ? endpoints[pathname] : undefined
  }

  return (request, requestId, readOrigin) => {
    const endpoint = endpointAt(new URL(request.url).pathname)
    return endpoint && respond(endpoint, { request, requestId, readOrigin })
  }
}

const NO_FORM = refusal('invalid_request', 'Send each parameter once, as application/x-www-form-urlencoded.')

async function respond({ method, answer }: Endpoint, call: Call): Promise<Response> {
  if (call.request.method === 'OPTIONS') return new Response(null, { status: 204, headers: headersOf(method, call.requestId) })
  const isAsked = call.request.method === method || (method === 'GET' && call.request.method === 'HEAD')
  const { status, body, retryAfterSeconds } = isAsked ? await answered(answer, call) : refusal('invalid_request', `Use ${method}.`, 405)
  const headers: Record<string, string> = { ...headersOf(method, call.requestId), ...(status === 405 && { allow: `${method}, OPTIONS` }) }
  if (retryAfterSeconds !== undefined) headers['retry-after'] = String(retryAfterSeconds)
  return body ? Response.json(body, { status, headers }) : new Response(null, { status, headers })
}

/** A body that cannot be read is the caller's mistake; what is our own goes on to the log. */
async function answered(answer: Endpoint['answer'], call: Call): Promise<OAuthAnswer> {
  try {
    return await answer(call)
  } catch (error) {
    if (isAppError(error) && errorTable[error.kind].side === 'caller') return refusal('invalid_request', error.message, errorTable[error.kind].status)
    throw error
  }
}

/** No credentials are let through, so any origin may ask (Fetch §3.3.5); tokens are kept by no cache (RFC 6749 §5.1). */
const headersOf = (method: Endpoint['method'], requestId: string): Record<string, string> => ({
  'access-control-allow-origin': '*',
  'access-control-allow-methods': `${method}, OPTIONS`,
  'access-control-allow-headers': 'content-type, authorization, mcp-protocol-version',
  'access-control-max-age': '600',
  'cache-control': method === 'GET' ? 'public, max-age=60' : 'no-store',
  'x-content-type-options': 'nosniff',
  'x-request-id': requestId,
})

const isTooLong = (request: Request): boolean => Number(request.headers.get('content-length') ?? 0) > MAX_FORM_BYTES

/** Each parameter at most once (RFC 6749 §3.2). */
async function readForm(request: Request): Promise<Record<string, string> | undefined> {
  if (!/^\s*application\/x-www-form-urlencoded\s*(;|$)/i.test(request.headers.get('content-type') ?? '') || isTooLong(request)) return undefined
  const text = await readLimitedText(request)
  if (text.length > MAX_FORM_BYTES) return undefined
  const parameters = new URLSearchParams(text)
  // An empty one is none (RFC 6749 §3.2).
  const given = [...parameters].filter(([, value]) => value !== '')
  return new Set(parameters.keys()).size === parameters.size ? Object.fromEntries(given) : undefined
}
