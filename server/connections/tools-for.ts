import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { Context } from '../context/context.ts'
import { limitsCalls, needsDefinitions } from '../policy/call-limits.ts'
import { visibleTools } from '../policy/visible-tools.ts'
import { findReadOnlyTools } from './read-only-tools.ts'

/** Of a server's tools those that this actor may call. */
export async function toolsFor<Tool extends { name: string }>(context: Context, row: ConnectionRow, tools: Tool[]): Promise<Tool[]> {
  const { actor } = context
  if (!limitsCalls(actor)) return tools
  return visibleTools(actor, row, tools, needsDefinitions(actor) ? await findReadOnlyTools(context, row) : undefined)
}
