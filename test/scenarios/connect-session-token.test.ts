// A link that was made with a service token leads somewhere for as long as that token does.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ConnectingApp, RETURN_URL, startConnectingApp } from '../support/connecting-app.ts'
import { createConnectingPerson } from '../support/connecting-person.ts'
import { bearer, mintServiceToken, revokeServiceToken } from '../support/service-tokens.ts'

let app: ConnectingApp
beforeAll(async () => {
  app = await startConnectingApp()
})
afterAll(() => app?.stop())

const ENDS: [why: string, prepare: () => Promise<{ token: string; end: () => unknown }>][] = [
  [
    'it is revoked',
    async () => {
      const { token } = await mintServiceToken(app.plugboard)
      return { token, end: () => revokeServiceToken(app.plugboard, { token }) }
    },
  ],
  [
    'the one that it was narrowed from is revoked',
    async () => {
      const { token } = await mintServiceToken(app.plugboard)
      return { token: (await mintServiceToken(app.plugboard, {}, token)).token, end: () => revokeServiceToken(app.plugboard, { token }) }
    },
  ],
  [
    'the key that minted it is revoked',
    async () => {
      const { key, id } = await app.plugboard.createKey(app.plugboard.organizationId)
      return { token: (await mintServiceToken(app.plugboard, {}, key)).token, end: () => app.plugboard.send('DELETE', `/keys/${id}`) }
    },
  ],
  [
    'it is over',
    async () => {
      const { token } = await mintServiceToken(app.plugboard, { ttl: 20 })
      return { token, end: () => app.plugboard.advance(20_000) }
    },
  ],
]

async function startLink(token: string) {
  const input = { namespace: 'acme', mcpUrl: app.upstream.url, returnUrl: RETURN_URL, person: 'someone' }
  const { status, body } = await app.plugboard.send<{ connectSessionId: string; url: string }>('POST', '/connect-sessions', input, bearer(token))
  expect({ status, body }).toMatchObject({ status: 201 })
  return body
}

it.each(ENDS)('the link ends when %s', async (_why, prepare) => {
  const { token, end } = await prepare()
  const { url } = await startLink(token)
  const look = async () => (await createConnectingPerson().look(url)).status
  expect(await look()).toBe(200)
  await end()
  expect(await look()).toBe(404)
})

it.each(ENDS)('a sign-in that began before comes to nothing when %s', async (_why, prepare) => {
  const { token, end } = await prepare()
  const session = await startLink(token)
  const person = createConnectingPerson()
  const callback = await person.signIn((await person.agree(session.url)).headers.get('location')!)
  await end()
  const back = await person.comeBack(callback)
  expect(back.searchParams.get('status')).toBe('failed')
  expect(back.searchParams.has('code')).toBe(false)
  expect((await app.see(session)).status).toBe('failed')
})
