// When something behind the door fails: whose fault it was, and nothing of what must stay inside.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { LogFields, Logger } from '../../server/lib/logger.ts'
import { silentLogger } from '../../server/lib/logger.ts'
import { createRestApp } from '../../server/rest/rest-app.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream

beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/wiki', { mcpUrl: upstream.url.href, headers: { 'x-key': 's3cret-header' } })
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

const call = () => plugboard.send('POST', '/shop/wiki/.tools/echo', { text: 's3cret-argument' })

it.each([
  ['breaks off', { cutStream: 'before-head' }],
  ['answers half a message', { partialJson: true }],
  ['answers a web page', { html: true }],
  ['quotes the credential in an error', { echoSecrets: 500 }],
] as const)('a server that %s is named as the one at fault, and none of its words or our secrets come along', async (_what, knobs) => {
  upstream.set(knobs)
  const failed = await call()
  upstream.set({ cutStream: null, partialJson: false, html: false, echoSecrets: null })
  expect(failed.status).toBe(502)
  expect(failed.body).toMatchObject({ error: 'upstream_error', code: expect.stringMatching(/^upstream\./), requestId: expect.any(String) })
  expect(JSON.stringify(failed.body)).not.toMatch(/s3cret|alert|doctype/i)
  expect(await call()).toMatchObject({ status: 200 })
})

it('a fault of our own is logged with the request id that the caller sees, and with the route instead of the path', async () => {
  const logged: LogFields[] = []
  const log: Logger = { ...silentLogger, error: (_message, fields = {}) => void logged.push(fields) }
  const cause = new Error('s3cret of the database')
  const { house, key } = plugboard
  const door = createRestApp({ ...house, log, db: { ...house.db, read: () => Promise.reject(cause) } })
  const answer = await door.request('/shop/wiki', { headers: { authorization: `Bearer ${key}` } })
  const text = await answer.text()
  expect(answer.status).toBe(500)
  expect(text).not.toContain('s3cret')
  expect(logged).toEqual([{ requestId: answer.headers.get('x-request-id'), method: 'GET', route: '/{namespace}/{connectionId}', code: 'internal.unexpected', error: cause }])
  expect(JSON.parse(text)).toMatchObject({ error: 'internal_error', requestId: answer.headers.get('x-request-id') })
})
