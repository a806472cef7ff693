// What every procedure has in common: a caller who is known, and errors in one shape.
import { initTRPC } from '@trpc/server'
import { noteDenial } from '../context/note-denial.ts'
import { toAppError } from '../lib/app-error.ts'
import { newRequestId } from '../lib/ids.ts'
import { SECOND_MS } from '../lib/units.ts'
import { openCall } from './call-context.ts'
import type { CallHandle } from './call-handle.ts'
import { errorEnvelope } from './error-envelope.ts'
import { toHouseError, toTrpcError } from './trpc-errors.ts'

const t = initTRPC.context<CallHandle>().create({
  // Without it, stacks are sent whenever NODE_ENV does not say production.
  isDev: false,
  sse: { ping: { enabled: true, intervalMs: 5 * SECOND_MS }, client: { reconnectAfterInactivityMs: 20 * SECOND_MS } },
  errorFormatter: ({ error, ctx, input, path }) => errorEnvelope(toHouseError(error, input), path, ctx?.requestId ?? newRequestId()),
})

export const router = t.router
export const createCallerFactory = t.createCallerFactory

/**
 * For callers with a credential. Who asks comes before what: a stranger learns nothing of a good request.
 * One middleware, and a context of few members: tRPC copies all it knows of a call, property by
 * property, before each step.
 */
export const procedure = t.procedure.use(async ({ ctx, next, getRawInput, path }) => {
  const context = await openCall(ctx).catch((thrown: unknown) => {
    throw toTrpcError(toAppError(thrown))
  })
  context.span?.tell({ procedure: path })
  const result = await next({ ctx: { context, handle: ctx } })
  if (result.ok) return result
  const input: unknown = await getRawInput().catch(() => undefined)
  const error = toHouseError(result.error, input)
  noteDenial(context, error, path)
  throw toTrpcError(error)
})
