// Every page, its data, and its loader alone, for everybody who may ask: strangers are sent to sign in, other organizations find
// nothing, members see no administrators' pages. The pages come from the map of routes: one without an entry fails.
import { afterAll, beforeAll, expect, it } from 'vitest'
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
const isClosed = (route: RoutePattern): boolean => visitOf(route)?.for !== 'everybody'
const isIn = (audiences: readonly Audience[], route: RoutePattern): boolean => audiences.includes(visitOf(route)!.for)
const named = (each: readonly RoutePattern[]) => each.map((route) => [route.pattern, route] as const)

/** The page, what scripts fetch of it, and what its own loader says. */
function formsOf(route: RoutePattern): string[] {
  const path = visitOf(route)!.path(furnished)
  return route.isDocument ? [path] : [path, dataOf(path), dataOf(path, route.id)]
}

/** What was not as it should be; nothing, if all is well. */
async function surprisesIn(route: RoutePattern, look: (form: string) => Promise<string[]>): Promise<string[]> {
  const surprises: string[] = []
  for (const form of formsOf(route)) surprises.push(...(await look(form)).map((surprise) => `${form}: ${surprise}`))
  return surprises
}

it('every route has an entry', () => {
  const known = [...Object.keys(PAGES), ...Object.keys(DOCUMENTS)]
  expect(known.toSorted()).toEqual(routes.map(({ pattern }) => pattern).toSorted())
})

it.each(named(routes))('%s is there for whom it is for, and looks at no bearer', async (_pattern, route) => {
  const { status } = await ask(visitOf(route)!.path(furnished), owner)
  expect([visitOf(route)!.status ?? 200, 302, 303]).toContain(status)
  const surprises = await surprisesIn(route, async (form) => {
    const [nobody, ...others] = await Promise.all(strangers.map(([, headers]) => ask(form, headers)))
    return others.flatMap((answer, index) => (answer.status === nobody!.status && answer.location === nobody!.location ? [] : [`${strangers[index + 1]![0]} got ${answer.status}`]))
  })
  expect(surprises).toEqual([])
})

it.each(named(routes.filter(isClosed)))('%s sends strangers to sign in, and tells other organizations nothing of ours', async (pattern, route) => {
  const surprises = await surprisesIn(route, async (form) => {
    const [forNobody, forThem] = [await ask(form, {}), await ask(form, theirOwner)]
    const isStopped = leadsToSignIn(forNobody) || (isOfTheBrowser(pattern) && isRedirect(forNobody))
    return [
      ...(isStopped ? [] : [`nobody got ${forNobody.status}`]),
      ...[forNobody, forThem].filter(tellsOfUs).map(({ status }) => `${status} tells of us`),
    ]
  })
  expect(surprises).toEqual([])
})

it.each(named(routes.filter((route) => isClosed(route) && isIn(['namespace', 'namespace administrators'], route))))(
  '%s of our namespace reads for other organizations like that of one which is not there',
  async (_pattern, route) => {
    const surprises = await surprisesIn(route, async (form) => {
      const [ours, notThere] = [await ask(form, theirOwner), await ask(form.replaceAll(furnished.namespace, 'nobodys'), theirOwner)]
      const isSame = ours.status === notThere.status && (!form.includes('.data') || comparable(ours) === comparable(notThere))
      const isHidden = ours.status === 404 || form.includes('_routes=')
      return isSame && isHidden ? [] : [`${ours.status}, and ${notThere.status} where nothing is`]
    })
    expect(surprises).toEqual([])
  },
)

it.each(named(routes.filter(isClosed)))('%s is shown to a mere member like to the owner, or not at all if it is administrators’', async (_pattern, route) => {
  const surprises = await surprisesIn(route, async (form) => {
    const [forMember, forOwner] = [await ask(form, ourMember), await ask(form, owner)]
    const isShown = forMember.status === forOwner.status
    const isKept = (isRedirect(forMember) && !leadsToSignIn(forMember)) || forMember.status === 403 || givesNothing(forMember)
    return (isIn(['administrators', 'namespace administrators'], route) ? isKept : isShown) ? [] : [`the member got ${forMember.status}, the owner ${forOwner.status}`]
  })
  expect(surprises).toEqual([])
})

it.each(named(routes.filter((route) => isClosed(route) && !isOfTheBrowser(route.pattern))))('%s does nothing that a stranger posts to it', async (_pattern, route) => {
  const surprises: string[] = []
  for (const [who, headers] of strangers) {
    const answer = await ask(visitOf(route)!.path(furnished), headers, 'POST')
    if (tellsOfUs(answer) || !(leadsToSignIn(answer) || [403, 404, 405].includes(answer.status))) surprises.push(`${who} got ${answer.status}`)
  }
  expect(surprises).toEqual([])
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
