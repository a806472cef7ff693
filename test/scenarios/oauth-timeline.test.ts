// Every sign-in and renewal can be read afterwards, step by step: what was asked, what was answered, what we made of it and
// where that is written down.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { authorizationTrace } from '../../db/schema/authorization-trace.ts'
import type { TimelineView } from '../../server/history/timeline-view.ts'
import { TraceRecorder } from '../../server/trace/trace-recorder.ts'
import { MINUTE_MS, SECOND_MS } from '../../server/lib/units.ts'
import { beginConsent, consentTo } from '../support/oauth-connection.ts'
import { startOAuthProvider } from '../support/oauth-provider.ts'
import { findRow } from '../support/oauth-rows.ts'
import { type OAuthSetting, outcomeOf, startOAuthSetting } from '../support/oauth-setting.ts'
import { startProtectedUpstream } from '../support/protected-upstream.ts'
import { readFlows, readTimeline, stepsOf } from '../support/read-timeline.ts'

let setting: OAuthSetting
beforeEach(async () => {
  setting = await startOAuthSetting()
})
afterEach(() => setting.close())

const WHOLE = ['challenge', 'protected_resource_metadata', 'issuer_metadata', 'client', 'authorization_request', 'callback', 'token', 'grant']
const signIns = () => readFlows(setting.plugboard, 'authorization')
const end = (ms = 301 * SECOND_MS) => setting.plugboard.advance(ms)

describe('a sign-in', () => {
  it('at a server that nobody here wrote leaves its steps in order, each with its section', async () => {
    const provider = await startOAuthProvider()
    const upstream = await startProtectedUpstream(provider)
    const { body } = await setting.plugboard.send('PUT', '/acme/wiki', { mcpUrl: upstream.url })
    await consentTo(setting.plugboard.house, body as never)
    const [flow, ...more] = await signIns()
    await Promise.all([upstream.close(), provider.close()])
    expect(more).toEqual([])
    expect([flow!.outcome, stepsOf(flow!)]).toEqual(['ok', WHOLE])
    expect(flow!.steps.map(({ section }) => section)).toEqual([
      'RFC 9728 §5.1', 'RFC 9728 §3', 'RFC 8414 §3', 'MCP 2025-11-25 authorization, Client Registration Approaches',
      'RFC 6749 §4.1.1', 'RFC 9207 §2.4', 'RFC 6749 §4.1.3', null,
    ])
    expect(flow!.steps.find(({ step }) => step === 'token')!.exchanges).toEqual([
      {
        method: 'POST',
        url: `${provider.issuer}/token`,
        sent: expect.arrayContaining(['grant_type', 'code', 'code_verifier', 'redirect_uri', 'client_id', 'resource']),
        status: 200,
        received: expect.arrayContaining(['access_token', 'refresh_token', 'expires_in', 'token_type']),
        theirError: null,
      },
    ])
  })

  it('waits for the person while they may still come, and is abandoned afterwards', async () => {
    await beginConsent(setting.plugboard.house, await setting.connect())
    expect((await signIns()).map(({ outcome, steps }) => [outcome, steps.length])).toEqual([['waiting', 5]])
    end(10 * MINUTE_MS)
    expect((await signIns()).map(({ outcome }) => outcome)).toEqual(['abandoned'])
  })

  it('that loses to another says so, and that what it brought was given back', async () => {
    const view = await setting.connect()
    const [first, second] = [await setting.leaveAndReturn(view), await setting.leaveAndReturn(view)]
    await setting.arrive(second)
    await outcomeOf(setting.arrive(first))
    const lost = (await signIns()).find(({ outcome }) => outcome === 'failed')
    expect(stepsOf(lost!).slice(-3)).toEqual(['token', 'grant: authorization.already_done', 'revocation'])
  })
})

