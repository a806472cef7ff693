// What an authorization server hands out, and what we prove ourselves with, is in no answer, no log line and no file, also
// when the server throws it back at us.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLogger } from '../../server/lib/logger.ts'
import { SECOND_MS } from '../../server/lib/units.ts'
import { type Canary, findCanaries, findCanariesOnDisk } from '../support/canary.ts'
import { beginConsent } from '../support/oauth-connection.ts'
import { type OAuthSetting, startOAuthSetting } from '../support/oauth-setting.ts'

let setting: OAuthSetting
let logged: string
beforeEach(async () => {
  logged = ''
  setting = await startOAuthSetting({}, { log: createLogger('trace', { write: (line) => void (logged += line) }) })
})
afterEach(() => setting.close())

/** Codes, tokens and the client's secret; the verifiers and states that were ours. */
function secrets(): Canary[] {
  const verifiers = setting.authorization.to('/token').flatMap(({ form }) => form.getAll('code_verifier'))
  const states = setting.authorization.to('/authorize').flatMap(({ query }) => query.getAll('state'))
  return [...setting.authorization.issued, ...verifiers.map((value) => ({ name: 'a verifier', value })), ...states.map((value) => ({ name: 'a state', value }))]
}
async function onDisk() {
  const { house } = setting.plugboard
  await house.traces.flush()
  return findCanariesOnDisk(house.config.dataDir, secrets())
}
const wholeOf = ({ body, headers }: { body: unknown; headers: Headers }) => JSON.stringify([body, [...headers]])
const look = async () => [
  ...(await Promise.all(['/acme/wiki', '/acme', '/acme/wiki/.timeline'].map((path) => setting.plugboard.send('GET', path)))),
  await setting.plugboard.send('GET', `/trpc/connections.get?input=${encodeURIComponent('{"namespace":"acme","connectionId":"wiki"}')}`),
  await setting.plugboard.send('POST', '/acme/wiki/.doctor'),
]

describe('the secrets of a grant', () => {
  it('are sealed wherever they are kept, in the middle of a consent and after it', async () => {
    const view = await setting.connect()
    const back = await setting.leaveAndReturn(view)
    expect(await onDisk()).toEqual([])
    await setting.arrive(back)
    setting.plugboard.advance(301 * SECOND_MS)
    expect((await setting.call()).status).toBe(200)
    // A secret, a code, a verifier and a state of one consent; two tokens of the exchange, two of the renewal.
    expect(secrets().length).toBe(8)
    expect(await onDisk()).toEqual([])
    expect(findCanaries(logged, secrets())).toEqual([])
    expect(findCanaries((await look()).map(wholeOf).join(), secrets())).toEqual([])
  })
})

describe('a server that quotes what it was sent', () => {
  it('when a code is exchanged is repeated nowhere', async () => {
    const back = await setting.leaveAndReturn(await setting.connect())
    setting.authorization.set({ tokenFault: 'echo' })
    const error = await setting.arrive(back).catch(({ code, message, details }: Record<string, unknown>) => ({ code, message, details }))
    expect(error).toMatchObject({ code: 'oauth.token_unavailable' })
    expect(setting.authorization.to('/token').length).toBe(1)
    expect(findCanaries(JSON.stringify(error) + logged + (await look()).map(wholeOf).join(), secrets())).toEqual([])
    expect(await onDisk()).toEqual([])
  })

  it('when a token is renewed is repeated nowhere', async () => {
    await setting.connectAndConsent()
    setting.authorization.set({ tokenFault: 'echo' })
    setting.plugboard.advance(301 * SECOND_MS)
    const answers = [await setting.call(), ...(await look())]
    expect(answers[0]).toMatchObject({ status: 502, body: { code: 'oauth.token_unavailable' } })
    expect(setting.authorization.to('/token').length).toBe(1)
    expect(findCanaries(answers.map(wholeOf).join() + logged, secrets())).toEqual([])
    expect(await onDisk()).toEqual([])
  })

  it('when a grant is given back is repeated nowhere', async () => {
    await setting.connectAndConsent()
    setting.authorization.set({ revocationStatus: 400 })
    const answer = await setting.plugboard.send('DELETE', '/acme/wiki')
    expect(findCanaries(wholeOf(answer) + logged, secrets())).toEqual([])
    expect(await onDisk()).toEqual([])
  })
})

describe('the address that a browser is sent to', () => {
  it('has no secret in it: not the client’s, not the verifier', async () => {
    const url = await beginConsent(setting.plugboard.house, await setting.connect())
    const back = await fetch(url, { redirect: 'manual' })
    await setting.arrive(new URL(back.headers.get('location')!))
    const [exchange] = setting.authorization.to('/token')
    const kept = [{ name: 'the verifier', value: exchange!.form.get('code_verifier')! }, ...setting.authorization.issued]
    expect(findCanaries(url.href, kept)).toEqual([])
  })
})
