// What the dialect has and Plugboard does not is refused in words: nothing is taken and silently ignored.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
beforeAll(async () => {
  plugboard = await startPlugboard()
  await plugboard.send('PUT', '/namespaces/shop')
})
afterAll(() => plugboard.stop())

const mcpUrl = 'http://127.0.0.1:1/mcp'

it.each([
  ['server', { mcpUrl, server: 'github' }],
  ['source', { mcpUrl, source: 'registry' }],
  ['mock', { mcpUrl, mock: true }],
  ['uplink', { mcpUrl, uplink: true }],
  ['transport', { mcpUrl, transport: 'stdio' }],
])('a connection with %s is not made', async (field, body) => {
  for (const [method, path] of [['POST', '/connect/shop'], ['PUT', '/connect/shop/it']] as const) {
    const refused = await plugboard.send(method, path, body)
    expect(refused).toMatchObject({ status: 400, body: { error: 'validation_error', details: { field } } })
    expect(String(refused.body.message)).toMatch(new RegExp(`^${field}: \\S`))
  }
  expect((await plugboard.send('GET', '/connect/shop')).body).toMatchObject({ connections: [] })
})

describe('a route that is not there', () => {
  it.each(['/connect/shop/it/.triggers', '/connect/shop/it/.triggers/new-issue', '/connect/shop/it/.subscriptions'])(
    'answers 404 at %s and says where the others are listed',
    async (path) => {
      const answer = await plugboard.send('POST', path, {})
      expect(answer).toMatchObject({ status: 404, body: { error: 'not_found' } })
      expect(answer.body.message).toContain('/openapi.json')
    },
  )
})
