// Usage by tool and day from outside.
import { z } from 'zod'
import { connectionId } from '../connections/connection-input.ts'
import { namespaceName } from '../namespaces/namespace-name.ts'

export const dailyUsageInput = z.strictObject({
  namespace: namespaceName,
  connectionId,
  from: z.iso.date().optional().describe('The first day, in UTC; six days before the last, if left out.'),
  to: z.iso.date().optional().describe('The last day; today, if left out.'),
})
export type DailyUsageInput = z.infer<typeof dailyUsageInput>

export const dailyUsageView = z.object({
  days: z.array(
    z.object({
      day: z.iso.date().describe('In UTC.'),
      tool: z.string().describe('The tool’s name, or the method for anything but a tool call.'),
      calls: z.int(),
      errors: z.int(),
      p50Ms: z.number().nullable(),
      p95Ms: z.number().nullable(),
    }),
  ),
})
export type DailyUsage = z.infer<typeof dailyUsageView>
