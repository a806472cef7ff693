// Every REST route. Fixed words come before the dialect, which takes any word at the root.
import { z } from 'zod'
import { buildOpenApi } from './openapi.ts'
import { definePublicRoute, ok, type RestRoute } from './route.ts'
import { auditRoutes } from './routes/audit.ts'
import { connectSessionRoutes } from './routes/connect-sessions.ts'
import { connectionRoutes } from './routes/connections.ts'
import { healthRoute } from './routes/health.ts'
import { keyRoutes } from './routes/keys.ts'
import { namespaceRoutes } from './routes/namespaces.ts'
import { tokenRoutes } from './routes/tokens.ts'
import { toolRoutes } from './routes/tools.ts'
import { usageRoute } from './routes/usage.ts'
import { webhookRoutes } from './routes/webhooks.ts'

const openApiRoute = definePublicRoute({
  method: 'GET',
  path: '/openapi.json',
  operationId: 'getOpenApi',
  summary: 'This document',
  answers: { 200: z.looseObject({ openapi: z.string() }) },
  handle: async (_input, house) => ok(openApiDocument(house.config.publicUrl)),
})

export const restRoutes: readonly RestRoute[] = [
  healthRoute,
  openApiRoute,
  ...namespaceRoutes,
  ...keyRoutes,
  ...tokenRoutes,
  ...auditRoutes,
  usageRoute,
  ...connectSessionRoutes,
  ...webhookRoutes,
  ...connectionRoutes,
  ...toolRoutes,
]

const documents = new Map<string, object>()

/** Built on the first request for it: most processes are never asked. */
export function openApiDocument(publicUrl: URL): object {
  const document = documents.get(publicUrl.href) ?? buildOpenApi(restRoutes, publicUrl)
  documents.set(publicUrl.href, document)
  return document
}
