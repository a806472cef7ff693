// What a connection went through, as it looks from outside.
import { z } from 'zod'
import { STEP_NAMES } from '../trace/steps.ts'

export const timelineInput = z.strictObject({
  limit: z.coerce.number('must be a number').int().min(1).max(50).default(20),
  cursor: z.string().regex(/^\d{1,15}$/, 'is not one that a timeline returned').optional(),
})

const exchange = z.object({
  method: z.enum(['GET', 'POST']),
  url: z.string().describe('Origin and path.'),
  sent: z.array(z.string()).describe('Names of parameters, never values.'),
  status: z.number().nullable().describe('null: no answer came, or it was a browser’s request.'),
  received: z.array(z.string()).describe('Names of members, never values.'),
  theirError: z.string().nullable().describe('The other side’s own `error` (RFC 6749 §5.2), if it is a plain word.'),
})

const step = z.object({
  at: z.iso.datetime(),
  step: z.enum(STEP_NAMES),
  decision: z.string().describe('What came of it, in a sentence of Plugboard’s.'),
  section: z.string().nullable().describe('Where the step, or the rule that was broken, is written down.'),
  outcome: z.enum(['ok', 'failed']),
  code: z.string().nullable(),
  durationMs: z.number(),
  exchanges: z.array(exchange),
})

const flow = z.object({
  flowId: z.string(),
  kind: z.enum(['authorization', 'refresh', 'check', 'status']),
  at: z.iso.datetime(),
  outcome: z.enum(['ok', 'failed', 'waiting', 'abandoned']).describe('Of a sign-in: "waiting" for the person, or "abandoned" after ten minutes.'),
  steps: z.array(step),
})

export const timelineView = z.object({ flows: z.array(flow), nextCursor: z.string().nullable() })
export type TimelineView = z.infer<typeof timelineView>
export type TimelineFlow = z.infer<typeof flow>
