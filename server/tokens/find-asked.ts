// What a question about a credential is about, as the decision point wants it.
import { findConnection } from '../../db/queries/connections.ts'
import { findNamespace } from '../../db/queries/namespaces.ts'
import { findReadOnlyTools } from '../connections/read-only-tools.ts'
import type { Context } from '../context/context.ts'
import type { Actor } from '../policy/actor.ts'
import { needsDefinitions } from '../policy/call-limits.ts'
import type { CallFacts, Operation, PermissionRequest } from '../policy/permission.ts'
import type { ExplainInput } from './explain-view.ts'

export type Question = Omit<ExplainInput, 'id' | 'operation'> & { operation: Operation }

/** Says the same of both, to whoever may not know which. */
export const NOTHING_KNOWN = 'there is no such thing, or none that this credential may know of'

/** For `actor`, whoever asks. `undefined`: there is no such thing. */
export async function findAsked(context: Context, actor: Actor, question: Question): Promise<PermissionRequest | undefined> {
  const { db } = context
  const { organizationId } = actor
  const { operation, resource, namespace, connectionId, method, tool } = question
  const row = namespace === undefined ? undefined : await findNamespace(db, namespace)
  if (namespace !== undefined && row?.organizationId !== organizationId) return undefined
  const about = { operation, resource, organizationId, ...(namespace !== undefined && { namespace }) }
  if (resource !== 'connections') return about
  const call: CallFacts | 'some' = method === undefined && tool === undefined ? 'some' : { method: method ?? 'tools/call', params: paramsOf(question) }
  if (connectionId === undefined) return { ...about, connection: 'some', call }
  const stored = namespace === undefined ? undefined : await findConnection(db, { namespace, connectionId })
  if (!stored || call === 'some' || !needsDefinitions(actor)) return stored && { ...about, connection: stored.connection, call }
  const isReadOnly = await findReadOnlyTools({ ...context, actor }, stored.connection)
  return { ...about, connection: stored.connection, call: { ...call, isReadOnly } }
}

const paramsOf = ({ tool, arguments: input = {} }: Question) => (tool === undefined ? undefined : { name: tool, arguments: input })
