import { z } from 'zod'
import { connectionId } from '../../connections/connection-input.ts'
import { namespaceName } from '../../namespaces/namespace-name.ts'
import { callTool } from '../../tools/call-tool.ts'
import { listTools } from '../../tools/list-tools.ts'
import { toolArguments } from '../../tools/tool-arguments.ts'
import { procedure, router } from '../procedures.ts'

const address = { namespace: namespaceName, connectionId }

export const toolsRouter = router({
  list: procedure.input(z.strictObject(address)).query(({ ctx, input, signal }) => listTools(ctx.context, { ...input, signal })),
  /**
   * A mutation: who knows what a tool does. Answers MCP's CallToolResult, as the server gave it.
   * tRPC keeps the name `call` for itself.
   */
  invoke: procedure
    .input(z.strictObject({ ...address, tool: z.string().min(1).max(500), arguments: toolArguments.default({}) }))
    .mutation(({ ctx, input, signal }) => callTool(ctx.context, { ...input, signal: signal ?? ctx.handle.callerSignal })),
})
