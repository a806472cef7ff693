// Whoever an app sends to one of our links: a browser with cookies of its own, from our page through the authorization
// server and back to wherever it is sent then.
import { createOAuthPerson } from './oauth-person.ts'

export interface ConnectingPerson {
  /** Looks at the page, which changes nothing. */
  look(link: string): Promise<Response>
  /** Says yes on our page: where that leads. */
  agree(link: string): Promise<Response>
  /** Signs in and says yes or no over there; the address that the browser is sent back to. */
  signIn(location: string, answer?: { account?: string; consent?: boolean }): Promise<URL>
  /** Opens that address: where the browser ends up. */
  comeBack(callback: URL): Promise<URL>
  /** All of it. */
  connect(link: string, answer?: { account?: string; consent?: boolean }): Promise<URL>
}

export function createConnectingPerson(): ConnectingPerson {
  let cookie: string | undefined
  const visit = async (url: string, init: RequestInit = {}) => {
    const headers = { accept: 'text/html', ...(cookie !== undefined && { cookie }), ...(init.headers as Record<string, string>) }
    const response = await fetch(url, { ...init, redirect: 'manual', headers })
    const [given] = response.headers.getSetCookie()
    if (given !== undefined) cookie = given.split(';', 1)[0]
    return response
  }
  const person = createOAuthPerson()
  const self: ConnectingPerson = {
    look: (link) => visit(link),
    agree: (link) =>
      visit(link, { method: 'POST', headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }, body: '' }),
    signIn: (location, answer) => person.authorize(location, answer),
    async comeBack(callback) {
      const response = await visit(callback.href)
      if (response.status !== 303) throw new Error(`The callback answered ${response.status}: ${(await response.text()).slice(0, 300)}`)
      return new URL(response.headers.get('location')!, callback)
    },
    async connect(link, answer) {
      const response = await self.agree(link)
      const location = response.headers.get('location')
      if (location === null) throw new Error(`Our page answered ${response.status}: ${(await response.text()).slice(0, 300)}`)
      return self.comeBack(await self.signIn(location, answer))
    },
  }
  return self
}
