import { z } from 'zod'
import { connectionId, createConnectionInput, listConnectionsInput, upsertConnectionInput } from '../../connections/connection-input.ts'
import { createSetupLink } from '../../connections/create-setup-link.ts'
import { createConnection } from '../../connections/create-connection.ts'
import { deleteConnection } from '../../connections/delete-connection.ts'
import { describeCredential } from '../../connections/describe-credential.ts'
import { getConnection } from '../../connections/get-connection.ts'
import { listConnections } from '../../connections/list-connections.ts'
import { removeConnection, undoRemoveConnection } from '../../connections/remove-connection.ts'
import { summarizeConnections } from '../../connections/summarize-connections.ts'
import { updateConnection } from '../../connections/update-connection.ts'
import { upsertConnection } from '../../connections/upsert-connection.ts'
import { examineConnection } from '../../doctor/examine-connection.ts'
import { recentCallsOfConnection } from '../../history/recent-calls-of-connection.ts'
import { timelineOfConnection } from '../../history/timeline-of-connection.ts'
import { timelineInput } from '../../history/timeline-view.ts'
import { namespaceName } from '../../namespaces/namespace-name.ts'
import { recheckConnection } from '../../tools/recheck-connection.ts'
import { tryConnection, tryConnectionInput } from '../../tools/try-connection.ts'
import { procedure, router } from '../procedures.ts'
import { watchNamespace } from '../watch-namespace.ts'

const address = { namespace: namespaceName, connectionId }
const one = z.strictObject(address)
const inNamespace = z.strictObject({ namespace: namespaceName })

export const connectionsRouter = router({
  list: procedure.input(listConnectionsInput).query(({ ctx, input }) => listConnections(ctx.context, input)),
  get: procedure.input(one).query(({ ctx, input }) => getConnection(ctx.context, input)),
  /** How many are in which state, and which want somebody. */
  summary: procedure.input(inNamespace).query(({ ctx, input }) => summarizeConnections(ctx.context, input)),
  /** Names of headers and query values, and what was granted by whom; never a value. */
  credential: procedure.input(one).query(({ ctx, input }) => describeCredential(ctx.context, input)),
  /** Where somebody signs in, for the first time or again. */
  setupLink: procedure.input(one).query(({ ctx, input }) => createSetupLink(ctx.context, input)),
  /** Newest first: who called what and how it went, no arguments and no results. */
  recentCalls: procedure
    .input(z.strictObject({ ...address, limit: z.number().int().min(1).max(50).optional() }))
    .query(({ ctx, input }) => recentCallsOfConnection(ctx.context, input)),
  /** Sign-ins, renewals and checks step by step, newest first; names of what was sent, never a value. */
  timeline: procedure.input(timelineInput.extend(address)).query(({ ctx, input }) => timelineOfConnection(ctx.context, input)),
  /** What `create` would find; stores nothing. */
  try: procedure.input(tryConnectionInput.extend({ namespace: namespaceName })).mutation(({ ctx, input }) => tryConnection(ctx.context, input)),
  /** Under the id that is given, if nobody has it yet, or one that is made up. */
  create: procedure
    .input(createConnectionInput.extend({ namespace: namespaceName, connectionId: connectionId.optional() }))
    .mutation(({ ctx, input }) => createConnection(ctx.context, input)),
  upsert: procedure.input(upsertConnectionInput.extend(address)).mutation(({ ctx, input }) => upsertConnection(ctx.context, input)),
  /** What is left out stays as it is. */
  update: procedure.input(upsertConnectionInput.extend(address)).mutation(({ ctx, input }) => updateConnection(ctx.context, input)),
  /** At once and for good. */
  delete: procedure.input(one).mutation(({ ctx, input }) => deleteConnection(ctx.context, input)),
  /** The same, but for ten seconds it can be undone. */
  remove: procedure.input(one).mutation(({ ctx, input }) => removeConnection(ctx.context, input)),
  undoRemove: procedure.input(one).mutation(({ ctx, input }) => undoRemoveConnection(ctx.context, input)),
  /** Asks the MCP server now, and answers the fresh connection. */
  check: procedure.input(one).mutation(({ ctx, input }) => recheckConnection(ctx.context, input)),
  /** What is wrong with it, and what mends it; changes nothing. */
  doctor: procedure.input(one).mutation(({ ctx, input }) => examineConnection(ctx.context, input)),
  /** Every change in a namespace, until the caller leaves or its credential ends. */
  watch: procedure
    // tRPC's client says after a break which event it saw last.
    .input(z.strictObject({ namespace: namespaceName, lastEventId: z.string().max(100).nullish() }))
    .subscription(({ ctx, input: { namespace, lastEventId }, signal }) =>
      watchNamespace({ ...ctx.context, handle: ctx.handle }, { namespace, resumed: typeof lastEventId === 'string', signal }),
    ),
})
