import { listTraces } from '../../db/queries/authorization-traces.ts'
import type { AuthorizationTraceRow } from '../../db/schema/authorization-trace.ts'
import { SIGN_IN_MS } from '../connections/authorization/begin-authorization.ts'
import { requireHandle, type ConnectionName } from '../connections/find-handle.ts'
import type { Context } from '../context/context.ts'
import type { TraceStep } from '../trace/flow-trace.ts'
import type { TimelineFlow, TimelineView } from './timeline-view.ts'

type Page = ConnectionName & { limit: number; cursor?: string | undefined }

/** Sign-ins, renewals, checks and changes of status, newest first, up to this moment. @throws connection.not_found */
export async function timelineOfConnection(context: Context, { limit, cursor, ...name }: Page): Promise<TimelineView> {
  const { row } = await requireHandle(context, name, 'read')
  await context.traces.flush()
  const beforeId = cursor === undefined ? undefined : Number(cursor)
  // One more says whether there is a next page.
  const rows = await listTraces(context.db, { connectionUid: row.uid, beforeId, limit: limit + 1 })
  const page = rows.slice(0, limit)
  return { flows: page.map((each) => viewOf(each, context.now())), nextCursor: rows.length > limit ? String(page.at(-1)!.id) : null }
}

function viewOf({ flowId, kind, startedAt, steps: stored }: AuthorizationTraceRow, nowMs: number): TimelineFlow {
  const steps = stored as TraceStep[]
  const at = (ms: number) => new Date(ms).toISOString()
  return {
    flowId,
    kind,
    at: at(startedAt),
    outcome: outcomeOf({ kind, startedAt, steps }, nowMs),
    steps: steps.map(({ failed, ...step }) => ({ ...step, at: at(step.at), outcome: failed ? 'failed' : 'ok' })),
  }
}

function outcomeOf({ kind, startedAt, steps }: Pick<AuthorizationTraceRow, 'kind' | 'startedAt'> & { steps: TraceStep[] }, nowMs: number): TimelineFlow['outcome'] {
  if (steps.some(({ failed }) => failed)) return 'failed'
  if (kind !== 'authorization' || steps.some(({ step }) => step === 'grant')) return 'ok'
  return nowMs < startedAt + SIGN_IN_MS ? 'waiting' : 'abandoned'
}
