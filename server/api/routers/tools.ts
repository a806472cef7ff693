import { z } from 'zod'
import { connectionId } from '../../connections/connection-input.ts'
import { namespaceName } from '../../namespaces/namespace-name.ts'
import { callTool } from '../../tools/call-tool.ts'
import { listTools } from '../../tools/list-tools.ts'
import { toolArguments } from '../../tools/tool-arguments.ts'
import { procedure, router } from '../procedures.ts'
import { watchToolCall } from '../watch-tool-call.ts'

const address = { namespace: namespaceName, connectionId }
const call = z.strictObject({ ...address, tool: z.string().min(1).max(500), arguments: toolArguments.default({}) })

export const toolsRouter = router({
  list: procedure.input(z.strictObject(address)).query(({ ctx, input, signal }) => listTools(ctx.context, { ...input, signal })),
  /**
   * A mutation: who knows what a tool does. Answers MCP's CallToolResult, as the server gave it.
   * tRPC keeps the name `call` for itself.
   */
  invoke: procedure
    .input(call)
    .mutation(({ ctx, input, signal }) => callTool(ctx.context, { ...input, signal: signal ?? ctx.handle.callerSignal })),
  /** The same, watched: what is sent, every message that comes back, the result. Needs httpBatchStreamLink. */
  stream: procedure
    .input(call)
    .mutation(({ ctx, input, signal }) => watchToolCall({ ...ctx.context, handle: ctx.handle }, { ...input, signal })),
})
