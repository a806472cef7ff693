// Every page, its data, and its loader alone, for everybody who may ask: strangers are sent to sign in, other organizations find
// nothing, members see no administrators' pages. The pages come from the map of routes: one without an entry fails.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Audience, DOCUMENTS, listRoutePatterns, PAGES, type PageVisit, type RoutePattern } from '../support/console-pages.ts'
import { type FurnishedConsole, furnishConsole } from '../support/furnish-console.ts'
import { signInNewMember } from '../support/invite-by-nobody.ts'
import { bearer, mintServiceToken } from '../support/service-tokens.ts'
import { OWNER, type RunningConsole, startConsole } from '../support/start-console.ts'

let running: RunningConsole
let furnished: FurnishedConsole
let owner: Headers
let ourMember: Headers
let theirOwner: Headers
/** Each without a session that counts. */
let strangers: [who: string, headers: Headers][]

type Headers = Record<string, string>

beforeAll(async () => {
  running = await startConsole()
  furnished = await furnishConsole(running)
  const { plugboard, asOwner } = running
  const { organization } = await asOwner.account.get()
  const cookieOf = async () => {
    const { name, value } = await running.signIn()
    return { cookie: `${name}=${value}` }
  }
  const ended = await cookieOf()
  await asOwner.account.revokeOtherSessions()
  owner = await cookieOf()
  ourMember = { cookie: await signInNewMember(plugboard, organization.id, 'member') }
  theirOwner = { cookie: await signInNewMember(plugboard, (await plugboard.createKey()).organizationId, 'owner') }
  const { key } = await plugboard.createKey(organization.id)
  strangers = [
    ['nobody', {}],
    ['who has a session that was ended', ended],
    ['who has a made-up cookie', { cookie: owner.cookie!.replace(/=.*/, `=${'a'.repeat(43)}`) }],
    ['who has an API key', bearer(key)],
    ['who has a service token', bearer((await mintServiceToken(plugboard, {}, key)).token)],
  ]
})
afterAll(async () => {
  await furnished?.stop()
  await running?.stop()
})

/** New in every answer. */
const REQUEST_ID = /req_\w+/g

interface PageAnswer {
  status: number
  location: string
  text: string
}

async function ask(path: string, headers: Headers, method = 'GET'): Promise<PageAnswer> {
  const form = method === 'POST' && { body: new URLSearchParams({ intent: 'none' }), headers: { 'sec-fetch-site': 'same-origin', accept: 'text/html', ...headers } }
  const response = await fetch(running.url + path, { method, redirect: 'manual', headers: { accept: 'text/html', ...headers }, ...form })
  const text = (await response.text()).replaceAll(REQUEST_ID, '')
  // Scripts are told in the answer where to go.
  const location = response.headers.get('location') ?? (response.status === 202 ? /"(\/[^"]*)"/.exec(text)?.[1] : undefined) ?? ''
  return { status: response.status, location: location.replaceAll(REQUEST_ID, ''), text }
}

/** What scripts fetch instead of a page; with an id, of that route alone, without the layouts around it. */
const dataOf = (path: string, id?: string): string => {
  const url = new URL(path, running.url)
  if (id !== undefined) url.searchParams.set('_routes', id)
  return `${url.pathname === '/' ? '/_root' : url.pathname}.data${url.search}`
}

/** Whose it is. */
const tellsOfUs = ({ text }: PageAnswer): boolean => text.includes(OWNER.organization) || text.includes(OWNER.email)

const isRedirect = ({ status }: PageAnswer): boolean => status === 202 || (status >= 300 && status < 400)
const leadsToSignIn = (answer: PageAnswer): boolean => isRedirect(answer) && answer.location.startsWith('/sign-in')
/** A loader that only looks who is there. */
const givesNothing = (answer: PageAnswer): boolean => /"data"(,\{\})?\]\s*$/.test(answer.text)
/** Light or dark is the browser's own, and alone it leads everybody on. */
const isOfTheBrowser = (pattern: string): boolean => pattern === '/app/theme'

const routes = await listRoutePatterns()
const visitOf = ({ pattern, isDocument }: RoutePattern): PageVisit | undefined => (isDocument ? DOCUMENTS : PAGES)[pattern]
const isFor = (audience: Audience, ...audiences: Audience[]): boolean => audiences.includes(audience)

