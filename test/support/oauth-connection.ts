// A connection behind a real authorization server, and a person who consents to it: what most OAuth scenarios begin with.
import { beginAuthorization } from '../../server/connections/authorization/begin-authorization.ts'
import { readSetupLink } from '../../server/connections/authorization/setup-link.ts'
import type { ConnectionView } from '../../server/connections/connection-view.ts'
import { finishAuthorization, type FinishedAuthorization } from '../../server/connections/finish-authorization.ts'
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

export const finishConsent = (house: House, back: URL): Promise<FinishedAuthorization> =>
  finishAuthorization(house, { issuerHash: back.pathname.split('/').at(-1)!, parameters: back.searchParams, browserSecret: BROWSER_SECRET })

export async function consentTo(house: House, view: ConnectionView): Promise<FinishedAuthorization> {
  const url = await beginConsent(house, view)
  return finishConsent(house, await createOAuthPerson().authorize(url.href))
}
