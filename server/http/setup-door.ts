// What the connect page does: shows whom a person is about to trust, sends the browser to the authorization server, and
// takes what it brings back. The browser's own cookie is set by the person's yes, never by looking at the page.
import { setupLinkInvalid } from '../connections/authorization/authorization-errors.ts'
import { beginAuthorization } from '../connections/authorization/begin-authorization.ts'
import { clientDocument } from '../connections/authorization/client-document.ts'
import { readSetupLink } from '../connections/authorization/setup-link.ts'
import { visitSetup } from '../connections/authorization/visit-setup.ts'
import { finishAuthorization } from '../connections/finish-authorization.ts'
import type { House } from '../context/context.ts'
import { newSecretToken, isSecretToken } from '../identity/secret-token.ts'
import { hostCookie, hostCookieName, readCookie } from '../lib/cookie.ts'
import { DAY_MS, SECOND_MS } from '../lib/units.ts'
import { explainError } from './explain-error.ts'
import type { SetupDoor } from './page-context.ts'

const BROWSER_COOKIE = 'browser'
const COOKIE_SECONDS = DAY_MS / SECOND_MS

export interface SetupDoorInput {
  house: House
  /** The Cookie header. */
  cookie: string | null
  requestId: string
  /** Lets this page's form lead to another origin: a browser checks every hop of a form's redirects against `form-action`. */
  allowFormTo(origin: string): void
}

export function createSetupDoor({ house, cookie, requestId, allowFormTo }: SetupDoorInput): SetupDoor {
  const secure = house.config.publicUrl.protocol === 'https:'
  const known = readCookie(cookie, hostCookieName(BROWSER_COOKIE, secure))
  const browserSecret = known !== undefined && isSecretToken(known) ? known : undefined
  return {
    clientDocument: (file) => clientDocument(house, file),
    async visit(token) {
      const visit = await visitSetup(house, token)
      if (!visit) return undefined
      const { issuer, ...shown } = visit
      if ('failure' in issuer) return { ...shown, issuer: undefined, problem: explainError(issuer.failure, requestId) }
      allowFormTo(issuer.authorizationOrigin)
      return { ...shown, issuer: { host: issuer.host, scopes: issuer.scopes, isOnAnotherSite: issuer.isOnAnotherSite }, problem: undefined }
    },
    async begin(token) {
      const link = readSetupLink(house, token)
      if (!link) throw setupLinkInvalid()
      const secret = browserSecret ?? newSecretToken()
      const location = await beginAuthorization(house, { link, browserSecret: secret, returnUrl: undefined })
      return { location: location.href, setCookie: hostCookie({ name: BROWSER_COOKIE, value: secret, secure, maxAgeSeconds: COOKIE_SECONDS }) }
    },
    async finish(issuerHash, parameters) {
      const { connectionId, status, returnUrl } = await finishAuthorization(house, { issuerHash, parameters, browserSecret })
      return { connectionId, status, returnUrl }
    },
  }
}
