// Where a connection's requests go. Mechanisms see only this: not the row, not the database, not the
// vault. The credential is opened by `open()`, for one request, and held by nobody.
import type { ProtocolVerdict } from './protocol-revision.ts'

export interface OpenedTarget {
  /** With its secret query. */
  url: URL
  /** The stored headers; a fresh object that the caller may add to. */
  headers: Record<string, string>
}

export interface UpstreamTarget {
  connectionUid: string
  /** Changes with the URL and with the credential: a session opened under another revision is not used again. */
  revision: string
  sessions: 'shared' | 'per-actor'
  verdict: ProtocolVerdict | undefined
  open(): OpenedTarget
  /** After a 401: a fresh token, once per call. Undefined if there is nothing to renew. */
  renew?: (() => Promise<UpstreamTarget>) | undefined
}
