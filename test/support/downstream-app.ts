// An MCP client that signs somebody in at Plugboard, and the person: by hand, request by request, so that each can be made wrong.
import { createHash, randomBytes } from 'node:crypto'
import type { OAuthClientProvider } from '@modelcontextprotocol/sdk/client/auth.js'
import type { RunningConsole } from './start-console.ts'

export const CALLBACK = 'http://127.0.0.1:7777/callback'

export interface Answer {
  status: number
  headers: Headers
  body: Record<string, unknown>
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: (text.startsWith('{') ? JSON.parse(text) : { text }) as Record<string, unknown> }
}

export const sendForm = async (url: string, fields: Record<string, string>): Promise<Answer> =>
  answerOf(await fetch(url, { method: 'POST', body: new URLSearchParams(fields) }))

export const sendJson = async (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  answerOf(await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }))

export async function registerApp(url: string, redirectUris: string[] = [CALLBACK]): Promise<string> {
  const { status, body } = await sendJson(`${url}/oauth/register`, { client_name: 'Test app', redirect_uris: redirectUris })
  if (status !== 201) throw new Error(`the app was not registered: ${JSON.stringify(body)}`)
  return String(body.client_id)
}

export const verifier = randomBytes(32).toString('base64url')
const challenge = createHash('sha256').update(verifier).digest('base64url')

/** What the app writes into the address; `undefined` leaves a parameter out. */
export function authorizeAddress({ url, namespace }: RunningConsole, clientId: string, changes: Record<string, string | undefined> = {}): string {
  const parameters = {
    response_type: 'code', client_id: clientId, redirect_uri: CALLBACK, state: 'of-the-app', resource: `${url}/mcp/${namespace}`,
    code_challenge: challenge, code_challenge_method: 'S256', ...changes,
  }
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return `${url}/oauth/authorize?${new URLSearchParams(given)}`
}

export interface TestPerson {
  look(address: string): Promise<Answer>
  /** What they post; where that leads is in `location`. */
  answer(address: string, fields: [name: string, value: string][], headers?: Record<string, string>): Promise<Answer>
  /** Picks these connections and allows. @returns the parameters that the app gets */
  allow(address: string, connectionIds?: string[]): Promise<URLSearchParams>
}

/** Signed in with this cookie; a stranger without one. */
export function testPerson(url: string, cookie?: { name: string; value: string }): TestPerson {
  const sent = cookie && { cookie: `${cookie.name}=${cookie.value}` }
  const answer: TestPerson['answer'] = async (address, fields, headers = { 'sec-fetch-site': 'same-origin', origin: url }) =>
    answerOf(await fetch(address, { method: 'POST', redirect: 'manual', headers: { ...sent, ...headers }, body: new URLSearchParams(fields) }))
  return {
    answer,
    look: async (address) => answerOf(await fetch(address, { redirect: 'manual', headers: { ...sent, accept: 'text/html' } })),
    async allow(address, connectionIds = ['it']) {
      const { status, headers, body } = await answer(address, [['decision', 'allow'], ...connectionIds.map((id): [string, string] => ['connection', id])])
      if (status !== 303) throw new Error(`nothing was allowed: ${status} ${JSON.stringify(body).slice(0, 2000)}`)
      return new URL(headers.get('location')!).searchParams
    },
  }
}

export const codeFields = (clientId: string, code: string): Record<string, string> => ({
  grant_type: 'authorization_code',
  code, client_id: clientId, redirect_uri: CALLBACK, code_verifier: verifier,
})

export const refreshFields = (clientId: string, token: unknown): Record<string, string> => ({ grant_type: 'refresh_token', refresh_token: String(token), client_id: clientId })

/** What the SDKs want of whoever uses them, kept in memory. */
export class TestProvider implements OAuthClientProvider {
  readonly redirectUrl = CALLBACK
  readonly clientMetadata = { client_name: 'Test app', redirect_uris: [CALLBACK] }
  /** Where its document is, if it has one. */
  clientMetadataUrl?: string
  /** Where the person has to go. */
  address: string | undefined
  saved: { tokens?: never; client?: never; verifier?: string; discovered?: never } = {}

  clientInformation() {
    return this.saved.client
  }
  saveClientInformation(client: unknown) {
    this.saved.client = client as never
  }
  tokens() {
    return this.saved.tokens
  }
  saveTokens(tokens: unknown) {
    this.saved.tokens = tokens as never
  }
  redirectToAuthorization(address: URL) {
    this.address = address.href
  }
  saveDiscoveryState(state: unknown) {
    this.saved.discovered = state as never
  }
  discoveryState() {
    return this.saved.discovered
  }
  saveCodeVerifier(text: string) {
    this.saved.verifier = text
  }
  codeVerifier() {
    return this.saved.verifier ?? ''
  }
  invalidateCredentials(scope: string) {
    if (scope === 'all' || scope === 'tokens') delete this.saved.tokens
  }
}
