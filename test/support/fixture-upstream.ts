// A small hand-written MCP server over Streamable HTTP (no SDK), for tests that need to know exactly
// what the other side received and to make it misbehave. It records every request as it came.
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { sendAnswer, sendJson, sseEvent } from './fixture-answer.ts'
import { HONEST, type FixtureKnobs } from './fixture-knobs.ts'
import { FIXTURE_TOOLS, answerRequest, checkEnvelope, isStateless, refuseSessionEra, rpcError, type RpcMessage } from './fixture-mcp.ts'

export interface RecordedRequest {
  method: string
  /** Path and query as received. */
  url: string
  headers: IncomingHttpHeaders
  /** Names and values alternating, spelled as on the wire. */
  rawHeaders: string[]
  body: string
  /** The body as JSON, if it is. */
  message: RpcMessage | undefined
  /** Settles when the exchange is over: the answer was sent whole, or the caller (or a knob) ended it before. */
  over: Promise<'answered' | 'cut'>
}

export interface FixtureUpstream {
  /** `http://127.0.0.1:port/mcp` */
  url: URL
  port: number
  /** Everything received, oldest first. */
  requests: RecordedRequest[]
  /** TCP connections accepted since the start, and those open now. */
  connections(): { accepted: number; open: number }
  /** Resolves with the first recorded request that matches, now or later. */
  request(matches: (request: RecordedRequest) => boolean): Promise<RecordedRequest>
  set(knobs: Partial<FixtureKnobs>): void
  /** Sends a message on every open GET stream; answers how many there were. */
  notify(method: string, params?: Record<string, unknown>): number
  /** Forgets all sessions, as a restart would. */
  forgetSessions(): void
  /** Session ids that are alive. */
  sessions(): string[]
  stop(): Promise<void>
}

