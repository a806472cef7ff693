// Every page there is, by the map of routes, and how a test gets to see it.
import type { RouteConfigEntry } from '@remix-run/route-config'
import routes from '../../app/routes.ts'
import type { FurnishedConsole } from './furnish-console.ts'

/**
 * Whom a page is for. `members`: whoever is signed in, about what is theirs; `namespace`: about a namespace of their organization.
 * Administrators' are owners' and admins' alone.
 */
export type Audience = 'everybody' | 'members' | 'administrators' | 'namespace' | 'namespace administrators'

export interface PageVisit {
  for: Audience
  path(console: FurnishedConsole): string
  /** Other than 200. */
  status?: number
}

const visitBy = (audience: Audience) => (path: PageVisit['path'], status?: number): PageVisit => ({ for: audience, path, ...(status !== undefined && { status }) })
const everybody = visitBy('everybody')
const members = visitBy('members')
const administrators = visitBy('administrators')
const inNamespace = visitBy('namespace')
const administratorsInNamespace = visitBy('namespace administrators')

/** Pages of connections and the playground, seen with the connection that shows most: the one whose server attacks. */
export const PAGES: Readonly<Record<string, PageVisit>> = {
  '/': everybody(() => '/'),
  // Only before there is an owner, which another test is about; afterwards it is gone.
  '/welcome': everybody(() => '/welcome', 404),
  '/sign-in': everybody(() => '/sign-in'),
  '/sign-out': members(() => '/sign-out'),
  '/invite/:token': everybody(({ invitationPath }) => invitationPath),
  '/app': members(() => '/app'),
  '/app/theme': members(() => '/app/theme'),
  '/app/settings': administrators(() => '/app/settings'),
  '/app/settings/account': members(() => '/app/settings/account'),
  '/app/settings/members': members(() => '/app/settings/members'),
  '/app/settings/keys': administrators(() => '/app/settings/keys'),
  '/app/settings/tokens': administrators(() => '/app/settings/tokens'),
  '/app/settings/tokens/new': members(() => '/app/settings/tokens/new'),
  '/app/settings/namespaces': members(() => '/app/settings/namespaces'),
  '/app/settings/audit': administrators(() => '/app/settings/audit?verify=1'),
  '/app/:namespace': inNamespace(({ namespace }) => `/app/${namespace}`),
  '/app/:namespace/connections': inNamespace(({ namespace }) => `/app/${namespace}/connections`),
  '/app/:namespace/connections/new': inNamespace(({ namespace }) => `/app/${namespace}/connections/new`),
  '/app/:namespace/connections/:connectionId': inNamespace(({ namespace }) => `/app/${namespace}/connections/hostile`),
  '/app/:namespace/connections/:connectionId/tools': inNamespace(({ namespace }) => `/app/${namespace}/connections/hostile/tools`),
  '/app/:namespace/connections/:connectionId/calls': inNamespace(({ namespace }) => `/app/${namespace}/connections/hostile/calls`),
  '/app/:namespace/connections/:connectionId/doctor': inNamespace(({ namespace }) => `/app/${namespace}/connections/hostile/doctor`),
  '/app/:namespace/connections/:connectionId/timeline': inNamespace(({ namespace }) => `/app/${namespace}/connections/hostile/timeline`),
  '/app/:namespace/connections/:connectionId/edit': inNamespace(({ namespace }) => `/app/${namespace}/connections/hostile/edit`),
  '/app/:namespace/connections/:connectionId/delete': inNamespace(({ namespace }) => `/app/${namespace}/connections/hostile/delete`),
  '/app/:namespace/playground': inNamespace(({ namespace }) => `/app/${namespace}/playground?connection=hostile&tool=attack`),
  '/app/:namespace/webhooks': administratorsInNamespace(({ namespace }) => `/app/${namespace}/webhooks`),
  '/app/:namespace/webhooks/new': administratorsInNamespace(({ namespace }) => `/app/${namespace}/webhooks/new`),
  '/app/:namespace/webhooks/:webhookId': administratorsInNamespace(({ namespace, webhookId, deliveryId }) => `/app/${namespace}/webhooks/${webhookId}?delivery=${deliveryId}`),
  '/app/:namespace/webhooks/:webhookId/settings': administratorsInNamespace(({ namespace, webhookId }) => `/app/${namespace}/webhooks/${webhookId}/settings`),
  // The page of a link that works is in `browser/oauth-consent.test.ts`: it takes an authorization server.
  '/setup/:token': everybody(() => '/setup/no-such-link', 404),
  '/oauth/authorize': inNamespace(({ authorizePath }) => authorizePath),
  '/oauth/callback/:issuer': everybody(() => '/oauth/callback/nobody?state=nobodys&code=none'),
  '/oauth/finished': everybody(() => '/oauth/finished?outcome=failed&request=req_1'),
  '/*': everybody(() => '/no/such/page', 404),
}

/** Routes without a page: programs and downloads. */
export const DOCUMENTS: Readonly<Record<string, PageVisit>> = {
  '/oauth/client-metadata/:file': everybody(() => `/oauth/client-metadata/${'a'.repeat(32)}.json`),
  '/app/settings/audit/export': administrators(() => '/app/settings/audit/export'),
}

export interface RoutePattern {
  pattern: string
  /** As the framework calls the route, without those around it. */
  id: string
  /** Nobody looks at it. */
  isDocument: boolean
}

function patternsOf(entries: readonly RouteConfigEntry[], parent: string): RoutePattern[] {
  return entries.flatMap(({ path, children, file }) => {
    const own = path === undefined ? parent : `${parent}/${path}`
    return children ? patternsOf(children, own) : [{ pattern: own || '/', id: file.replace(/\.tsx?$/, ''), isDocument: file.endsWith('.ts') }]
  })
}

/** All addresses, from the code; a layout has none of its own. */
export const listRoutePatterns = async (): Promise<RoutePattern[]> => patternsOf(await routes, '')

/** The addresses of all pages. */
export const listPagePatterns = async (): Promise<string[]> => (await listRoutePatterns()).filter(({ isDocument }) => !isDocument).map(({ pattern }) => pattern)
