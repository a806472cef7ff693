// A connection behind a real authorization server, and a person who consents to it: what most OAuth scenarios begin with.
import { beginSignIn } from '../../server/connect-sessions/begin-sign-in.ts'
import { finishSignIn, type FinishedSignIn } from '../../server/connect-sessions/finish-sign-in.ts'
import { beginAuthorization } from '../../server/connections/authorization/begin-authorization.ts'
import { readSetupLink } from '../../server/connections/authorization/setup-link.ts'
import type { ConnectionView } from '../../server/connections/connection-view.ts'
import type { House } from '../../server/context/context.ts'
import { createOAuthPerson } from './oauth-person.ts'

export const BROWSER_SECRET = 'the secret of this browser'

/** Where the browser is sent after the person said yes on our page. */
export async function beginConsent(house: House, view: ConnectionView): Promise<URL> {
  const { setupUrl } = view.status as { setupUrl?: string }
  const link = setupUrl === undefined ? undefined : readSetupLink(house, setupUrl.split('/setup/')[1]!)
  if (!link) throw new Error(`There is no setup link in ${JSON.stringify(view.status)}`)
  return beginAuthorization(house, { link, browserSecret: BROWSER_SECRET, returnUrl: undefined })
}

export const finishConsent = (house: House, back: URL): Promise<FinishedSignIn> =>
  finishSignIn(house, { issuerHash: back.pathname.split('/').at(-1)!, parameters: back.searchParams, browserSecret: BROWSER_SECRET })

export async function consentTo(house: House, view: ConnectionView): Promise<FinishedSignIn> {
  const url = await beginConsent(house, view)
  return finishConsent(house, await createOAuthPerson().authorize(url.href))
}

/** A person follows the link of a connect session and agrees, here and there. */
export async function followLink(house: House, token: string): Promise<FinishedSignIn> {
  const url = await beginSignIn(house, { token, browserSecret: BROWSER_SECRET, requestId: 'req_of_this_test' })
  if (!url) throw new Error('The server asked for nothing')
  return finishConsent(house, await createOAuthPerson().authorize(url.href))
}
