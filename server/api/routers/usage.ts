import { z } from 'zod'
import { connectionId } from '../../connections/connection-input.ts'
import { dailyUsage } from '../../history/daily-usage.ts'
import { dailyUsageInput } from '../../history/daily-usage-view.ts'
import { usageOfConnection } from '../../history/usage-of-connection.ts'
import { usageOfNamespace } from '../../history/usage-of-namespace.ts'
import { usageRange } from '../../history/usage-view.ts'
import { namespaceName } from '../../namespaces/namespace-name.ts'
import { procedure, router } from '../procedures.ts'

const span = { namespace: namespaceName, range: usageRange }

export const usageRouter = router({
  /** Calls, errors and durations of a whole namespace, step by step. */
  overview: procedure.input(z.strictObject(span)).query(({ ctx, input }) => usageOfNamespace(ctx.context, input)),
  /** The same of one connection, and by tool. */
  ofConnection: procedure.input(z.strictObject({ ...span, connectionId })).query(({ ctx, input }) => usageOfConnection(ctx.context, input)),
  /** By tool and day, of one connection. */
  daily: procedure.input(dailyUsageInput).query(({ ctx, input }) => dailyUsage(ctx.context, input)),
})
