// What holds for every route, walked by the table that makes them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RESERVED_NAMES } from '../../server/namespaces/namespace-name.ts'
import { createRestApp } from '../../server/rest/rest-app.ts'
import { restRoutes } from '../../server/rest/rest-routes.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
beforeAll(async () => {
  plugboard = await startPlugboard()
})
afterAll(() => plugboard.stop())

const everyRoute = restRoutes.flatMap((route) =>
  route.mounts.map((mount) => ({ route, path: `${mount}${route.path}`.replace(/\{\w+\}/g, 'some-word'), title: `${route.method} ${mount}${route.path}` })),
)
const guarded = everyRoute.filter(({ route }) => route.access !== 'public')

describe('a guarded route', () => {
  it.each(guarded)('$title answers a stranger 401 before it looks at anything else', async ({ route, path }) => {
    const refused = await plugboard.send(route.method, path, route.body && '{"not json', { authorization: '' })
    expect(refused.status).toBe(401)
    expect(refused.body).toMatchObject({ error: 'unauthorized', code: 'identity.unauthenticated', requestId: refused.headers.get('x-request-id') })
    expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer/)
    expect(refused.headers.get('cache-control')).toBe('no-store')
  })

  it.each(guarded)('$title shows a stranger\'s key nothing of another organization', async ({ route }) => {
    await plugboard.send('PUT', '/namespaces/private')
    const stranger = await plugboard.createKey()
    const path = route.path.replace('{namespace}', 'private').replace('{name}', 'private').replace(/\{\w+\}/g, 'thing')
    const answer = await plugboard.send(route.method, path, route.body && {}, { authorization: `Bearer ${stranger.key}` })
    expect(JSON.stringify(answer.body)).not.toContain(plugboard.organizationId)
    const permitted = route.path.startsWith('/{namespace}') ? [400, 404] : [200, 201, 400, 404, 409]
    expect(permitted).toContain(answer.status)
  })

  it('does not take a key from the URL', async () => {
    const refused = await plugboard.send('GET', `/namespaces?key=${plugboard.key}&authorization=Bearer%20${plugboard.key}`, undefined, { authorization: '' })
    expect(refused.status).toBe(401)
  })

  it('refuses an API key that comes from a web page', async () => {
    const refused = await plugboard.send('GET', '/namespaces', undefined, { origin: 'https://app.example' })
    expect(refused).toMatchObject({ status: 403, body: { code: 'identity.api_key_in_browser' } })
  })
})

describe('a path', () => {
  it.each(['PATCH', 'PUT', 'DELETE', 'POST'])('without the method %s answers 405 and names those it has', async (method) => {
    const refused = await plugboard.send(method, '/health')
    expect(refused).toMatchObject({ status: 405, body: { error: 'method_not_allowed' } })
    expect(refused.headers.get('allow')).toBe('GET')
  })

  it('that no route has answers 404 in JSON', async () => {
    expect(await plugboard.send('GET', '/shop/wiki/nothing/at/all')).toMatchObject({ status: 404, body: { error: 'not_found', code: 'route.not_found' } })
    expect(await plugboard.send('POST', '/skills', {})).toMatchObject({ status: 404, body: { code: 'route.not_found' } })
    expect(await plugboard.send('GET', '/shop/.subscriptions')).toMatchObject({ status: 404, body: { code: 'route.not_found' } })
    expect(await plugboard.send('GET', '/namespaces/shop')).toMatchObject({ status: 405 })
  })

  const words = [...RESERVED_NAMES].filter((word) => !everyRoute.some(({ route }) => route.path.split('/')[1] === word) && word !== 'connect')
  it.each(words)('that begins with the reserved word %s is not taken for a namespace, wherever it ends up', async (word) => {
    const door = createRestApp(plugboard.house)
    for (const path of [`/${word}`, `/connect/${word}`, `/${word}/thing`]) {
      const answer = await door.request(path, { headers: { authorization: `Bearer ${plugboard.key}` } })
      expect({ status: answer.status, body: await answer.json() }).toMatchObject({ status: 404, body: { code: 'route.not_found' } })
    }
  })

  it('made of a word that a route begins with cannot become a namespace', () => {
    const words = restRoutes.map((route) => route.path.split('/')[1]!).filter((word) => !word.startsWith('{') && !word.includes('.'))
    expect(words.filter((word) => !RESERVED_NAMES.has(word))).toEqual([])
  })
})

it('the health of Plugboard is told to everyone', async () => {
  const { status, body } = await plugboard.send('GET', '/health', undefined, { authorization: '' })
  expect({ status, body }).toEqual({ status: 200, body: { status: 'ok', timestamp: new Date(plugboard.house.now()).toISOString() } })
})
