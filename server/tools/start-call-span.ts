import type { ConnectionHandle } from '../context/caches.ts'
import type { Context } from '../context/context.ts'
import { messageFacts } from '../mcp/message-facts.ts'
import type { CallSpan } from '../telemetry/telemetry.ts'

/** Undefined where nothing is traced. */
export const startCallSpan = ({ span }: Context, { row }: ConnectionHandle, method: string, params: Record<string, unknown>): CallSpan | undefined =>
  span?.startCall({ ...messageFacts(method, params), namespace: row.namespace, connectionId: row.connectionId })
