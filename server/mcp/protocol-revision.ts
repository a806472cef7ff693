// The revisions of the Model Context Protocol, and what an upstream was found to speak.

/** Stateless: no initialize, no sessions, an envelope in every request. */
export const STATELESS_REVISION = '2026-07-28'
/** The newest revision with sessions; offered in `initialize`. */
export const LATEST_SESSION_REVISION = '2025-11-25'
export const SESSION_REVISIONS: ReadonlySet<string> = new Set(['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05', '2024-10-07'])

/** How an upstream answered when it was first asked; kept with the connection, so that the next process need not ask again. */
export type ProtocolVerdict = { era: 'stateless' } | { era: 'session'; transport: 'streamable-http' | 'sse' }

/** What an upstream says of itself, in `initialize` or `server/discover`. */
export interface UpstreamIdentity {
  protocolVersion: string
  serverInfo: Record<string, unknown> | undefined
  capabilities: Record<string, unknown>
  instructions: string | undefined
}
