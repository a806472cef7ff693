// Everything that tRPC offers.
import { connectionsRouter } from './routers/connections.ts'
import { keysRouter } from './routers/keys.ts'
import { namespacesRouter } from './routers/namespaces.ts'
import { toolsRouter } from './routers/tools.ts'
import { router } from './procedures.ts'

export const appRouter = router({
  namespaces: namespacesRouter,
  connections: connectionsRouter,
  tools: toolsRouter,
  keys: keysRouter,
})

/** What a client is typed with: nothing in it reaches into the database. */
export type AppRouter = typeof appRouter
