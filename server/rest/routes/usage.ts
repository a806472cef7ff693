import { dailyUsage } from '../../history/daily-usage.ts'
import { dailyUsageInput, dailyUsageView } from '../../history/daily-usage-view.ts'
import { defineRoute, ok } from '../route.ts'

export const usageRoute = defineRoute({
  method: 'GET',
  path: '/api/usage',
  operationId: 'getUsage',
  summary: 'What a connection was called for, by tool and day; kept for 30 days',
  access: { resource: 'connections', operation: 'read' },
  query: dailyUsageInput,
  answers: { 200: dailyUsageView },
  handle: async ({ query }, context) => ok(await dailyUsage(context, query)),
})
