import { z } from 'zod'
import { completeConnectSession } from '../../connect-sessions/complete-connect-session.ts'
import { completeConnectSessionInput, connectSessionId, createConnectSessionInput } from '../../connect-sessions/connect-session-input.ts'
import { connectSessionView, createdConnectSessionView } from '../../connect-sessions/connect-session-view.ts'
import { createConnectSession } from '../../connect-sessions/create-connect-session.ts'
import { getConnectSession } from '../../connect-sessions/get-connect-session.ts'
import { pollConnectSession } from '../poll-connect-session.ts'
import { created, defineRoute, ok } from '../route.ts'
import { waitSeconds } from '../wait-until.ts'

const one = z.object({ connectSessionId })

export const connectSessionRoutes = [
  defineRoute({
    method: 'POST',
    path: '/connect-sessions',
    operationId: 'createConnectSession',
    summary: 'A link for one person, to connect one server',
    access: { resource: 'connections', operation: 'write' },
    body: createConnectSessionInput,
    answers: { 201: createdConnectSessionView },
    handle: async ({ body }, context) => created(await createConnectSession(context, body)),
  }),
  defineRoute({
    method: 'GET',
    path: '/connect-sessions/{connectSessionId}',
    operationId: 'getConnectSession',
    summary: 'How it stands; with `wait`, as soon as it is over',
    access: { resource: 'connections', operation: 'read' },
    params: one,
    query: z.object({ wait: waitSeconds.describe('Seconds to wait for the end.') }),
    answers: { 200: connectSessionView },
    async handle({ params, query: { wait }, request }, context) {
      if (wait === 0) return ok(await getConnectSession(context, params))
      return ok(await pollConnectSession(context, request, { ...params, waitSeconds: wait }))
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/connect-sessions/{connectSessionId}/complete',
    operationId: 'completeConnectSession',
    summary: 'Say that the person who came back is the one you sent',
    description: 'With completion "backend". For API keys alone. If it is another person, what was granted is given back.',
    access: { resource: 'connections', operation: 'write' },
    params: one,
    body: completeConnectSessionInput,
    answers: { 200: connectSessionView },
    handle: async ({ params, body }, context) => ok(await completeConnectSession(context, { ...body, ...params })),
  }),
]
