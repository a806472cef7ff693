// Where a connection's requests go. Mechanisms see only this: not the row, not the database, not the
// vault. The credential is opened by `open()`, for one request, and held by nobody.
import type { AppError } from '../lib/app-error.ts'
import type { ProtocolVerdict } from './protocol-revision.ts'

export interface OpenedTarget {
  /** With its secret query. */
  url: URL
  /** The stored headers; a fresh object that the caller may add to. */
  headers: Record<string, string>
  /** Whose share of the server's sockets a request takes. */
  payer?: string
}

/** What to do when the upstream refuses a token. */
export interface TokenRenewal {
  /** The same target with a fresh token. `quietly`: who asks writes down what comes of it. @throws connection.auth_required, oauth.* */
  renew(quietly?: boolean): Promise<UpstreamTarget>
  /** The fresh token was refused, too. What the caller hears, once the connection's status says so; never rejects. */
  refused(): Promise<AppError>
  /** The server wants this scope: kept, until a person comes. False if it was granted already and asking again would not help. */
  askForScope(wanted: string): Promise<boolean>
}

export interface UpstreamTarget {
  connectionUid: string
  /** Changes with the URL and with the credential: a session opened under another revision is not used again. */
  revision: string
  sessions: 'shared' | 'per-actor'
  verdict: ProtocolVerdict | undefined
  open(): OpenedTarget
  /** Undefined if the credential is not one that can be renewed. */
  renewal?: TokenRenewal | undefined
}
