// Every page there is, by the map of routes, and how a test gets to see it.
import type { RouteConfigEntry } from '@remix-run/route-config'
import routes from '../../app/routes.ts'
import type { FurnishedConsole } from './furnish-console.ts'

export interface PageVisit {
  as: 'owner' | 'stranger'
  path(console: FurnishedConsole): string
  /** Other than 200. */
  status?: number
}

const owner = (path: PageVisit['path']): PageVisit => ({ as: 'owner', path })
const stranger = (path: PageVisit['path'], status?: number): PageVisit => ({ as: 'stranger', path, ...(status !== undefined && { status }) })

/** Pages of connections and the playground, seen with the connection that shows most: the one whose server attacks. */
export const PAGES: Readonly<Record<string, PageVisit>> = {
  '/': stranger(() => '/'),
  // Only before there is an owner, which another test is about; afterwards it is gone.
  '/welcome': stranger(() => '/welcome', 404),
  '/sign-in': stranger(() => '/sign-in'),
  '/sign-out': owner(() => '/sign-out'),
  '/invite/:token': stranger(({ invitationPath }) => invitationPath),
  '/app': owner(() => '/app'),
  '/app/theme': owner(() => '/app/theme'),
  '/app/settings': owner(() => '/app/settings'),
  '/app/settings/account': owner(() => '/app/settings/account'),
  '/app/settings/members': owner(() => '/app/settings/members'),
  '/app/settings/keys': owner(() => '/app/settings/keys'),
  '/app/settings/tokens': owner(() => '/app/settings/tokens'),
  '/app/settings/tokens/new': owner(() => '/app/settings/tokens/new'),
  '/app/settings/namespaces': owner(() => '/app/settings/namespaces'),
  '/app/settings/audit': owner(() => '/app/settings/audit?verify=1'),
  '/app/:namespace': owner(({ namespace }) => `/app/${namespace}`),
  '/app/:namespace/connections': owner(({ namespace }) => `/app/${namespace}/connections`),
  '/app/:namespace/connections/new': owner(({ namespace }) => `/app/${namespace}/connections/new`),
  '/app/:namespace/connections/:connectionId': owner(({ namespace }) => `/app/${namespace}/connections/hostile`),
  '/app/:namespace/connections/:connectionId/tools': owner(({ namespace }) => `/app/${namespace}/connections/hostile/tools`),
  '/app/:namespace/connections/:connectionId/calls': owner(({ namespace }) => `/app/${namespace}/connections/hostile/calls`),
  '/app/:namespace/connections/:connectionId/doctor': owner(({ namespace }) => `/app/${namespace}/connections/hostile/doctor`),
  '/app/:namespace/connections/:connectionId/timeline': owner(({ namespace }) => `/app/${namespace}/connections/hostile/timeline`),
  '/app/:namespace/connections/:connectionId/edit': owner(({ namespace }) => `/app/${namespace}/connections/hostile/edit`),
  '/app/:namespace/connections/:connectionId/delete': owner(({ namespace }) => `/app/${namespace}/connections/hostile/delete`),
  '/app/:namespace/playground': owner(({ namespace }) => `/app/${namespace}/playground?connection=hostile&tool=attack`),
  '/app/:namespace/webhooks': owner(({ namespace }) => `/app/${namespace}/webhooks`),
  '/app/:namespace/webhooks/new': owner(({ namespace }) => `/app/${namespace}/webhooks/new`),
  '/app/:namespace/webhooks/:webhookId': owner(({ namespace, webhookId, deliveryId }) => `/app/${namespace}/webhooks/${webhookId}?delivery=${deliveryId}`),
  '/app/:namespace/webhooks/:webhookId/settings': owner(({ namespace, webhookId }) => `/app/${namespace}/webhooks/${webhookId}/settings`),
  // The page of a link that works is in `browser/oauth-consent.test.ts`: it takes an authorization server.
  '/setup/:token': stranger(() => '/setup/no-such-link', 404),
  '/oauth/authorize': owner(({ authorizePath }) => authorizePath),
  '/oauth/callback/:issuer': stranger(() => '/oauth/callback/nobody?state=nobodys&code=none'),
  '/oauth/finished': stranger(() => '/oauth/finished?outcome=failed&request=req_1'),
  '/*': stranger(() => '/no/such/page', 404),
}

function patternsOf(entries: readonly RouteConfigEntry[], parent: string): string[] {
  return entries.flatMap(({ path, children, file }) => {
    // Read by programs: nobody looks at it.
    if (file.endsWith('.ts')) return []
    const own = path === undefined ? parent : `${parent}/${path}`
    return children ? patternsOf(children, own) : [own || '/']
  })
}

/** The addresses of all pages, from the code; a layout is none of its own. */
export const listPagePatterns = async (): Promise<string[]> => patternsOf(await routes, '')
