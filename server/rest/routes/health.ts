// Routes about Plugboard itself.
import { z } from 'zod'
import { definePublicRoute, ok } from '../route.ts'

export const healthRoute = definePublicRoute({
  method: 'GET',
  path: '/health',
  operationId: 'getHealth',
  summary: 'Whether Plugboard answers',
  answers: { 200: z.object({ status: z.literal('ok'), timestamp: z.iso.datetime() }) },
  handle: async (_input, house) => ok({ status: 'ok', timestamp: new Date(house.now()).toISOString() }),
})
