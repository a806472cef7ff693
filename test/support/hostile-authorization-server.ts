// An authorization server with a knob per misbehaviour. With none turned it is a good one: registration, PKCE, resource
// indicators, rotating refresh tokens, revocation; it asks nobody anything and grants at once.
import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Canary } from './canary.ts'
import { HostileGrants, type Rotation, type TokenAnswer } from './hostile-grants.ts'

export interface HostileKnobs {
  /** Laid over its metadata; undefined takes a member out. */
  document: Record<string, unknown>
  /** What the metadata's addresses answer instead. */
  documentStatus: number | null
  /** The name that it signs answers with. */
  iss: string | null
  /** What it answers the browser instead of a code. */
  authorizationError: Record<string, string> | null
  withClientSecret: boolean
  rotation: Rotation
  expiresIn: unknown
  /** Registrations, and answers to token requests that were already acted upon, wait for these. */
  slowRegistration: Promise<void> | null
  slowToken: Promise<void> | null
  /** Instead of looking at a token request: an answer, a cut line, or a page that quotes the request. */
  tokenFault: { status: number; headers?: Record<string, string>; body: string } | 'reset' | 'echo' | null
  revocationStatus: number
}

export interface SeenRequest {
  method: string
  path: string
  query: URLSearchParams
  form: URLSearchParams
  authorization: string | undefined
}

export interface HostileAuthorizationServer {
  issuer: string
  requests: SeenRequest[]
  grants: HostileGrants
  issued: Canary[]
  set(knobs: Partial<HostileKnobs>): void
  /** Requests to a path so far. */
  to(path: string): SeenRequest[]
  /** The next one. */
  arrival(path: string): Promise<unknown>
  introspect(token: string, resource: string): Promise<{ account: string; scope: string } | undefined>
  close(): Promise<void>
}

const GOOD: HostileKnobs = {
  document: {},
  documentStatus: null,
  iss: null,
  authorizationError: null,
  withClientSecret: true,
  rotation: 'strict',
  expiresIn: 300,
  slowRegistration: null,
  slowToken: null,
  tokenFault: null,
  revocationStatus: 200,
}

export async function startHostileAuthorizationServer(start: Partial<HostileKnobs> = {}): Promise<HostileAuthorizationServer> {
  const knobs: HostileKnobs = { ...GOOD, ...start }
  const grants = new HostileGrants()
  const requests: SeenRequest[] = []
  const arrivals = new EventEmitter()
  let issuer = ''

  const metadata = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    registration_endpoint: `${issuer}/register`,
    revocation_endpoint: `${issuer}/revoke`,
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: knobs.withClientSecret ? ['client_secret_basic'] : ['none'],
    ...knobs.document,
  })

  async function answer(request: SeenRequest, response: ServerResponse): Promise<void> {
    const send = (status: number, body: object) => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (request.path.includes('/.well-known/')) return send(knobs.documentStatus ?? 200, knobs.documentStatus === null ? metadata() : {})
    if (request.path === '/authorize') return void response.writeHead(302, { location: answerTo(request.query).href }).end()
    if (request.path === '/register') {
      await knobs.slowRegistration
      return send(201, grants.register(knobs.withClientSecret))
    }
    if (request.path === '/revoke') {
      if (knobs.revocationStatus === 200) grants.revoke(request.form.get('token') ?? '')
      return send(knobs.revocationStatus, {})
    }
    if (request.path !== '/token') return send(404, {})
    const { tokenFault } = knobs
    if (tokenFault === 'reset') return void response.socket?.resetAndDestroy()
    if (tokenFault === 'echo') {
      const quoted = `${request.form.toString()} ${request.authorization ?? ''} ${[...request.form.values()].join(' ')}`
      return void response.writeHead(400, { 'content-type': 'text/html' }).end(`<html>Bad request: ${quoted}</html>`)
    }
    if (tokenFault) return void response.writeHead(tokenFault.status, tokenFault.headers).end(tokenFault.body)
    const { status, body } = grantTo(request)
    await knobs.slowToken
    send(status, status === 200 ? { ...body, expires_in: knobs.expiresIn } : body)
  }

  function answerTo(query: URLSearchParams): URL {
    const back = new URL(query.get('redirect_uri') ?? issuer)
    back.searchParams.set('state', query.get('state') ?? '')
    if (knobs.iss !== null) back.searchParams.set('iss', knobs.iss)
    for (const [name, value] of Object.entries(knobs.authorizationError ?? { code: grants.authorize(query) })) back.searchParams.set(name, value)
    return back
  }

  function grantTo({ form, authorization }: SeenRequest): TokenAnswer {
    const basic = /^Basic (.+)$/.exec(authorization ?? '')?.[1]
    const [clientId = '', secret] = basic === undefined ? [form.get('client_id') ?? ''] : Buffer.from(basic, 'base64').toString().split(':').map(decodeURIComponent)
    if (!grants.isClient(clientId, secret)) return { status: 401, body: { error: 'invalid_client' } }
    return form.get('grant_type') === 'refresh_token' ? grants.refresh(form, clientId, knobs.rotation) : grants.exchange(form, clientId)
  }

  const server = createServer(async (incoming, response) => {
    // Plugboard's clock stands where the test put it; this server has none (RFC 9110 §6.6.1).
    response.sendDate = false
    const request = await readRequest(incoming)
    requests.push(request)
    arrivals.emit(request.path)
    answer(request, response).catch(() => response.writeHead(500).end())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    issuer,
    requests,
    grants,
    issued: grants.issued,
    set: (change) => void Object.assign(knobs, change),
    to: (path) => requests.filter((request) => request.path === path),
    arrival: (path) => once(arrivals, path),
    introspect: async (token, resource) => (grants.isGood(token, resource) ? { account: 'ada', scope: '' } : undefined),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function readRequest(incoming: IncomingMessage): Promise<SeenRequest> {
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://here')
  const body = await text(incoming)
  return { method: incoming.method ?? '', path: pathname, query: searchParams, form: new URLSearchParams(body), authorization: incoming.headers.authorization }
}
