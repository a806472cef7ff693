// What a page is given for one request: the only way from a loader to the house.
import type { ConnectionStatus } from '../connections/connection-view.ts'

export type ConnectionState = ConnectionStatus['state']

export interface StatusSummary {
  mode: 'laptop' | 'server'
  /** Without a trailing slash. */
  publicUrl: string
  /** Undefined on a server: the page is public there, and a stranger learns nothing about the operator's installation. */
  detail: StatusDetail | undefined
}

export interface StatusDetail {
  version: string
  uptimeSeconds: number
  database: { kind: 'file' | 'remote'; reachable: boolean }
  /** Of all namespaces; a state without connections may be left out. */
  connections: Partial<Record<ConnectionState, number>>
  /** Where the root key lies, relative to where Plugboard was started; undefined if it came from the environment. */
  keyFile: string | undefined
  /** A call that works now, against the demo connection; undefined if there is none. */
  firstCall: FirstCall | undefined
}

export interface FirstCall {
  namespace: string
  connectionId: string
  tool: string
  arguments: Record<string, unknown>
}

export interface PageContext {
  /** Of this answer's content security policy. */
  nonce: string
  requestId: string
  status(): Promise<StatusSummary>
  /** An error that a page did not foresee, for the log. */
  reportError(error: unknown): void
}
