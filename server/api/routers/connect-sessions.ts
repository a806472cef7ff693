import { z } from 'zod'
import { completeConnectSession } from '../../connect-sessions/complete-connect-session.ts'
import { completeConnectSessionInput, connectSessionId, createConnectSessionInput } from '../../connect-sessions/connect-session-input.ts'
import { createConnectSession } from '../../connect-sessions/create-connect-session.ts'
import { getConnectSession } from '../../connect-sessions/get-connect-session.ts'
import { procedure, router } from '../procedures.ts'

const one = { connectSessionId }

export const connectSessionsRouter = router({
  /** A link for one person, to connect one server. */
  create: procedure.input(createConnectSessionInput).mutation(({ ctx, input }) => createConnectSession(ctx.context, input)),
  get: procedure.input(z.strictObject(one)).query(({ ctx, input }) => getConnectSession(ctx.context, input)),
  /** For an API key alone: the person who came back is the one that was sent. */
  complete: procedure.input(completeConnectSessionInput.extend(one)).mutation(({ ctx, input }) => completeConnectSession(ctx.context, input)),
})
