// As much of a browser as a cookie needs: it keeps what it is given, sends it back, and says which page asked.
import { inviteByNobody } from './invite-by-nobody.ts'
import type { RunningPlugboard } from './start-plugboard.ts'

export interface Reply {
  status: number
  headers: Headers
  body: Record<string, unknown>
}

export interface TestBrowser {
  /** The Cookie header that it sends now. */
  readonly cookie: string | undefined
  /** A form of a page of ours. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>
  get(path: string, headers?: Record<string, string>): Promise<Reply>
  query(path: string, input?: unknown, headers?: Record<string, string>): Promise<Reply>
  mutate(path: string, input?: unknown, headers?: Record<string, string>): Promise<Reply>
}

const FROM_OUR_PAGE = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }

export function openBrowser({ url }: Pick<RunningPlugboard, 'url'>, cookieOfBefore?: string): TestBrowser {
  let cookie = cookieOfBefore
  async function send(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Reply> {
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        'user-agent': 'Test browser',
        ...FROM_OUR_PAGE,
        ...(cookie !== undefined && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const [given] = response.headers.getSetCookie()
    if (given !== undefined) cookie = /^([^=]+=[^;]+);/.exec(given)?.[1]
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> }
  }
  return {
    get cookie() {
      return cookie
    },
    post: (path, body, headers = {}) => send('POST', path, body, headers),
    get: (path, headers = {}) => send('GET', path, undefined, { accept: 'text/html', ...headers }),
    query: (path, input, headers = {}) =>
      send('GET', `/trpc/${path}${input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`}`, undefined, headers),
    mutate: (path, input = {}, headers = {}) => send('POST', `/trpc/${path}`, input, headers),
  }
}

export const OWNER = {
  organization: 'Acme',
  namespace: 'acme',
  name: 'Olivia Owner',
  email: 'olivia@example.com',
  password: 'a ladder made of tuesdays',
}

/** A browser in which the first owner is signed in. */
export async function openOwnersBrowser(plugboard: RunningPlugboard): Promise<TestBrowser> {
  const browser = openBrowser(plugboard)
  const setupCode = plugboard.services.setUp.code?.code.reveal()
  const { status, body } = await browser.post('/welcome', { ...OWNER, setupCode })
  if (status !== 200) throw new Error(`the first owner was refused: ${JSON.stringify(body)}`)
  return browser
}

/** A browser in which somebody is signed in whom the owner invited. */
export async function openMembersBrowser(
  plugboard: RunningPlugboard,
  inviter: TestBrowser,
  { role, email, name = email, password = 'several kinds of weather' }: { role: string; email: string; name?: string; password?: string },
): Promise<TestBrowser> {
  const { body } = await inviter.mutate('invitations.create', { email, role })
  const { url } = (body as { result: { data: { url: string } } }).result.data
  const browser = openBrowser(plugboard)
  const accepted = await browser.post('/invite/accept', { token: url.split('/').at(-1), name, password })
  if (accepted.status !== 200) throw new Error(`the invitation was refused: ${JSON.stringify(accepted.body)}`)
  return browser
}

/** A browser in which an owner of any organization is signed in, through an invitation that nobody sent. */
export async function openOwnerOf(plugboard: RunningPlugboard, organizationId: string): Promise<TestBrowser> {
  const token = await inviteByNobody(plugboard, organizationId, 'owner')
  const browser = openBrowser(plugboard)
  const { status, body } = await browser.post('/invite/accept', { token, name: 'Owner', password: 'several kinds of weather' })
  if (status !== 200) throw new Error(`the owner was refused: ${JSON.stringify(body)}`)
  return browser
}
