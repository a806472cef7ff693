// A person said yes on our page, whichever link brought them.
import { extendConnectSession } from '../../db/queries/connect-sessions.ts'
import { setupLinkInvalid } from '../connections/authorization/authorization-errors.ts'
import { beginAuthorization, SIGN_IN_MS } from '../connections/authorization/begin-authorization.ts'
import type { EnteredClient } from '../connections/authorization/enter-client.ts'
import { contextFor, type House } from '../context/context.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import { makeConnection } from './make-connection.ts'
import { openLink } from './open-link.ts'
import { returnUrlOf, withNews } from './return-address.ts'
import { settleConnectSession } from './settle-connect-session.ts'

export interface BeginSignIn {
  token: string
  /** The browser's own secret, from its cookie. */
  browserSecret: string
  requestId: string
  /** Typed on the page, if it asked for one. */
  enteredClient?: EnteredClient | undefined
  readOrigin?: ReadOrigin | undefined
}

/** Where the browser goes; undefined: all is done, and the app wants nobody back. @throws authorization.*, oauth.*, upstream.* */
export async function beginSignIn(house: House, { token, browserSecret, requestId, enteredClient, readOrigin }: BeginSignIn): Promise<URL | undefined> {
  const link = await openLink(house, token)
  if (!link) throw setupLinkInvalid()
  const { session } = link
  if (!session) return beginAuthorization(house, { link: linkTo(link.connection), browserSecret, returnUrl: undefined, enteredClient })
  const connection = link.connection ?? (await makeConnection(contextFor(house, link.minter, requestId, readOrigin), session))
  const returnUrl = await returnUrlOf(house, session)
  if (!link.connection && connection.state === 'connected') {
    // The server asks for nothing: there is nobody's account that a wrong person could have given.
    await settleConnectSession(house, session, 'completed')
    return returnUrl === undefined ? undefined : new URL(withNews(returnUrl, { connectionId: connection.connectionId, status: 'completed' }))
  }
  const location = await beginAuthorization(house, { link: linkTo(connection), browserSecret, returnUrl, connectSessionId: session.id, enteredClient })
  if (!(await extendConnectSession(house.db, { id: session.id, endsAt: house.now() + SIGN_IN_MS }))) throw setupLinkInvalid()
  return location
}

const linkTo = ({ uid, credentialGeneration }: { uid: string; credentialGeneration: number }) => ({ connectionUid: uid, credentialGeneration })
