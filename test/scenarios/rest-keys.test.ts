import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ApiKeyView, CreatedApiKeyView } from '../../server/identity/api-keys.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
beforeAll(async () => {
  plugboard = await startPlugboard()
})
afterAll(() => plugboard.stop())

const make = async () => (await plugboard.send<CreatedApiKeyView>('POST', '/keys', { name: 'backend' })).body
const works = async (key: string) => (await plugboard.send('GET', '/namespaces', undefined, { authorization: `Bearer ${key}` })).status === 200

it('a key is shown when it is made and never again', async () => {
  const made = await make()
  expect(await works(made.key)).toBe(true)
  const { body } = await plugboard.send<{ keys: ApiKeyView[] }>('GET', '/keys')
  expect(body.keys).toContainEqual(expect.objectContaining({ id: made.id, name: 'backend', lastFour: made.key.slice(-4) }))
  expect(JSON.stringify(body)).not.toContain(made.key)
})

it('a key that was revoked is refused from the next request on', async () => {
  const made = await make()
  expect(await works(made.key)).toBe(true)
  expect(await plugboard.send('DELETE', `/keys/${made.id}`)).toMatchObject({ status: 200, body: { success: true } })
  expect(await works(made.key)).toBe(false)
})

it('a key expires by Plugboard\'s clock', async () => {
  const expiresAt = new Date(plugboard.house.now() + 60_000).toISOString()
  const { body } = await plugboard.send<CreatedApiKeyView>('POST', '/keys', { name: 'short', expiresAt })
  expect(await works(body.key)).toBe(true)
  plugboard.advance(60_000)
  expect(await works(body.key)).toBe(false)
})

it('a key of another organization cannot be revoked or seen', async () => {
  const stranger = await plugboard.createKey()
  expect(await plugboard.send('DELETE', `/keys/${stranger.id}`)).toMatchObject({ status: 404 })
  expect(JSON.stringify((await plugboard.send('GET', '/keys')).body)).not.toContain(stranger.id)
  expect(await works(stranger.key)).toBe(true)
})

it('whoever finds a key can end it without one of their own, and learns nothing by trying', async () => {
  const made = await make()
  const report = (key: string) => plugboard.send('POST', '/keys/report-leaked', { key }, { authorization: '' })
  const answers = [await report(made.key), await report(made.key), await report('plug_unknown'), await report(`${made.key}x`)]
  expect(answers.map(({ status, body }) => ({ status, body }))).toEqual(Array(4).fill({ status: 200, body: { received: true } }))
  expect(await works(made.key)).toBe(false)
})

it.each([
  ['no name', 'name', {}],
  ['an expiry that is no time', 'expiresAt', { name: 'x', expiresAt: 'soon' }],
  ['a member that does not exist', 'role', { name: 'x', role: 'admin' }],
])('a key with %s is not made', async (_what, field, body) => {
  expect(await plugboard.send('POST', '/keys', body)).toMatchObject({ status: 400, body: { details: { field } } })
})
