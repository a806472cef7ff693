// A route or a procedure, asked as the tests about tenants ask it, with a bearer. Where nothing is named, what is asked for is
// complete nevertheless: what is wrong with a request must not be the reason why it is refused.
import type { RestRoute } from '../../server/rest/route.ts'
import { bearer } from './service-tokens.ts'
import type { RunningPlugboard } from './start-plugboard.ts'
import { tenantInputs, type TenantThings } from './tenant-inputs.ts'
import { tenantRequests } from './tenant-requests.ts'

export interface PolicyAnswer {
  status: number
  /** Without what differs from request to request. */
  body: string
}

/** `rename`: other names into the request. */
export type Rename = (request: string) => string
const asItIs: Rename = (request) => request

const ROUTE_BODIES: Readonly<Record<string, object>> = { createApiKey: { name: 'made here' } }

const PROCEDURE_INPUTS: Readonly<Record<string, object>> = {
  'namespaces.create': { name: 'made-here' },
  'keys.create': { name: 'made here' },
  'account.rename': { name: 'Renamed' },
  'invitations.create': { email: 'invited@example.com', role: 'member' },
  'organization.rename': { name: 'Renamed' },
}

export async function askRoute(plugboard: RunningPlugboard, route: RestRoute, things: TenantThings, token: string, rename = asItIs): Promise<PolicyAnswer> {
  const { operationId, method, mounts, path } = route
  const request = tenantRequests(things)[operationId]
  if (!request) throw new Error(`${operationId} is not in tenant-requests.ts`)
  const [to, body] = request === 'theirs' ? [path, method === 'GET' ? undefined : (ROUTE_BODIES[operationId] ?? {})] : request
  return send(plugboard, method, mounts[0] + rename(to), body === undefined ? undefined : rename(JSON.stringify(body)), bearer(token))
}

export type ProcedureKind = 'query' | 'mutation' | 'subscription'

export async function askProcedure(
  plugboard: RunningPlugboard,
  { path, type }: { path: string; type: ProcedureKind },
  things: TenantThings,
  token: string,
  rename = asItIs,
): Promise<PolicyAnswer> {
  const input = tenantInputs(things)[path]
  if (!input) throw new Error(`${path} is not in tenant-inputs.ts`)
  const given = rename(JSON.stringify(input === 'theirs' ? (PROCEDURE_INPUTS[path] ?? {}) : input))
  const query = `/trpc/${path}?input=${encodeURIComponent(given)}`
  if (type === 'mutation') return send(plugboard, 'POST', `/trpc/${path}`, given, bearer(token))
  return type === 'query' ? send(plugboard, 'GET', query, undefined, bearer(token)) : listen(plugboard, query, token)
}

/** A tool call as a client without a session sends it. */
export const askEndpoint = (plugboard: RunningPlugboard, path: string, token: string, rename = asItIs): Promise<PolicyAnswer> =>
  send(plugboard, 'POST', rename(path), JSON.stringify(CALL), { ...bearer(token), accept: 'application/json, text/event-stream' })

const CALL = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'echo', arguments: { text: 'hi' } } }

async function send({ url }: RunningPlugboard, method: string, path: string, body: string | undefined, headers: Record<string, string>): Promise<PolicyAnswer> {
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
  const response = await fetch(url + path, { method, headers: { ...headers, ...type }, ...(body !== undefined && { body }) })
  return { status: response.status, body: withoutIds(await response.text()) }
}

/** To the first event: a refusal is one. */
async function listen({ url }: RunningPlugboard, path: string, token: string): Promise<PolicyAnswer> {
  const leaving = new AbortController()
  const response = await fetch(url + path, { headers: { ...bearer(token), accept: 'text/event-stream' }, signal: leaving.signal })
  const reader = response.body!.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    text += decoder.decode(value, { stream: true })
    if (/"(?:listening|httpStatus)"/.test(text)) break
  }
  leaving.abort()
  return { status: Number(/"httpStatus":(\d+)/.exec(text)?.[1] ?? response.status), body: withoutIds(text) }
}

const withoutIds = (text: string): string => text.replaceAll(/req_\w+/g, 'req_')