describe('a sign-in that fails', () => {
  const failed = async () => (await signIns())[0]!.steps.at(-1)!

  it.each([
    [{ document: { issuer: 'https://evil.example' } }, 'issuer_metadata', 'oauth.issuer_mismatch', 'RFC 8414 §3.3'],
    [{ document: { code_challenge_methods_supported: ['plain'] } }, 'issuer_metadata', 'oauth.pkce_unsupported', 'MCP 2025-11-25 authorization, Authorization Code Protection'],
    [{ document: { token_endpoint: 'javascript:alert(1)' } }, 'issuer_metadata', 'oauth.unsafe_endpoint', 'RFC 8414 §2'],
    [{ documentStatus: 500 }, 'issuer_metadata', 'oauth.metadata_unavailable', 'RFC 8414 §3'],
    [{ document: { registration_endpoint: undefined } }, 'client', 'authorization.client_needed', 'MCP 2025-11-25 authorization, Client Registration Approaches'],
  ])('before anybody leaves names the step and the rule: %j', async (knobs, step, code, section) => {
    const view = await setting.connect()
    setting.authorization.set(knobs)
    expect(await outcomeOf(beginConsent(setting.plugboard.house, view))).toBe(code)
    expect(await failed()).toMatchObject({ step, code, section, outcome: 'failed' })
  })

  it.each([
    [{ authorizationError: { error: 'access_denied', error_description: 'words of a stranger' } }, 'callback', 'oauth.authorization_refused', 'RFC 6749 §4.1.2.1', 'access_denied'],
    [{ iss: 'https://evil.example' }, 'callback', 'oauth.response_invalid', 'RFC 9207 §2.4', null],
    [{ tokenFault: { status: 400, body: '{"error":"invalid_grant","error_description":"words of a stranger"}' } }, 'token', 'oauth.grant_invalid', 'RFC 6749 §5.2', 'invalid_grant'],
    [{ tokenFault: { status: 503, body: 'words of a stranger' } }, 'token', 'oauth.token_unavailable', 'RFC 6749 §4.1.3', null],
  ])('on the way back names the step, the rule and the server’s own word alone: %j', async (knobs, step, code, section, theirError) => {
    const view = await setting.connect()
    setting.authorization.set(knobs)
    expect(await outcomeOf(setting.leaveAndReturn(view).then((back) => setting.arrive(back)))).toBe(code)
    expect(await failed()).toMatchObject({ step, code, section, exchanges: [{ theirError }] })
    expect(JSON.stringify(await readTimeline(setting.plugboard))).not.toContain('words of a stranger')
  })
})

describe('a renewal', () => {
  it('leaves what was asked, and that the answer was stored', async () => {
    await setting.connectAndConsent()
    end()
    await setting.call()
    const [flow] = await readFlows(setting.plugboard, 'refresh')
    expect([flow!.outcome, stepsOf(flow!)]).toEqual(['ok', ['refresh', 'grant']])
    expect(flow!.steps[0]).toMatchObject({ section: 'RFC 6749 §6', exchanges: [{ url: `${setting.authorization.issuer}/token`, status: 200 }] })
  })

  it('that is refused says why, before the change of status that it brought', async () => {
    await setting.connectAndConsent()
    setting.authorization.grants.endAll()
    end()
    await setting.call()
    const [status, refresh] = (await readTimeline(setting.plugboard)).flows
    expect([stepsOf(status!), stepsOf(refresh!)]).toEqual([['auth_required'], ['refresh: oauth.grant_invalid']])
  })

  it('leaves no more than twenty of its kind, and takes no sign-in’s place', async () => {
    await setting.connectAndConsent()
    const { house } = setting.plugboard
    const connection = await findRow(setting)
    for (let round = 0; round < 1000; round++) {
      house.traces.startFlow('refresh', connection).note('grant', 'grant_stored')
      if (round % 300 === 0) await house.traces.flush()
    }
    expect((await readFlows(setting.plugboard, 'refresh')).length).toBe(20)
    expect((await signIns()).length).toBe(1)
    expect((await house.db.read(house.db.build.select().from(authorizationTrace))).length).toBeLessThan(30)
  })
})

describe('a timeline', () => {
  it('is read in pages, each flow once, and tells tRPC the same', async () => {
    await setting.connectAndConsent()
    end()
    await setting.call()
    const { flows } = await readTimeline(setting.plugboard)
    const pages: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: TimelineView = await readTimeline(setting.plugboard, `?limit=2${cursor && `&cursor=${cursor}`}`)
      pages.push(...page.flows.map(({ flowId }) => flowId))
      cursor = page.nextCursor
    }
    expect(pages).toEqual(flows.map(({ flowId }) => flowId))
    const input = encodeURIComponent(JSON.stringify({ namespace: 'acme', connectionId: 'wiki' }))
    const { body } = await setting.plugboard.send<{ result: { data: TimelineView } }>('GET', `/trpc/connections.timeline?input=${input}`)
    expect(body.result.data.flows).toEqual(flows)
  })

  it('goes with its connection: who takes the name over starts with an empty one', async () => {
    await setting.connectAndConsent()
    await setting.plugboard.send('DELETE', '/acme/wiki')
    await setting.connect()
    expect(await signIns()).toEqual([])
  })

  it('that cannot be written keeps nobody from signing in', async () => {
    const { house } = setting.plugboard
    let refused = 0
    const fullDisk = { ...house.db, writeBatch: async () => Promise.reject(new Error(`the disk is full ${++refused}`)) }
    house.traces = new TraceRecorder(fullDisk, house.now, house.log, () => undefined)
    await setting.connectAndConsent()
    expect([(await readTimeline(setting.plugboard)).flows, refused > 0, (await setting.call()).status]).toEqual([[], true, 200])
  })
})
