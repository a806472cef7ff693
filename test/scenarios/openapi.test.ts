// The document at /openapi.json is well formed, complete, and true of a running Plugboard.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { restRoutes } from '../../server/rest/rest-routes.ts'
import type { RestRoute } from '../../server/rest/route.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { followLink } from '../support/oauth-connection.ts'
import { type OAuthProvider, startOAuthProvider } from '../support/oauth-provider.ts'
import { type ProtectedUpstream, startProtectedUpstream } from '../support/protected-upstream.ts'
import { mintServiceToken } from '../support/service-tokens.ts'
import { type JsonAnswer, type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

interface Operation {
  operationId: string
  summary: string
  parameters?: { name: string; in: string; required: boolean; schema: object }[]
  security: object[]
  responses: Record<string, { description: string; content: object }>
}

interface Document {
  openapi: string
  info: { title: string; version: string }
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: {
    schemas: Record<string, { properties?: Record<string, unknown> }>
    responses: Record<string, { headers: object }>
    securitySchemes: object
  }
}

const METHODS = ['get', 'post', 'put', 'delete']

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
let document: Document
let provider: OAuthProvider
let guarded: ProtectedUpstream
let connectSessionId: string
let webhookId: string

beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  provider = await startOAuthProvider()
  guarded = await startProtectedUpstream(provider)
  document = (await plugboard.send<Document>('GET', '/openapi.json', undefined, { authorization: '' })).body
})
afterAll(() => Promise.all([plugboard?.stop(), upstream?.stop(), guarded?.close(), provider?.close()]))

const operations = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).filter(([method]) => METHODS.includes(method)).map(([method, operation]) => ({ path, method, operation })),
  )

function* everyRef(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, member] of Object.entries(value)) {
    if (key === '$ref' && typeof member === 'string') yield member
    else yield* everyRef(member)
  }
}

describe('the document', () => {
  it('is OpenAPI 3.1 of this instance', () => {
    expect(document).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Plugboard', version: expect.any(String) },
      servers: [{ url: plugboard.house.config.publicUrl.origin }],
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    })
  })

  it('has every route and nothing else', () => {
    const described = operations().map(({ path, method }) => `${method.toUpperCase()} ${path}`)
    expect(described.toSorted()).toEqual(restRoutes.map((route) => `${route.method} ${route.path}`).toSorted())
  })

  it('names every operation once', () => {
    const ids = operations().map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('declares the parameters of every path, and they are required', () => {
    for (const { path, operation } of operations()) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
      const declared = operation.parameters?.filter((parameter) => parameter.in === 'path') ?? []
      expect(declared.map(({ name }) => name)).toEqual(inPath)
      expect(declared.every(({ required }) => required)).toBe(true)
    }
  })

  it('says what a failure looks like, and which routes need no credential', () => {
    for (const { operation } of operations()) expect(operation.responses.default).toMatchObject({ description: expect.any(String), content: expect.any(Object) })
    const open = operations().filter(({ operation }) => operation.security.length === 0).map(({ operation }) => operation.operationId)
    expect(open.toSorted()).toEqual(['getHealth', 'getOpenApi', 'reportLeakedKey'])
  })

  it('says of every route that needs one that it may be one too many, and when to try again', () => {
    for (const { operation } of operations()) expect(429 in operation.responses).toBe(operation.security.length > 0)
    expect(document.components.responses.TooMany?.headers).toHaveProperty('Retry-After')
  })

  it('refers to nothing that is not in it', () => {
    const refs = [...everyRef(document)]
    expect(refs.length).toBeGreaterThan(20)
    for (const ref of refs) expect(document).toHaveProperty(ref.slice('#/'.length).split('/'))
  })

  it('has no place for a secret in a connection', () => {
    const { properties = {} } = document.components.schemas.Connection ?? {}
    expect(Object.keys(properties)).toContain('mcpUrl')
    expect(Object.keys(properties)).not.toContain('headers')
  })
})

