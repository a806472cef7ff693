// A namespace can leave the last word to the app's backend for all that is connected in it: then no link of its connections is of
// use to whoever it is forwarded to.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionView } from '../../server/connections/connection-view.ts'
import { APP, type ConnectingApp, RETURN_URL, startConnectingApp } from '../support/connecting-app.ts'
import { createConnectingPerson } from '../support/connecting-person.ts'

const PERSON = 'user-of-the-app-7'

let app: ConnectingApp

beforeAll(async () => {
  app = await startConnectingApp()
})
afterAll(() => app?.stop())

describe('a namespace whose backend has the last word', () => {
  beforeEach(async () => {
    await app.plugboard.send('PUT', '/namespaces/strict')
    await app.plugboard.send('PUT', '/namespaces/strict/settings', { allowedOrigins: [APP], defaultReturnUrl: RETURN_URL, completion: 'backend' })
  })
  const setupUrlOf = ({ body }: { body: unknown }) => new URL((body as { status: { setupUrl: string } }).status.setupUrl)

  it('has no session that completes itself', async () => {
    const answer = await app.plugboard.send('POST', '/connect-sessions', { namespace: 'strict', mcpUrl: app.upstream.url, completion: 'auto' })
    expect(answer).toMatchObject({ status: 400, body: { details: { field: 'completion' } } })
    const session = await app.create({ namespace: 'strict', person: PERSON })
    const back = await createConnectingPerson().connect(session.url)
    expect([back.origin, back.searchParams.get('status')]).toEqual([APP, 'pending'])
  })

  it.each<[from: string, link: () => Promise<URL>]>([
    ['creating a connection', async () => setupUrlOf(await app.plugboard.send('PUT', '/strict/wiki', { mcpUrl: app.upstream.url }))],
    ['reading it', async () => {
      await app.plugboard.send('PUT', '/strict/wiki', { mcpUrl: app.upstream.url })
      return setupUrlOf(await app.plugboard.send('GET', '/strict/wiki'))
    }],
  ])('gives whoever forwards the link from %s nothing', async (_from, link) => {
    const url = (await link()).href
    const victim = createConnectingPerson()
    expect([(await victim.look(url)).status, (await victim.agree(url)).status]).toEqual([404, 404])
  })

  it('takes nothing from a link that was opened before it was so', async () => {
    await app.plugboard.send('PUT', '/namespaces/strict/settings', { completion: 'auto' })
    const url = setupUrlOf(await app.plugboard.send('PUT', '/strict/early', { mcpUrl: app.upstream.url })).href
    const person = createConnectingPerson()
    const callback = await person.signIn((await person.agree(url)).headers.get('location')!)
    await app.plugboard.send('PUT', '/namespaces/strict/settings', { completion: 'backend' })
    expect((await person.comeBack(callback)).search).toContain('outcome=expired')
    expect((await app.plugboard.send<ConnectionView>('GET', '/strict/early')).body.status.state).toBe('auth_required')
  })
})