it('every route has an entry', () => {
  const known = [...Object.keys(PAGES), ...Object.keys(DOCUMENTS)]
  expect(known.toSorted()).toEqual(routes.map(({ pattern }) => pattern).toSorted())
})

describe.each(routes.map((route) => [route.pattern, route] as const))('the page %s', (pattern, route) => {
  const { id, isDocument } = route
  const visit = visitOf(route)
  /** The page, what scripts fetch of it, and what its own loader says. */
  const forms = () => {
    const path = visit!.path(furnished)
    return isDocument ? [path] : [path, dataOf(path), dataOf(path, id)]
  }

  it('is there for whom it is for', async () => {
    const { status } = await ask(visit!.path(furnished), owner)
    expect([visit!.status ?? 200, 302, 303]).toContain(status)
  })

  it('sends strangers to sign in, unless it is for everybody, and looks at no bearer', async () => {
    for (const form of forms()) {
      const [nobody, ...others] = await Promise.all(strangers.map(async ([who, headers]) => [who, await ask(form, headers)] as const))
      for (const [who, answer] of others) expect([who, answer.status, answer.location]).toEqual([who, nobody![1].status, nobody![1].location])
      if (visit!.for === 'everybody') continue
      const isStopped = leadsToSignIn(nobody![1]) || (isOfTheBrowser(pattern) && isRedirect(nobody![1]))
      expect([form, isStopped, tellsOfUs(nobody![1])]).toEqual([form, true, false])
    }
  })

  it('tells another organization nothing of ours', async () => {
    if (visit!.for === 'everybody') return
    for (const form of forms()) {
      const answer = await ask(form, theirOwner)
      expect([form, tellsOfUs(answer)]).toEqual([form, false])
      if (!isFor(visit!.for, 'namespace', 'namespace administrators')) continue
      if (!form.includes('_routes=')) expect([form, answer.status]).toEqual([form, 404])
      const notThere = await ask(form.replaceAll(furnished.namespace, 'nobodys'), theirOwner)
      expect([form, notThere.status]).toEqual([form, answer.status])
      if (form.includes('.data')) expect(comparable(notThere)).toBe(comparable(answer))
    }
  })

  it('shows no administrators’ things to other members', async () => {
    if (visit!.for === 'everybody') return
    for (const form of forms()) {
      const [forMember, forOwner] = [await ask(form, ourMember), await ask(form, owner)]
      if (!isFor(visit!.for, 'administrators', 'namespace administrators')) expect([form, forMember.status]).toEqual([form, forOwner.status])
      else expect([form, isRedirect(forMember) || forMember.status === 403 || givesNothing(forMember), leadsToSignIn(forMember)]).toEqual([form, true, false])
    }
  })

  it('does nothing that a stranger posts to it', async () => {
    if (visit!.for === 'everybody' || isOfTheBrowser(pattern)) return
    for (const [who, headers] of strangers) {
      const answer = await ask(visit!.path(furnished), headers, 'POST')
      expect([who, leadsToSignIn(answer) || [403, 404, 405].includes(answer.status), tellsOfUs(answer)]).toEqual([who, true, false])
    }
  })
})

it('a link to connect a server is a key of its own: whoever holds it sees the same page, and looking changes nothing', async () => {
  const { url } = await running.asOwner.connectSessions.create({ namespace: furnished.namespace, connectionId: 'working' })
  const { pathname } = new URL(url)
  const before = await running.asOwner.connections.get({ namespace: furnished.namespace, connectionId: 'working' })
  const forOwner = await ask(pathname, owner)
  expect([forOwner.status, tellsOfUs(forOwner)]).toEqual([200, true])
  for (const headers of [theirOwner, ourMember, ...strangers.map(([, each]) => each)]) {
    const { status, text } = await ask(dataOf(pathname), headers)
    expect([status, text]).toEqual([200, (await ask(dataOf(pathname), owner)).text])
  }
  expect(await running.asOwner.connections.get({ namespace: furnished.namespace, connectionId: 'working' })).toEqual(before)
})

/** But for what they are called. */
const comparable = ({ text }: PageAnswer): string => text.replaceAll(furnished.namespace, 'nobodys')
