// An organization's identity provider, and an authorization server that takes assertions of it instead of asking a person:
// each knows its own clients and tokens, and what it was shown.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type Canary, createPlainCanary } from './canary.ts'

export interface AssertionServer {
  issuer: string
  /** Forms that were posted to its token endpoint, with how the client showed itself. */
  seen: { form: URLSearchParams; authorization: string | undefined }[]
  /** What it gave out. */
  issued: Canary[]
  /** A token that it takes from now on. */
  trust(assertion: string): void
  distrust(assertion: string): void
  introspect(token: string): Promise<{ account: string; scope: string } | undefined>
  close(): Promise<void>
}

interface Behaviour {
  /** The form's parameter that holds what it trusts. */
  parameter: 'subject_token' | 'assertion'
  /** What it says when it does not trust. */
  refusal: string
  answer: object
  onIssue?: (token: string) => void
}

/** RFC 8693 §2.2.1: an assertion comes where an access token would. `onIssue`: who should know what it vouches for. */
export const startIdentityProvider = (onIssue: (assertion: string) => void): Promise<AssertionServer> =>
  startAssertionServer({
    parameter: 'subject_token',
    refusal: 'invalid_request',
    answer: { token_type: 'N_A', issued_token_type: 'urn:ietf:params:oauth:token-type:id-jag' },
    onIssue,
  })

/** RFC 7523 §3.1. No person is sent there, so it has no page for one, and its metadata names none. */
export const startAssertionTaker = (): Promise<AssertionServer> =>
  startAssertionServer({ parameter: 'assertion', refusal: 'invalid_grant', answer: { token_type: 'Bearer', expires_in: 300 } })

async function startAssertionServer({ parameter, refusal, answer, onIssue }: Behaviour): Promise<AssertionServer> {
  const trusted = new Set<string>()
  const seen: AssertionServer['seen'] = []
  const issued: Canary[] = []
  let issuer = ''
  const server = createServer(async (request, response) => {
    const send = (status: number, body: object) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (request.url === '/.well-known/openid-configuration') return send(200, { issuer, token_endpoint: `${issuer}/token` })
    if (request.url !== '/token') return send(404, {})
    const form = new URLSearchParams(await text(request))
    seen.push({ form, authorization: request.headers.authorization })
    if (!trusted.has(form.get(parameter) ?? '')) return send(400, { error: refusal })
    const token = createPlainCanary(`a token of ${parameter} (${issued.length + 1})`)
    issued.push(token)
    onIssue?.(token.value)
    return send(200, { ...answer, access_token: token.value })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    issuer,
    seen,
    issued,
    trust: (assertion) => void trusted.add(assertion),
    distrust: (assertion) => void trusted.delete(assertion),
    introspect: async (token) => (issued.some(({ value }) => value === token) ? { account: 'ada', scope: '' } : undefined),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
