// Every MCP method a client may send, of every protocol revision, in one table: what it asks for and
// whether callers that share an upstream session may use it. A method that is not listed is not part
// of the shared session, whatever it turns out to mean.
import type { Operation } from './authorize.ts'

interface MethodRow {
  operation: Operation
  /**
   * `shared`: safe on an upstream session that several callers share: it reads, or calls, and leaves
   * no state behind. `own`: it changes or enumerates session state, so it needs a session of one's own.
   */
  session: 'shared' | 'own'
  /** MCP 2026-07-28: which parameter the Mcp-Name header repeats. */
  nameParam?: 'name' | 'uri'
  /** MCP 2026-07-28: the result must carry ttlMs and cacheScope. */
  cacheable?: true
}

const rows: Readonly<Record<string, MethodRow>> = {
  initialize: { operation: 'execute', session: 'own' },
  'notifications/initialized': { operation: 'execute', session: 'own' },
  ping: { operation: 'execute', session: 'shared' },
  'server/discover': { operation: 'execute', session: 'shared', cacheable: true },
  'tools/list': { operation: 'execute', session: 'shared', cacheable: true },
  'tools/call': { operation: 'execute', session: 'shared', nameParam: 'name' },
  'resources/list': { operation: 'execute', session: 'shared', cacheable: true },
  'resources/templates/list': { operation: 'execute', session: 'shared', cacheable: true },
  'resources/read': { operation: 'execute', session: 'shared', nameParam: 'uri', cacheable: true },
  'resources/subscribe': { operation: 'execute', session: 'own' },
  'resources/unsubscribe': { operation: 'execute', session: 'own' },
  'prompts/list': { operation: 'execute', session: 'shared', cacheable: true },
  'prompts/get': { operation: 'execute', session: 'shared', nameParam: 'name' },
  'completion/complete': { operation: 'execute', session: 'shared' },
  'logging/setLevel': { operation: 'execute', session: 'own' },
  'subscriptions/listen': { operation: 'execute', session: 'own' },
  'tasks/get': { operation: 'execute', session: 'own' },
  'tasks/result': { operation: 'execute', session: 'own' },
  'tasks/list': { operation: 'execute', session: 'own' },
  'tasks/cancel': { operation: 'execute', session: 'own' },
  'tasks/update': { operation: 'execute', session: 'own' },
  'notifications/cancelled': { operation: 'execute', session: 'shared' },
  'notifications/progress': { operation: 'execute', session: 'own' },
  'notifications/roots/list_changed': { operation: 'execute', session: 'own' },
  'notifications/tasks/status': { operation: 'execute', session: 'own' },
}

const table = new Map(Object.entries(rows))

export const findMethod = (method: string): MethodRow | undefined => table.get(method)

/** May callers that share one upstream session send this? */
export const isSharedMethod = (method: string): boolean => table.get(method)?.session === 'shared'