export async function startFixtureUpstream(initial: Partial<FixtureKnobs> = {}): Promise<FixtureUpstream> {
  const knobs: FixtureKnobs = { ...HONEST, ...initial }
  const requests: RecordedRequest[] = []
  const waiting = new Set<{ matches: (request: RecordedRequest) => boolean; resolve: (request: RecordedRequest) => void }>()
  const sessions = new Set<string>()
  const streams = new Set<ServerResponse>()
  const sockets = new Set<Socket>()
  let accepted = 0

  const server = createServer((req, res) => {
    void handle(req, res).catch((error: unknown) => {
      // Nobody to tell but the caller: a fault of the fixture must fail the test that sees it.
      if (!res.headersSent) res.writeHead(599)
      res.end(String(error))
    })
  })
  server.keepAliveTimeout = 0
  server.on('connection', (socket) => {
    accepted += 1
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const recorded = await record(req, res)
    for (const [name, value] of Object.entries(knobs.upstreamHeaders)) res.setHeader(name, value)
    announce(recorded)
    if (refuseAtTheDoor(recorded, res)) return
    if (req.method === 'POST') return post(recorded, req, res)
    if (req.method === 'GET' && knobs.getStream && knobs.era !== 'stateless') return openStream(recorded, res)
    if (req.method === 'DELETE' && knobs.sessions && knobs.era !== 'stateless') {
      res.writeHead(sessions.delete(sessionOf(recorded) ?? '') ? 200 : 404).end()
      return
    }
    res.writeHead(405, { allow: 'POST' }).end()
  }

  function announce(recorded: RecordedRequest): void {
    requests.push(recorded)
    for (const waiter of waiting) {
      if (!waiter.matches(recorded)) continue
      waiting.delete(waiter)
      waiter.resolve(recorded)
    }
  }

  function refuseAtTheDoor(recorded: RecordedRequest, res: ServerResponse): boolean {
    if (knobs.redirect) {
      res.writeHead(knobs.redirect.status, { location: knobs.redirect.location }).end()
    } else if (knobs.oauthChallenge) {
      const challenge = `Bearer resource_metadata="${knobs.oauthChallenge.resourceMetadata}"`
      res.writeHead(401, { 'www-authenticate': challenge }).end()
    } else if (knobs.apiKey && apiKeyOf(recorded, knobs.apiKey) !== knobs.apiKey.value) {
      sendJson(res, 401, { error: 'API key missing or wrong' })
    } else {
      return false
    }
    return true
  }

  async function post(recorded: RecordedRequest, req: IncomingMessage, res: ServerResponse): Promise<void> {
    const message = recorded.message
    if (!message) return sendJson(res, 400, { ...rpcError(undefined, -32700, 'Parse error'), id: null })
    const stateless = knobs.era !== 'session' && isStateless(message, recorded.headers)
    if (stateless) {
      const refusal = checkEnvelope(message, recorded.headers)
      if (refusal) return sendJson(res, 400, refusal)
    } else {
      if (knobs.era === 'stateless') return sendJson(res, 400, refuseSessionEra(message))
      if (!admitSession(message, recorded, res)) return
    }
    if (message.id === undefined || message.method === undefined) {
      res.writeHead(202).end()
      return
    }
    const outcome = answerRequest(message, recorded.headers, stateless, [...FIXTURE_TOOLS, ...knobs.extraTools])
    return sendAnswer(req, res, message.method, outcome, knobs)
  }

  /** Session rules of MCP 2025-11-25 (session management): opens one, lets it in, or answers and says false. */
  function admitSession(message: RpcMessage, recorded: RecordedRequest, res: ServerResponse): boolean {
    if (!knobs.sessions) return true
    if (message.method === 'initialize') {
      const id = randomUUID()
      sessions.add(id)
      res.setHeader('mcp-session-id', id)
      return true
    }
    const id = sessionOf(recorded)
    const lost = knobs.loseSession
    if (lost && id !== undefined) {
      knobs.loseSession = null
      sessions.delete(id)
    }
    if (id !== undefined && sessions.has(id)) return true
    const status = lost ?? (id === undefined ? 400 : 404)
    sendJson(res, status, rpcError(undefined, -32000, status === 400 ? 'Bad Request: No valid session ID provided' : 'Session not found'))
    return false
  }

  function openStream(recorded: RecordedRequest, res: ServerResponse): void {
    if (knobs.sessions && !sessions.has(sessionOf(recorded) ?? '')) return sendJson(res, 400, rpcError(undefined, -32000, 'Bad Request: No valid session ID provided'))
    res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    res.flushHeaders()
    streams.add(res)
    res.once('close', () => streams.delete(res))
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = (server.address() as AddressInfo).port

  return {
    url: new URL(`http://127.0.0.1:${port}/mcp`),
    port,
    requests,
    connections: () => ({ accepted, open: sockets.size }),
    request: (matches) =>
      new Promise((resolve) => {
        const earlier = requests.find(matches)
        if (earlier) resolve(earlier)
        else waiting.add({ matches, resolve })
      }),
    set: (changes) => void Object.assign(knobs, changes),
    notify(method, params) {
      for (const stream of streams) stream.write(sseEvent({ jsonrpc: '2.0', method, ...(params && { params }) }))
      return streams.size
    },
    forgetSessions: () => sessions.clear(),
    sessions: () => [...sessions],
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

async function record(req: IncomingMessage, res: ServerResponse): Promise<RecordedRequest> {
  const over = new Promise<'answered' | 'cut'>((resolve) => res.once('close', () => resolve(res.writableFinished ? 'answered' : 'cut')))
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks).toString()
  return { method: req.method ?? '', url: req.url ?? '', headers: req.headers, rawHeaders: req.rawHeaders, body, message: parseMessage(body), over }
}

function parseMessage(body: string): RpcMessage | undefined {
  try {
    return JSON.parse(body) as RpcMessage
  } catch {
    return undefined
  }
}

const sessionOf = (recorded: RecordedRequest): string | undefined => recorded.headers['mcp-session-id']?.toString()

const apiKeyOf = (recorded: RecordedRequest, key: NonNullable<FixtureKnobs['apiKey']>): string | undefined =>
  key.in === 'header' ? recorded.headers[key.name.toLowerCase()]?.toString() : (new URL(recorded.url, 'http://fixture').searchParams.get(key.name) ?? undefined)
