import { z } from 'zod'
import type { Context } from '../../context/context.ts'
import { invalidInput } from '../../lib/app-error.ts'
import { namespaceName } from '../../namespaces/namespace-name.ts'
import { getNamespaceSettings, namespaceSettingsInput, namespaceSettingsView, updateNamespaceSettings } from '../../namespaces/namespace-settings.ts'
import { removeNamespace } from '../../connections/remove-namespace.ts'
import { createNamespace, ensureNamespace, listNamespaces, namespaceView } from '../../namespaces/namespaces.ts'
import { created, defineRoute, ok } from '../route.ts'

const named = z.object({ name: namespaceName })
const organization = { organizationId: z.string().optional().describe('Accepted if it is the one that the credential belongs to.') }

const listQuery = z.object({
  page: z.coerce.number('must be a number').int().min(1).default(1),
  pageSize: z.coerce.number('must be a number').int().min(1).max(50).default(50),
  q: z.string().optional().describe('Part of a name.'),
})

const namespacePage = z.object({
  namespaces: z.array(namespaceView),
  pagination: z.object({ currentPage: z.int(), pageSize: z.int(), totalPages: z.int(), totalCount: z.int() }),
})

/** A key speaks for one organization; a request that names another one is a mix-up worth hearing about. */
function refuseOtherOrganization(context: Context, organizationId: string | undefined): void {
  if (organizationId !== undefined && organizationId !== context.actor.organizationId) {
    throw invalidInput('organizationId', 'is not the organization of this credential')
  }
}

export const namespaceRoutes = [
  defineRoute({
    method: 'GET',
    path: '/namespaces',
    operationId: 'listNamespaces',
    summary: 'Your namespaces',
    description: 'A page past the last one is an empty list.',
    access: { resource: 'namespaces', operation: 'read' },
    query: listQuery,
    answers: { 200: namespacePage },
    async handle({ query: { page, pageSize, q = '' } }, context) {
      const own = (await listNamespaces(context)).filter((namespace) => namespace.name.includes(q))
      const pagination = { currentPage: page, pageSize, totalPages: Math.ceil(own.length / pageSize), totalCount: own.length }
      return ok({ namespaces: own.slice((page - 1) * pageSize, page * pageSize), pagination })
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/namespaces',
    operationId: 'createNamespace',
    summary: 'Create a namespace with a generated name; PUT takes a name of yours',
    access: { resource: 'namespaces', operation: 'write' },
    body: z.strictObject(organization),
    answers: { 201: namespaceView },
    async handle({ body: { organizationId } }, context) {
      refuseOtherOrganization(context, organizationId)
      return created(await createNamespace(context))
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/namespaces/{name}',
    operationId: 'ensureNamespace',
    summary: 'Create a namespace of this name, if you do not have it already',
    access: { resource: 'namespaces', operation: 'write' },
    params: named,
    body: z.strictObject(organization),
    answers: { 201: namespaceView },
    async handle({ params: { name }, body: { organizationId } }, context) {
      refuseOtherOrganization(context, organizationId)
      return created(await ensureNamespace(context, { name }))
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/namespaces/{name}',
    operationId: 'removeNamespace',
    summary: 'Delete a namespace and every connection in it',
    access: { resource: 'namespaces', operation: 'write' },
    params: named,
    answers: {
      200: z.object({
        success: z.literal(true),
        name: z.string(),
        grants: z.object({ givenBack: z.int(), left: z.int() }).optional().describe('What became of what was granted to its connections, if anything was.'),
      }),
    },
    async handle({ params: { name } }, context) {
      const { grants } = await removeNamespace(context, { name })
      return ok({ success: true, name, ...(grants && { grants }) })
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/namespaces/{name}/settings',
    operationId: 'getNamespaceSettings',
    summary: 'How people are sent to sign in, and back',
    access: { resource: 'namespace_settings', operation: 'read' },
    params: named,
    answers: { 200: namespaceSettingsView },
    handle: async ({ params }, context) => ok(await getNamespaceSettings(context, params)),
  }),
  defineRoute({
    method: 'PUT',
    path: '/namespaces/{name}/settings',
    operationId: 'updateNamespaceSettings',
    summary: 'Change how people are sent to sign in, and back',
    description: 'What is left out stays as it is.',
    access: { resource: 'namespace_settings', operation: 'write' },
    params: named,
    body: namespaceSettingsInput,
    answers: { 200: namespaceSettingsView },
    handle: async ({ params, body }, context) => ok(await updateNamespaceSettings(context, { ...body, ...params })),
  }),
]
