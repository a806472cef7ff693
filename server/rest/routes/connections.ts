import { z } from 'zod'
import { connectionId, createConnectionInput, listConnectionsInput, upsertConnectionInput } from '../../connections/connection-input.ts'
import { connectionGlance, connectionPage, connectionView } from '../../connections/connection-view.ts'
import { createConnection } from '../../connections/create-connection.ts'
import { deleteConnection } from '../../connections/delete-connection.ts'
import { glanceAtConnection } from '../../connections/glance-at-connection.ts'
import { listConnections } from '../../connections/list-connections.ts'
import { upsertConnection } from '../../connections/upsert-connection.ts'
import { examination } from '../../context/examination.ts'
import { examineConnection } from '../../doctor/examine-connection.ts'
import { timelineOfConnection } from '../../history/timeline-of-connection.ts'
import { timelineInput, timelineView } from '../../history/timeline-view.ts'
import { namespaceName } from '../../namespaces/namespace-name.ts'
import { recheckConnection } from '../../tools/recheck-connection.ts'
import { success } from '../components.ts'
import { pollConnection } from '../poll-connection.ts'
import { created, defineRoute, ok } from '../route.ts'
import { waitSeconds } from '../wait-until.ts'

const inNamespace = z.object({ namespace: namespaceName })
export const oneConnection = z.object({ namespace: namespaceName, connectionId })

export const CONNECTION_MOUNTS = ['', '/connect']

const waitQuery = z.object({
  wait: waitSeconds.describe('Seconds to wait for the state in `until`.'),
  until: listConnectionsInput.shape.state.unwrap().default('connected'),
})

const check = (verb: 'check' | 'refresh') =>
  defineRoute({
    method: 'POST',
    path: `/{namespace}/{connectionId}/.${verb}`,
    mounts: CONNECTION_MOUNTS,
    operationId: `${verb}Connection`,
    summary: 'Ask the MCP server now, and answer the fresh connection',
    access: { resource: 'connections', operation: 'write' },
    params: oneConnection,
    answers: { 200: connectionView },
    handle: async ({ params }, context) => ok(await recheckConnection(context, params)),
  })

export const connectionRoutes = [
  defineRoute({
    method: 'GET',
    path: '/{namespace}',
    mounts: CONNECTION_MOUNTS,
    operationId: 'listConnections',
    summary: 'The connections of a namespace, newest first, filtered by metadata',
    access: { resource: 'connections', operation: 'read' },
    params: inNamespace,
    query: listConnectionsInput.omit({ namespace: true }),
    answers: { 200: connectionPage },
    handle: async ({ params, query }, context) => ok(await listConnections(context, { ...query, ...params })),
  }),
  defineRoute({
    method: 'POST',
    path: '/{namespace}',
    mounts: CONNECTION_MOUNTS,
    operationId: 'createConnection',
    summary: 'Connect an MCP server under a generated id',
    access: { resource: 'connections', operation: 'write' },
    params: inNamespace,
    body: createConnectionInput,
    answers: { 201: connectionView },
    handle: async ({ params, body }, context) => created(await createConnection(context, { ...body, ...params })),
  }),
  defineRoute({
    method: 'GET',
    path: '/{namespace}/{connectionId}',
    mounts: CONNECTION_MOUNTS,
    operationId: 'getConnection',
    summary: 'One connection; with `wait`, as soon as it is in a state',
    description: 'For a credential that may call it and not read it: its status.',
    access: { resource: 'connections', operation: 'read' },
    params: oneConnection,
    query: waitQuery,
    answers: { 200: z.union([connectionView, connectionGlance]) },
    async handle({ params, query: { wait, until }, request }, context) {
      if (wait === 0) return ok(await glanceAtConnection(context, params))
      return ok(await pollConnection(context, request, { ...params, until, waitSeconds: wait }))
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/{namespace}/{connectionId}',
    mounts: CONNECTION_MOUNTS,
    operationId: 'upsertConnection',
    summary: 'Connect an MCP server under this id, or change the connection that has it',
    description: 'What is left out stays as it is; mcpUrl is needed to create and cannot be changed afterwards.',
    access: { resource: 'connections', operation: 'write' },
    params: oneConnection,
    body: upsertConnectionInput,
    answers: { 200: connectionView, 201: connectionView },
    async handle({ params, body }, context) {
      const { connection, created: isNew } = await upsertConnection(context, { ...body, ...params })
      return isNew ? created(connection) : ok(connection)
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/{namespace}/{connectionId}',
    mounts: CONNECTION_MOUNTS,
    operationId: 'deleteConnection',
    summary: 'Delete a connection and its credentials',
    access: { resource: 'connections', operation: 'write' },
    params: oneConnection,
    answers: { 200: success.extend({ revokedUpstream: z.boolean().optional().describe('Whether the authorization server ended the grant, if there was one.') }) },
    async handle({ params }, context) {
      const { revokedUpstream } = await deleteConnection(context, params)
      return ok({ success: true, ...(revokedUpstream !== null && { revokedUpstream }) })
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/{namespace}/{connectionId}/.timeline',
    mounts: CONNECTION_MOUNTS,
    operationId: 'getTimeline',
    summary: 'What the connection went through, newest first: sign-ins, renewals, checks, changes of status',
    description: 'Each step with what was asked and answered by name, what came of it, and the section of the specification. No value of a token, code or secret is kept.',
    access: { resource: 'connections', operation: 'read' },
    params: oneConnection,
    query: timelineInput,
    answers: { 200: timelineView },
    handle: async ({ params, query }, context) => ok(await timelineOfConnection(context, { ...query, ...params })),
  }),
  check('check'),
  check('refresh'),
  defineRoute({
    method: 'POST',
    path: '/{namespace}/{connectionId}/.doctor',
    mounts: CONNECTION_MOUNTS,
    operationId: 'examineConnection',
    summary: 'Find out what is wrong with a connection, and what mends it',
    description: 'Asks the MCP server and its authorization server, within 20 seconds, and changes nothing: no status, no token, no registration.',
    access: { resource: 'connections', operation: 'write' },
    params: oneConnection,
    answers: { 200: examination },
    handle: async ({ params }, context) => ok(await examineConnection(context, params)),
  }),
]
