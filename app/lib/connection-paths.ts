// Addresses of pages that more than one page links to.
import type { ConnectionState } from './load-context.ts'

export const namespacePath = (namespace: string): string => `/app/${encodeURIComponent(namespace)}`

export const connectionsPath = (namespace: string, state?: ConnectionState): string =>
  `${namespacePath(namespace)}/connections${state === undefined ? '' : `?state=${state}`}`

export const connectionPath = (namespace: string, connectionId: string): string =>
  `${namespacePath(namespace)}/connections/${encodeURIComponent(connectionId)}`
