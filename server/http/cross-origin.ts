// Pages of other origins (Fetch §3.3, CORS). They may call with a service token, if a namespace lists where they come from.
// They are never told that credentials may come along: a cookie opens nothing from there, and a key has no place in a browser.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { House } from '../context/context.ts'
import { readBearer } from '../identity/resolve-actor.ts'
import { isAllowedPage } from '../namespaces/is-allowed-page.ts'
import { resolveServiceToken } from '../tokens/resolve-service-token.ts'
import { looksLikeToken } from '../tokens/token-text.ts'
import { findApiPath } from './find-api-path.ts'

/** Undefined: this is no such call. Otherwise whether it is answered already; never rejects. */
export type AdmitPage = (request: IncomingMessage, response: ServerResponse) => Promise<boolean> | undefined

const METHODS = 'GET, POST, PUT, DELETE'
/** What a page may read of an answer beside its body. */
const READABLE = 'mcp-session-id, x-request-id, retry-after, www-authenticate'
/** Seconds for which a browser need not ask again. */
const REMEMBERED = '600'

export const createAdmitPage =
  (house: House): AdmitPage =>
  (request, response) => {
    const { origin } = request.headers
    if (origin === undefined || origin === house.config.publicUrl.origin) return undefined
    const asks = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined
    const bearer = readBearer(request.headers.authorization)
    const token = bearer !== undefined && looksLikeToken(bearer) ? bearer : undefined
    if (!asks && token === undefined) return undefined
    const path = findApiPath(request.url ?? '')
    return path && answer(house, { request, response, origin, namespace: path.namespace, token: asks ? undefined : token })
  }

interface PageCall {
  request: IncomingMessage
  response: ServerResponse
  origin: string
  namespace: string | undefined
  /** Undefined for the question that a browser asks before: it comes without (Fetch §4.8). */
  token: string | undefined
}

async function answer(house: House, { request, response, origin, namespace, token }: PageCall): Promise<boolean> {
  response.setHeader('vary', 'Origin')
  if (!(await isAllowed(house, { origin, namespace, token }))) return false
  response.setHeader('access-control-allow-origin', origin)
  if (token !== undefined) {
    response.setHeader('access-control-expose-headers', READABLE)
    return false
  }
  // Any header: beside the token none says who calls, and what a door does not know it ignores.
  const headers = request.headers['access-control-request-headers']
  if (headers !== undefined) response.setHeader('access-control-allow-headers', headers)
  response.setHeader('access-control-allow-methods', METHODS)
  response.setHeader('access-control-max-age', REMEMBERED)
  response.writeHead(204).end()
  return true
}

async function isAllowed(house: House, { origin, namespace, token }: Pick<PageCall, 'origin' | 'namespace' | 'token'>): Promise<boolean> {
  try {
    // Of a token that is good for nothing nobody's organization is known, and its answer says only that.
    const actor = token === undefined ? undefined : await resolveServiceToken(house, token, { origin })
    return await isAllowedPage(house, { origin, namespace, organizationId: actor?.organizationId })
  } catch {
    // The door asks the same again, and says what is wrong.
    return false
  }
}
