// Everything but the gateway, in the order in which it is asked: tRPC, REST, assets, pages.
import { randomBytes } from 'node:crypto'
import { createStrangersCaller } from '../api/caller.ts'
import { TRPC_PATH } from '../api/door.ts'
import { handleTrpc } from '../api/endpoint.ts'
import { isLoopbackHost } from '../config/loopback.ts'
import type { House } from '../context/context.ts'
import { toAppError } from '../lib/app-error.ts'
import { createRestApp } from '../rest/rest-app.ts'
import { isRestRequest } from '../rest/rest-path.ts'
import { signedOut } from '../identity/identity-errors.ts'
import type { AssetHandler } from './assets.ts'
import { explainError } from './explain-error.ts'
import type { AccountDoor, PageContext, StatusSummary } from './page-context.ts'
import { pageHeaders } from './page-headers.ts'
import type { RemixHandler } from './remix.ts'

export interface WebInput {
  house: House
  assets: AssetHandler | undefined
  /** Loaded with the first page: an API call must not wait for React. */
  pages: () => Promise<RemixHandler>
  status: () => Promise<StatusSummary>
}

const refuse = () => Promise.reject(signedOut())
const closedDoor: AccountDoor = {
  needsOwner: async () => false,
  createOwner: refuse,
  signIn: refuse,
  signOut: refuse,
  findInvitation: async () => undefined,
  acceptInvitation: refuse,
  changePassword: refuse,
}

export type WebHandler = (request: Request, requestId: string) => Response | Promise<Response>

export function createWeb({ house, assets, pages, status }: WebInput): WebHandler {
  const rest = createRestApp(house)
  const https = house.config.publicUrl.protocol === 'https:'

  async function page(request: Request, requestId: string): Promise<Response> {
    const elsewhere = canonicalPlace(house, request)
    if (elsewhere) return new Response(null, { status: 307, headers: { location: elsewhere } })
    const nonce = randomBytes(16).toString('base64')
    const reportError = (error: unknown) => house.log.error('a page failed', { requestId, error: toAppError(error).cause ?? error })
    const context: PageContext = {
      nonce,
      requestId,
      status,
      visitor: undefined,
      api: createStrangersCaller(requestId),
      account: closedDoor,
      explain: (error) => explainError(error, requestId),
      reportError,
    }
    const response = await (await pages())(request, context)
    for (const [name, value] of Object.entries(pageHeaders({ nonce, https }))) response.headers.set(name, value)
    response.headers.set('x-request-id', requestId)
    return response
  }

  return (request, requestId) => {
    const { pathname } = new URL(request.url)
    if (pathname === TRPC_PATH || pathname.startsWith(`${TRPC_PATH}/`)) return handleTrpc(house, request, requestId)
    const { headers, method } = request
    if (isRestRequest({ method, pathname, accept: headers.get('accept'), authorization: headers.get('authorization') })) {
      return rest.fetch(request, { requestId })
    }
    return assets?.(request) ?? page(request, requestId)
  }
}

/** Pages live on one spelling of the origin, so that cookies and popups agree; the API answers on all of them. */
function canonicalPlace(house: House, request: Request): string | undefined {
  const { publicUrl, laptop } = house.config
  const url = new URL(request.url)
  const isOther = laptop && isLoopbackHost(url.hostname) && url.hostname !== publicUrl.hostname && url.port === publicUrl.port
  return isOther && (request.method === 'GET' || request.method === 'HEAD') ? publicUrl.origin + url.pathname + url.search : undefined
}
