// Where a namespace lets people be sent, and who has the last word on a sign-in.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accountPages } from '../support/account-pages.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'
import { openMembersBrowser, openOwnersBrowser, openOwnerOf } from '../support/test-browser.ts'

let plugboard: RunningPlugboard

beforeAll(async () => {
  plugboard = await startPlugboard({ pages: accountPages })
})
afterAll(() => plugboard?.stop())
beforeEach(async () => {
  await plugboard.send('DELETE', '/namespaces/shop')
  await plugboard.send('PUT', '/namespaces/shop')
})

const PATH = '/namespaces/shop/settings'
const put = (body: object) => plugboard.send('PUT', PATH, body)
const get = async () => (await plugboard.send('GET', PATH)).body

describe('the settings of a namespace', () => {
  it('allow nothing at first', async () => {
    expect(await get()).toEqual({ allowedOrigins: [], defaultReturnUrl: null, completion: 'auto' })
  })

  it('change as far as they are named, and stay', async () => {
    const origins = ['https://app.example.com', 'http://localhost:5173']
    expect(await put({ allowedOrigins: [...origins, origins[0]] })).toMatchObject({ status: 200, body: { allowedOrigins: origins } })
    await put({ defaultReturnUrl: 'https://app.example.com/done?x=1' })
    await put({ completion: 'backend' })
    expect(await get()).toEqual({ allowedOrigins: origins, defaultReturnUrl: 'https://app.example.com/done?x=1', completion: 'backend' })
    expect((await put({ defaultReturnUrl: null })).body).toMatchObject({ allowedOrigins: origins, defaultReturnUrl: null })
  })

  it('go with the namespace', async () => {
    await put({ completion: 'backend' })
    await plugboard.send('DELETE', '/namespaces/shop')
    await plugboard.send('PUT', '/namespaces/shop')
    expect(await get()).toMatchObject({ completion: 'auto' })
  })

  it.each<[what: string, body: object, field: string]>([
    ['an origin with a path', { allowedOrigins: ['https://app.example.com/'] }, 'allowedOrigins.0'],
    ['an origin without https', { allowedOrigins: ['http://app.example.com'] }, 'allowedOrigins.0'],
    ['every origin', { allowedOrigins: ['*'] }, 'allowedOrigins.0'],
    ['an origin that has none', { allowedOrigins: ['null'] }, 'allowedOrigins.0'],
    ['a return address outside of the origins', { defaultReturnUrl: 'https://other.example.com/' }, 'defaultReturnUrl'],
    ['a return address with a password', { allowedOrigins: ['https://a.example'], defaultReturnUrl: 'https://u:p@a.example/' }, 'defaultReturnUrl'],
    ['a setting that there is not', { webhook: 'https://a.example' }, 'webhook'],
  ])('refuse %s', async (_what, body, field) => {
    expect(await put(body)).toMatchObject({ status: 400, body: { details: { field } } })
    expect(await get()).toMatchObject({ allowedOrigins: [], defaultReturnUrl: null })
  })

  it('cannot lose the origin of their return address', async () => {
    await put({ allowedOrigins: ['https://a.example'], defaultReturnUrl: 'https://a.example/' })
    expect(await put({ allowedOrigins: [] })).toMatchObject({ status: 400, body: { details: { field: 'defaultReturnUrl' } } })
  })

  it('are the owner’s to change over tRPC, and a member’s to read', async () => {
    const owner = await openOwnersBrowser(plugboard)
    const member = await openMembersBrowser(plugboard, owner, { role: 'member', email: 'mia@example.com' })
    expect(await owner.mutate('namespaces.updateSettings', { name: 'acme', completion: 'backend' })).toMatchObject({ status: 200 })
    expect(await member.query('namespaces.settings', { name: 'acme' })).toMatchObject({ status: 200, body: { result: { data: { completion: 'backend' } } } })
    expect(await member.mutate('namespaces.updateSettings', { name: 'acme', completion: 'auto' })).toMatchObject({ status: 403 })
    const stranger = await openOwnerOf(plugboard, (await plugboard.createKey()).organizationId)
    expect(await stranger.query('namespaces.settings', { name: 'acme' })).toMatchObject({ status: 404 })
  })
})
