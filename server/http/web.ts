// Everything but the gateway, in the order in which it is asked: tRPC, OAuth, REST, assets, pages.
import { TRPC_PATH } from '../api/door.ts'
import { handleTrpc } from '../api/endpoint.ts'
import { createRestApp } from '../rest/rest-app.ts'
import { isRestRequest } from '../rest/rest-path.ts'
import type { AssetHandler } from './assets.ts'
import { createOAuthDoor } from './oauth-door.ts'
import { createPageDoor, type PageDoorInput } from './page-door.ts'

export interface WebInput extends PageDoorInput {
  assets: AssetHandler | undefined
}

/** `address` is the client's. */
export type WebHandler = (request: Request, requestId: string, address: string) => Response | Promise<Response>

export function createWeb({ assets, ...pageDoor }: WebInput): WebHandler {
  const { house } = pageDoor
  const rest = createRestApp(house)
  const answerOAuth = createOAuthDoor(house)
  const answerPage = createPageDoor(pageDoor)

  return (request, requestId, address) => {
    const { pathname } = new URL(request.url)
    const readOrigin = () => ({ address, userAgent: request.headers.get('user-agent') ?? '', requestId })
    if (pathname === TRPC_PATH || pathname.startsWith(`${TRPC_PATH}/`)) return handleTrpc(house, request, requestId, readOrigin)
    const oauth = answerOAuth(request, requestId, readOrigin)
    if (oauth) return oauth
    const { headers, method } = request
    if (isRestRequest({ method, pathname, accept: headers.get('accept'), authorization: headers.get('authorization') })) {
      return rest.fetch(request, { requestId, readOrigin })
    }
    return assets?.(request) ?? answerPage(request, requestId, address)
  }
}
