// Everything that tRPC offers.
import { accountRouter } from './routers/account.ts'
import { auditRouter } from './routers/audit.ts'
import { connectSessionsRouter } from './routers/connect-sessions.ts'
import { connectionsRouter } from './routers/connections.ts'
import { installationRouter } from './routers/installation.ts'
import { invitationsRouter } from './routers/invitations.ts'
import { keysRouter } from './routers/keys.ts'
import { membersRouter } from './routers/members.ts'
import { namespacesRouter } from './routers/namespaces.ts'
import { organizationRouter } from './routers/organization.ts'
import { tokensRouter } from './routers/tokens.ts'
import { toolsRouter } from './routers/tools.ts'
import { usageRouter } from './routers/usage.ts'
import { webhooksRouter } from './routers/webhooks.ts'
import { router } from './procedures.ts'

export const appRouter = router({
  namespaces: namespacesRouter,
  connections: connectionsRouter,
  connectSessions: connectSessionsRouter,
  tools: toolsRouter,
  usage: usageRouter,
  webhooks: webhooksRouter,
  keys: keysRouter,
  tokens: tokensRouter,
  audit: auditRouter,
  account: accountRouter,
  members: membersRouter,
  invitations: invitationsRouter,
  organization: organizationRouter,
  installation: installationRouter,
})

/** What a client is typed with: nothing in it reaches into the database. */
export type AppRouter = typeof appRouter