/** One successful request per route, in an order in which all of them can succeed. */
const visits: Record<string, () => Promise<JsonAnswer<Record<string, unknown>>>> = {
  getHealth: () => plugboard.send('GET', '/health'),
  getOpenApi: () => plugboard.send('GET', '/openapi.json'),
  createNamespace: () => plugboard.send('POST', '/namespaces'),
  ensureNamespace: () => plugboard.send('PUT', '/namespaces/visited'),
  listNamespaces: () => plugboard.send('GET', '/namespaces?page=1'),
  createConnection: () => plugboard.send('POST', '/visited', { mcpUrl: `${upstream.url.href}?key=s3cret`, metadata: { userId: 'u1', deep: [{ a: null }] } }),
  upsertConnection: () => plugboard.send('PUT', '/visited/wiki', { mcpUrl: upstream.url.href, headers: { 'x-key': 's3cret' } }),
  getConnection: () => plugboard.send('GET', '/visited/wiki'),
  listConnections: () => plugboard.send('GET', '/visited'),
  getTimeline: () => plugboard.send('GET', '/visited/wiki/.timeline'),
  checkConnection: () => plugboard.send('POST', '/visited/wiki/.check'),
  refreshConnection: () => plugboard.send('POST', '/visited/wiki/.refresh'),
  examineConnection: () => plugboard.send('POST', '/visited/wiki/.doctor'),
  listTools: () => plugboard.send('GET', '/visited/wiki/.tools'),
  getTool: () => plugboard.send('GET', '/visited/wiki/.tools/echo'),
  callTool: () => plugboard.send('POST', '/visited/wiki/.tools/echo', { text: 'x' }),
  updateNamespaceSettings: () => plugboard.send('PUT', '/namespaces/visited/settings', { allowedOrigins: ['https://app.example.com'], defaultReturnUrl: 'https://app.example.com/' }),
  getNamespaceSettings: () => plugboard.send('GET', '/namespaces/visited/settings'),
  async createConnectSession() {
    const answer = await plugboard.send('POST', '/connect-sessions', { namespace: 'visited', mcpUrl: `${upstream.url.href}?key=s3cret` })
    connectSessionId = String(answer.body.connectSessionId)
    return answer
  },
  getConnectSession: () => plugboard.send('GET', `/connect-sessions/${connectSessionId}`),
  async completeConnectSession() {
    const wanted = { namespace: 'visited', mcpUrl: guarded.url, completion: 'backend', person: 'visitor' }
    const { token, connectSessionId: id } = (await plugboard.send<{ token: string; connectSessionId: string }>('POST', '/connect-sessions', wanted)).body
    const code = new URL((await followLink(plugboard.house, token)).returnUrl!).searchParams.get('code')
    return plugboard.send('POST', `/connect-sessions/${id}/complete`, { code, person: 'visitor' })
  },
  async createWebhook() {
    const answer = await plugboard.send('POST', '/api/webhooks', { namespace: 'visited', url: 'https://127.0.0.1:1/hooks', description: 'Local' })
    webhookId = String(answer.body.id)
    return answer
  },
  listWebhooks: () => plugboard.send('GET', '/api/webhooks?namespace=visited'),
  getWebhook: () => plugboard.send('GET', `/api/webhooks/${webhookId}`),
  updateWebhook: () => plugboard.send('PUT', `/api/webhooks/${webhookId}`, { events: ['connection.error'] }),
  rotateWebhookSecret: () => plugboard.send('POST', `/api/webhooks/${webhookId}/rotate-secret`),
  testWebhook: () => plugboard.send('POST', `/api/webhooks/${webhookId}/test`),
  listWebhookDeliveries: () => plugboard.send('GET', `/api/webhooks/${webhookId}/deliveries?limit=1`),
  async replayWebhookDelivery() {
    const { body } = await plugboard.send<{ deliveries: { id: string }[] }>('GET', `/api/webhooks/${webhookId}/deliveries`)
    return plugboard.send('POST', `/api/webhooks/${webhookId}/deliveries/${body.deliveries[0]!.id}/replay`)
  },
  deleteWebhook: () => plugboard.send('DELETE', `/api/webhooks/${webhookId}`),
  createApiKey: () => plugboard.send('POST', '/keys', { name: 'visitor', expiresAt: '2030-01-01T00:00:00+01:00' }),
  listApiKeys: () => plugboard.send('GET', '/keys'),
  listAudit: () => plugboard.send('GET', '/api/audit?limit=2'),
  exportAudit: () => plugboard.send('GET', '/api/audit/export'),
  async revokeApiKey() {
    const { id } = await plugboard.createKey(plugboard.organizationId)
    return plugboard.send('DELETE', `/keys/${id}`)
  },
  mintToken: () => plugboard.send('POST', '/tokens', { policy: [{ namespaces: 'visited', ttl: '1h' }], name: 'visitor' }),
  listTokens: () => plugboard.send('GET', '/tokens'),
  explainToken: () => plugboard.send('GET', '/tokens/explain?operation=execute&namespace=visited&connectionId=wiki&tool=echo&arguments={}'),
  revokeToken: async () => plugboard.send('POST', '/tokens/revoke', await mintServiceToken(plugboard).then(({ token }) => ({ token }))),
  reportLeakedKey: () => plugboard.send('POST', '/keys/report-leaked', { key: 'plug_x' }),
  getUsage: () => plugboard.send('GET', '/api/usage?namespace=visited&connectionId=wiki'),
  deleteConnection: () => plugboard.send('DELETE', '/visited/wiki'),
  removeNamespace: () => plugboard.send('DELETE', '/namespaces/visited'),
}

/** The answer through its own schema: what the schema does not know is lost on the way, and missed. */
function throughSchema(route: RestRoute, answer: JsonAnswer<unknown>): unknown {
  const schema = route.answers[answer.status]
  if (!schema) throw new Error(`${route.operationId} answered ${answer.status}, which it does not declare: ${JSON.stringify(answer.body)}`)
  return schema.parse(answer.body)
}

it('every route answers as it declares, without a member more', async () => {
  expect(Object.keys(visits).toSorted()).toEqual(restRoutes.map((route) => route.operationId).toSorted())
  for (const [operationId, visit] of Object.entries(visits)) {
    const route = restRoutes.find((each) => each.operationId === operationId)!
    const answer = await visit()
    expect({ operationId, body: throughSchema(route, answer) }).toEqual({ operationId, body: answer.body })
    expect(JSON.stringify(answer.body)).not.toContain('s3cret')
  }
})
