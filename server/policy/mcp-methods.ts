// Every MCP method a client may send, of every protocol revision, in one table: what it asks for, whether
// callers that share an upstream session may use it, and what it is to a token that limits calls. A method that
// is not listed is not part of the shared session, and not for such a token, whatever it turns out to mean.
import type { Operation } from './permission.ts'

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
  /**
   * To limits of calls. `lifecycle`: without it nobody can connect, and it reaches nothing; always allowed.
   * `listing`: says what there is; costs no budget. Everything else is limited by its name, and counted.
   */
  role?: 'lifecycle' | 'listing'
}

const rows: Readonly<Record<string, MethodRow>> = {
  initialize: { operation: 'execute', session: 'own', role: 'lifecycle' },
  'notifications/initialized': { operation: 'execute', session: 'own', role: 'lifecycle' },
  ping: { operation: 'execute', session: 'shared', role: 'lifecycle' },
  'server/discover': { operation: 'execute', session: 'shared', cacheable: true, role: 'lifecycle' },
  'tools/list': { operation: 'execute', session: 'shared', cacheable: true, role: 'listing' },
  'tools/call': { operation: 'execute', session: 'shared', nameParam: 'name' },
  'resources/list': { operation: 'execute', session: 'shared', cacheable: true, role: 'listing' },
  'resources/templates/list': { operation: 'execute', session: 'shared', cacheable: true, role: 'listing' },
  'resources/read': { operation: 'execute', session: 'shared', nameParam: 'uri', cacheable: true },
  'resources/subscribe': { operation: 'execute', session: 'own' },
  'resources/unsubscribe': { operation: 'execute', session: 'own' },
  'prompts/list': { operation: 'execute', session: 'shared', cacheable: true, role: 'listing' },
  'prompts/get': { operation: 'execute', session: 'shared', nameParam: 'name' },
  'completion/complete': { operation: 'execute', session: 'shared' },
  'logging/setLevel': { operation: 'execute', session: 'own' },
  'subscriptions/listen': { operation: 'execute', session: 'own' },
  'tasks/get': { operation: 'execute', session: 'own' },
  'tasks/result': { operation: 'execute', session: 'own' },
  'tasks/list': { operation: 'execute', session: 'own' },
  'tasks/cancel': { operation: 'execute', session: 'own' },
  'tasks/update': { operation: 'execute', session: 'own' },
  'notifications/cancelled': { operation: 'execute', session: 'shared', role: 'lifecycle' },
  'notifications/progress': { operation: 'execute', session: 'own', role: 'lifecycle' },
  'notifications/roots/list_changed': { operation: 'execute', session: 'own' },
  'notifications/tasks/status': { operation: 'execute', session: 'own' },
}

const table = new Map(Object.entries(rows))

export const findMethod = (method: string): MethodRow | undefined => table.get(method)

/** May callers that share one upstream session send this? */
export const isSharedMethod = (method: string): boolean => table.get(method)?.session === 'shared'

/** What a server may ask its client; a token that limits calls needs them listed to answer. */
const serverRequests: ReadonlySet<string> = new Set(['sampling/createMessage', 'elicitation/create', 'roots/list'])

/** What a limit can name: the methods of the protocol, in either direction. */
export const isKnownMethod = (method: string): boolean => table.has(method) || serverRequests.has(method)
