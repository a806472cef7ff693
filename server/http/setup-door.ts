// What the connect page does: shows whom a person is about to trust, sends the browser to the authorization server, and
// takes what it brings back. The browser's own cookie is set by the person's yes, never by looking at the page.
import { beginSignIn } from '../connect-sessions/begin-sign-in.ts'
import { finishSignIn } from '../connect-sessions/finish-sign-in.ts'
import { visitLink } from '../connect-sessions/visit-link.ts'
import { clientDocument } from '../connections/authorization/client-document.ts'
import type { House } from '../context/context.ts'
import type { Browser } from '../identity/browser.ts'
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
  browser: Browser
  /** Lets this page's form lead to another origin: a browser checks every hop of a form's redirects against `form-action`. */
  allowFormTo(origin: string): void
}

export function createSetupDoor({ house, cookie, requestId, browser, allowFormTo }: SetupDoorInput): SetupDoor {
  const secure = house.config.publicUrl.protocol === 'https:'
  const known = readCookie(cookie, hostCookieName(BROWSER_COOKIE, secure))
  const browserSecret = known !== undefined && isSecretToken(known) ? known : undefined
  return {
    clientDocument: (file) => clientDocument(house, file),
    async visit(token) {
      const found = await visitLink(house, token)
      if (!found) return undefined
      const { issuer, ...shown } = found.visit
      // A server that lets the browser pass at once sends it on to the app, which is a redirect of this form, too.
      if (found.returnUrl !== undefined) allowFormTo(new URL(found.returnUrl).origin)
      if ('failure' in issuer) return { ...shown, issuer: undefined, problem: found.isOpen ? undefined : explainError(issuer.failure, requestId) }
      allowFormTo(issuer.authorizationOrigin)
      const { authorizationOrigin: _origin, ...shownIssuer } = issuer
      return { ...shown, issuer: shownIssuer, problem: undefined }
    },
    async begin(token, enteredClient) {
      const secret = browserSecret ?? newSecretToken()
      const location = await beginSignIn(house, { token, browserSecret: secret, requestId, enteredClient, readOrigin: () => browser })
      const setCookie = hostCookie({ name: BROWSER_COOKIE, value: secret, secure, maxAgeSeconds: COOKIE_SECONDS })
      return { location: location?.href ?? '/oauth/finished?outcome=connected', setCookie }
    },
    async finish(issuerHash, parameters) {
      const { connectionId, status, returnUrl } = await finishSignIn(house, { issuerHash, parameters, browserSecret, readOrigin: () => browser })
      return { connectionId, status, returnUrl }
    },
  }
}
