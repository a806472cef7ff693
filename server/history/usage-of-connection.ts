import { readConnectionUsage } from '../../db/queries/usage.ts'
import { requireHandle, type ConnectionName } from '../connections/find-handle.ts'
import type { Context } from '../context/context.ts'
import { reportUsage, UsageSum } from './usage-report.ts'
import type { ConnectionUsage, UsageRange } from './usage-view.ts'
import { windowOf } from './usage-window.ts'

const MAX_TOOLS = 50

/** @throws connection.not_found */
export async function usageOfConnection(context: Context, input: ConnectionName & { range: UsageRange }): Promise<ConnectionUsage> {
  const { row } = await requireHandle(context, input, 'read')
  const window = windowOf(input.range, context.now())
  const steps = await readConnectionUsage(context.db, { connectionUid: row.uid, ...window })
  const tools = new Map<string, UsageSum>()
  for (const step of steps) {
    const sum = tools.get(step.tool) ?? new UsageSum()
    tools.set(step.tool, sum)
    sum.add(step)
  }
  const byTool = Array.from(tools, ([tool, { totals }]) => ({ tool, ...totals })).toSorted((one, other) => other.calls - one.calls)
  return { ...reportUsage(input.range, window, steps), byTool: byTool.slice(0, MAX_TOOLS) }
}
