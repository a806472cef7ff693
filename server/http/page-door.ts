// The door of pages: what is judged before a page sees the request, what it is told, and with which headers it leaves.
import { randomBytes } from 'node:crypto'
import { createCaller, createStrangersCaller } from '../api/caller.ts'
import type { SetUp } from '../boot/set-up.ts'
import { isLoopbackHost } from '../config/loopback.ts'
import type { KnownSession } from '../context/caches.ts'
import type { House } from '../context/context.ts'
import { isFromOurPages, isReading } from '../identity/cross-site.ts'
import { crossSite } from '../identity/identity-errors.ts'
import { findSession } from '../identity/sessions.ts'
import { type AppError, toAppError } from '../lib/app-error.ts'
import { errorBody, errorTable } from '../lib/error-table.ts'
import { bodyTooLarge, MAX_BODY_BYTES } from '../lib/json-body.ts'
import { HOUR_MS, SECOND_MS } from '../lib/units.ts'
import { createAccountDoor } from './account-door.ts'
import { createConsentDoor } from './consent-door.ts'
import { explainError } from './explain-error.ts'
import type { PageContext, StatusSummary, Visitor } from './page-context.ts'
import { pageHeaders } from './page-headers.ts'
import type { RemixHandler } from './remix.ts'
import { createSetupDoor } from './setup-door.ts'

export interface PageDoorInput {
  house: House
  setUp: SetUp
  /** Loaded with the first page: an API call must not wait for React. */
  pages: () => Promise<RemixHandler>
  status: () => Promise<StatusSummary>
}

interface Visit {
  request: Request
  requestId: string
  address: string
  nonce: string
  /** Filled while the page is made. */
  formTargets: string[]
}

/** The one answer that is the same for everybody; authorization servers keep it as long as it says (RFC 9111 §5.2.2). */
const CLIENT_DOCUMENT = /^\/oauth\/client-metadata\//
const CLIENT_DOCUMENT_CACHING = `public, max-age=${HOUR_MS / SECOND_MS}`

export type PageDoor = (request: Request, requestId: string, address: string) => Promise<Response>

export function createPageDoor({ house, setUp, pages, status }: PageDoorInput): PageDoor {
  const https = house.config.publicUrl.protocol === 'https:'

  async function contextOf({ request, requestId, address, nonce, formTargets }: Visit): Promise<PageContext> {
    const cookie = request.headers.get('cookie')
    const session = await findSession(house, cookie)
    const browser = { address, userAgent: request.headers.get('user-agent') ?? '', requestId }
    const allowFormTo = (origin: string) => void formTargets.push(origin)
    const firstCall = async () => (await status()).detail?.firstCall
    return {
      nonce,
      requestId,
      publicUrl: house.config.publicUrl.origin,
      now: house.now(),
      status,
      visitor: session && visitorOf(session),
      api: session ? createCaller(house, session.actor, requestId, () => browser) : createStrangersCaller(requestId),
      account: createAccountDoor({ house, setUp, firstCall, browser, cookie, actor: session?.actor, requestId }),
      setup: createSetupDoor({ house, cookie, requestId, browser, allowFormTo }),
      consent: createConsentDoor({ house, actor: session?.actor, requestId, browser, allowFormTo }),
      explain: (error) => explainError(error, requestId),
      reportError: (error) => house.log.error('a page failed', { requestId, error: toAppError(error).cause ?? error }),
    }
  }

  async function answer(visit: Visit): Promise<Response> {
    const { request, requestId } = visit
    const elsewhere = canonicalPlace(house, request)
    if (elsewhere) return new Response(null, { status: 307, headers: { location: elsewhere } })
    const refusal = findRefusal(house, request)
    if (refusal) return Response.json(errorBody(refusal, requestId), { status: errorTable[refusal.kind].status })
    return (await pages())(request, await contextOf(visit))
  }

  return async (request, requestId, address) => {
    const nonce = randomBytes(16).toString('base64')
    const formTargets: string[] = []
    const response = await answer({ request, requestId, address, nonce, formTargets })
    const { headers } = response
    // The callback says even less about itself.
    const silent = headers.get('referrer-policy') === 'no-referrer'
    for (const [name, value] of Object.entries(pageHeaders({ nonce, https, formTargets, silent }))) headers.set(name, value)
    if (response.ok && CLIENT_DOCUMENT.test(new URL(request.url).pathname)) headers.set('cache-control', CLIENT_DOCUMENT_CACHING)
    response.headers.set('x-request-id', requestId)
    return response
  }
}

const visitorOf = ({ actor, name, email, organization }: KnownSession): Visitor => ({
  memberId: actor.id,
  name,
  email,
  role: actor.role,
  organization,
  sessionHandle: actor.sessionHandle,
})

/** Before any action runs: with or without a cookie, since signing a stranger's browser in is an attack, too. */
function findRefusal({ config }: House, { method, headers }: Request): AppError | undefined {
  const source = { method, origin: headers.get('origin'), fetchSite: headers.get('sec-fetch-site') }
  if (isReading(method)) return undefined
  if (!isFromOurPages(config, source)) return crossSite()
  // Browsers declare how long a form is; what does not could be without end.
  const length = headers.get('content-length')
  const isEmpty = length === null && !headers.has('transfer-encoding')
  return isEmpty || Number(length ?? Infinity) <= MAX_BODY_BYTES ? undefined : bodyTooLarge()
}

/** Pages live on one spelling of the origin, so that cookies and popups agree; the API answers on all of them. */
function canonicalPlace(house: House, request: Request): string | undefined {
  const { publicUrl, laptop } = house.config
  const url = new URL(request.url)
  const isOther = laptop && isLoopbackHost(url.hostname) && url.hostname !== publicUrl.hostname && url.port === publicUrl.port
  return isOther && isReading(request.method) ? publicUrl.origin + url.pathname + url.search : undefined
}
