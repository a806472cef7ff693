// Which paths programs call, whatever the door behind them, and the namespace that such a path names.
import { TRPC_PATH } from '../api/door.ts'
import { isReservedName } from '../namespaces/namespace-name.ts'
import { isRestPath } from '../rest/rest-path.ts'

/** First words before a namespace. */
const BEFORE_NAMESPACE: ReadonlySet<string> = new Set(['connect', 'mcp', 'namespaces'])

/** Undefined for pages and assets. A name that is spelt with `%` is nobody's here. */
export function findApiPath(url: string): { namespace: string | undefined } | undefined {
  const queryAt = url.indexOf('?')
  const pathname = queryAt < 0 ? url : url.slice(0, queryAt)
  const [, first = '', second = ''] = pathname.split('/', 3)
  if (`/${first}` === TRPC_PATH) return { namespace: undefined }
  if (BEFORE_NAMESPACE.has(first)) return { namespace: second === '' ? undefined : second }
  return isRestPath(pathname) ? { namespace: isReservedName(first) ? undefined : first } : undefined
}
