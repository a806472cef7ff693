// Every way in which the fixture upstream can differ from a well-behaved server. One knob, one
// difference; all can be turned while it runs.

/** Knobs that spoil an answer apply to these methods only; refusals at the door apply to all. */
export type SpoiltMethods = readonly string[]

export interface FixtureKnobs {
  // What kind of server it is
  /** Sessions and `initialize` (up to 2025-11-25), the stateless revision 2026-07-28, or both. */
  era: 'session' | 'stateless' | 'both'
  /** Hand out an Mcp-Session-Id and insist on it; false is a server of the session era without ids. */
  sessions: boolean
  /** Answer requests as an event stream; false answers plain JSON. */
  sse: boolean
  /** GET opens a stream for notifications; false answers 405. */
  getStream: boolean
  /** What tools/list shows beside the built-in tools. */
  extraTools: readonly FixtureTool[]
  /** Compress JSON answers. */
  encoding: 'gzip' | 'deflate' | 'br' | null
  /** Added to every answer: set-cookie, location, access-control-allow-origin, a thousand names. */
  upstreamHeaders: Readonly<Record<string, string | string[]>>

  // Refusals at the door, for every request
  /** 401 without any hint of OAuth unless this header or query parameter has this value. */
  apiKey: { in: 'header' | 'query'; name: string; value: string } | null
  /** 401 with `WWW-Authenticate: Bearer resource_metadata="…"`. */
  oauthChallenge: { resourceMetadata: string } | null
  redirect: { status: 301 | 302 | 303 | 307 | 308; location: string } | null
  /** The next request of a session is refused once and the session forgotten. 400 says "No valid session ID". */
  loseSession: 404 | 400 | null

  // Spoilt answers, for the methods in `on`
  on: SpoiltMethods
  /** The head of the answer waits for this. */
  slowHeaders: Promise<void> | null
  /** The body of the answer waits for this; the head has left. */
  slowBody: Promise<void> | null
  /** Reset before any answer; end an event stream without the answer; reset in the middle of the body. */
  cutStream: 'before-head' | 'end' | 'reset' | null
  /** A body of this many bytes (Infinity: until the reader leaves), never the whole in memory. */
  hugeBody: number | null
  /** A compressed body that unpacks to this many zero bytes. */
  compressionBomb: { encoding: 'gzip' | 'deflate' | 'br'; bytes: number } | null
  /** A 200 HTML page with a script in it. */
  html: boolean
  /** 204 without a body. */
  noContent: boolean
  /** JSON that stops in the middle, with a content-length that says it is whole. */
  partialJson: boolean
  /** Another request's id; the answer twice; strangers' messages before the own answer (event stream only). */
  answerIds: 'own' | 'foreign' | 'duplicate' | 'strangers-first'
  /** An HTTP error whose body quotes the request's headers and URL, as careless servers do. */
  echoSecrets: 400 | 403 | 500 | null
}

export interface FixtureTool {
  name: string
  description?: string
  inputSchema: Record<string, unknown>
  annotations?: Record<string, unknown>
}

export const HONEST: FixtureKnobs = {
  era: 'session',
  sessions: true,
  sse: false,
  getStream: true,
  extraTools: [],
  encoding: null,
  upstreamHeaders: {},
  apiKey: null,
  oauthChallenge: null,
  redirect: null,
  loseSession: null,
  on: ['tools/call'],
  slowHeaders: null,
  slowBody: null,
  cutStream: null,
  hugeBody: null,
  compressionBomb: null,
  html: false,
  noContent: false,
  partialJson: false,
  answerIds: 'own',
  echoSecrets: null,
}
