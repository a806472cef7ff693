import { namespacePath } from '../../lib/connection-paths.ts'

/** The playground with a connection chosen, and a tool of it. */
export function playgroundPath(namespace: string, connectionId: string, tool?: string): string {
  const search = new URLSearchParams({ connection: connectionId, ...(tool !== undefined && { tool }) })
  return `${namespacePath(namespace)}/playground?${search.toString()}`
}
