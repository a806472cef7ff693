import { z } from 'zod'
import type { Context } from '../../context/context.ts'
import { callTool, callToolResult } from '../../tools/call-tool.ts'
import { listTools } from '../../tools/list-tools.ts'
import { tool } from '../../tools/tool.ts'
import { toolArguments } from '../../tools/tool-arguments.ts'
import { toolList } from '../components.ts'
import { toolNotFound } from '../rest-errors.ts'
import { defineRoute, ok, type RestRequest } from '../route.ts'
import { findCategory, findTool, readToolPath } from '../tool-path.ts'
import { CONNECTION_MOUNTS, oneConnection } from './connections.ts'

const oneTool = oneConnection.extend({
  tool: z.string().min(1).max(500).describe('The tool’s name; its dots may be written as slashes.'),
})

interface ConnectionAddress {
  namespace: string
  connectionId: string
}

/** One spelling needs no look at the list; with two, the listed one is meant. */
async function resolveName(context: Context, address: ConnectionAddress, request: RestRequest): Promise<string> {
  const path = readToolPath(request.url)
  if (path.exact === path.dotted) return path.exact
  const { tools } = await listTools(context, { ...address, signal: request.signal })
  return findTool(tools, path)?.name ?? path.dotted
}

export const callToolRoute = defineRoute({
  method: 'POST',
  path: '/{namespace}/{connectionId}/.tools/{tool}',
  mounts: CONNECTION_MOUNTS,
  takesRest: true,
  operationId: 'callTool',
  summary: 'Call a tool: the body is its arguments, the answer its result',
  access: { resource: 'connections', operation: 'execute' },
  params: oneTool,
  body: toolArguments,
  answers: { 200: callToolResult },
  async handle({ params: { namespace, connectionId }, body, request }, context) {
    const address = { namespace, connectionId }
    const name = await resolveName(context, address, request)
    return ok(await callTool(context, { ...address, tool: name, arguments: body, signal: request.signal }))
  },
})

export const toolRoutes = [
  defineRoute({
    method: 'GET',
    path: '/{namespace}/{connectionId}/.tools',
    mounts: CONNECTION_MOUNTS,
    operationId: 'listTools',
    summary: 'The tools that the MCP server offers',
    access: { resource: 'connections', operation: 'execute' },
    params: oneConnection,
    answers: { 200: toolList },
    handle: async ({ params, request }, context) => ok(await listTools(context, { ...params, signal: request.signal })),
  }),
  defineRoute({
    method: 'GET',
    path: '/{namespace}/{connectionId}/.tools/{tool}',
    mounts: CONNECTION_MOUNTS,
    takesRest: true,
    operationId: 'getTool',
    summary: 'One tool, or the tools of a category such as `issues`',
    access: { resource: 'connections', operation: 'execute' },
    params: oneTool,
    answers: { 200: z.union([tool, toolList]) },
    async handle({ params: { namespace, connectionId }, request }, context) {
      const path = readToolPath(request.url)
      const { tools } = await listTools(context, { namespace, connectionId, signal: request.signal })
      const found = findTool(tools, path)
      if (found) return ok(found)
      const category = findCategory(tools, path)
      if (category.length === 0) throw toolNotFound()
      return ok({ tools: category })
    },
  }),
  callToolRoute,
]
