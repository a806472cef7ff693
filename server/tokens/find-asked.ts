// What a question about a credential is about, as the decision point wants it.
import { findConnection } from '../../db/queries/connections.ts'
import { findNamespace } from '../../db/queries/namespaces.ts'
import type { House } from '../context/context.ts'
import type { Operation, PermissionRequest } from '../policy/permission.ts'
import type { ExplainInput } from './explain-view.ts'

export type Question = Omit<ExplainInput, 'id' | 'operation'> & { operation: Operation }

/** Says the same of both, to whoever may not know which. */
export const NOTHING_KNOWN = 'there is no such thing, or none that this credential may know of'

/** `undefined`: there is no such thing. */
export async function findAsked(house: House, organizationId: string, question: Question): Promise<PermissionRequest | undefined> {
  const { operation, resource, namespace, connectionId, method, tool } = question
  const row = namespace === undefined ? undefined : await findNamespace(house.db, namespace)
  if (namespace !== undefined && row?.organizationId !== organizationId) return undefined
  const about = { operation, resource, organizationId, ...(namespace !== undefined && { namespace }) }
  if (resource !== 'connections') return about
  const call = method === undefined && tool === undefined ? 'some' : { method: method ?? 'tools/call', params: paramsOf(question) }
  if (connectionId === undefined) return { ...about, connection: 'some', call }
  const stored = namespace === undefined ? undefined : await findConnection(house.db, { namespace, connectionId })
  return stored && { ...about, connection: stored.connection, call }
}

const paramsOf = ({ tool, arguments: input = {} }: Question) => (tool === undefined ? undefined : { name: tool, arguments: input })
