// A person with a browser, as far as an authorization server can tell: cookies, redirects, and the forms of its pages.

export interface OAuthPerson {
  /** Signs in and consents, starting at the authorization endpoint; answers where the server sends the browser back to. */
  authorize(url: string, options?: { account?: string; consent?: boolean }): Promise<URL>
}

const MAX_STEPS = 20

export function createOAuthPerson(): OAuthPerson {
  const jar = new Map<string, string>()

  async function visit(url: URL, form?: Record<string, string>): Promise<Response> {
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '), ...(form && { 'content-type': 'application/x-www-form-urlencoded' }) },
      ...(form && { body: new URLSearchParams(form).toString() }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return response
  }

  return {
    async authorize(start, { account = 'ada', consent = true } = {}) {
      const { origin } = new URL(start)
      let url = new URL(start)
      let response = await visit(url)
      for (let step = 0; step < MAX_STEPS; step++) {
        const location = response.headers.get('location')
        if (location !== null) {
          url = new URL(location, url)
          if (url.origin !== origin) return url
          response = await visit(url)
          continue
        }
        const page = await response.text()
        const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1]
        if (response.status !== 200 || action === undefined) throw new Error(`The authorization server answered ${response.status}: ${page.slice(0, 300)}`)
        if (!consent && !page.includes('name="login"')) {
          const abort = /href="([^"]*\/abort)"/.exec(page)?.[1]
          if (abort === undefined) throw new Error('There is no way to say no on this page')
          url = new URL(abort, url)
          response = await visit(url)
          continue
        }
        const prompt: Record<string, string> = page.includes('name="login"') ? { prompt: 'login', login: account, password: 'any' } : { prompt: 'consent' }
        url = new URL(action, url)
        response = await visit(url, prompt)
      }
      throw new Error('The authorization server kept asking')
    },
  }
}
