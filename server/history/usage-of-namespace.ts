import { readNamespaceUsage } from '../../db/queries/usage.ts'
import type { Context } from '../context/context.ts'
import { requireNamespace } from '../namespaces/namespaces.ts'
import { reportUsage } from './usage-report.ts'
import type { UsageRange, UsageReport } from './usage-view.ts'
import { windowOf } from './usage-window.ts'

/** What all calls of a namespace came to, those of deleted connections included. @throws namespace.not_found */
export async function usageOfNamespace(context: Context, input: { namespace: string; range: UsageRange }): Promise<UsageReport> {
  const { name } = await requireNamespace(context, { name: input.namespace, operation: 'read', resource: 'connections' })
  const window = windowOf(input.range, context.now())
  return reportUsage(input.range, window, await readNamespaceUsage(context.db, { namespace: name, ...window }))
}
