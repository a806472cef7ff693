import type { PageContext } from '../../lib/load-context.ts'
import type { FormResult } from './answer-form.ts'
import { connectionPath } from '../../lib/connection-paths.ts'
import { type ConnectionForm, headersOf, inputProblem, metadataOf } from './read-connection-form.ts'

async function isTaken({ api, explain }: PageContext, namespace: string, connectionId: string): Promise<boolean> {
  try {
    await api.connections.get({ namespace, connectionId })
    return true
  } catch (error) {
    if (explain(error)?.code === 'connection.not_found') return false
    throw error
  }
}

/** Under the id that was typed, or one that is made up. An id that is taken is a mistake here, not a change. */
export async function saveNewConnection(context: PageContext, namespace: string, form: ConnectionForm): Promise<FormResult> {
  const { connectionId, mcpUrl, name, sessions } = form
  const leadTo = (saved: { connectionId: string }) => ({ leadsTo: `${connectionPath(namespace, saved.connectionId)}?added` })
  const input = { namespace, mcpUrl, sessions, ...(name !== undefined && { name }), headers: headersOf(form), metadata: metadataOf(form) }
  if (connectionId === undefined) return leadTo(await context.api.connections.create(input))
  if (await isTaken(context, namespace, connectionId)) {
    const problem = `"${connectionId}" is taken in this namespace; choose another, or edit that connection`
    return { problem: inputProblem('connectionId', problem, context.requestId, 'connection.taken') }
  }
  return leadTo((await context.api.connections.upsert({ ...input, connectionId })).connection)
}
