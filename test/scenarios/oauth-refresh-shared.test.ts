// Two Plugboards on one libSQL server renew a grant as one, in front of a server that ends it when a refresh token is used
// twice. (A stand-in speaks the libSQL server's protocol.)
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Environment } from '../../server/config/load.ts'
import { MINUTE_MS, SECOND_MS } from '../../server/lib/units.ts'
import { createGate } from '../support/gate.ts'
import { type OAuthSetting, startOAuthSetting } from '../support/oauth-setting.ts'
import { type SharedDatabase, startSharedDatabase } from '../support/shared-database.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

const LIFE_MS = 300 * SECOND_MS
const LEASE_MS = 30 * SECOND_MS

let database: SharedDatabase
let setting: OAuthSetting
let left: RunningPlugboard
let right: RunningPlugboard
let environment: Environment

beforeEach(async () => {
  database = await startSharedDatabase()
  environment = database.environment
  setting = await startOAuthSetting({}, { environment })
  left = setting.plugboard
  right = await startPlugboard({ environment })
  await setting.connectAndConsent()
})
afterEach(async () => {
  await right?.stop()
  await setting?.close()
  await database?.close()
})

const call = (at: RunningPlugboard) => at.send('POST', '/acme/wiki/.tools/echo', { message: 'hello' }, { authorization: `Bearer ${left.key}` })
const tokenRequests = () => setting.authorization.to('/token').length
const expire = () => [left, right].forEach((each) => each.advance(LIFE_MS + 1))

describe('a token that has ended', () => {
  it('is renewed once for twenty-five calls at each of them, and all of them go through', async () => {
    await Promise.all([call(left), call(right)])
    expire()
    const answers = await Promise.all(Array.from({ length: 25 }, () => [call(left), call(right)]).flat())
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect([tokenRequests(), setting.authorization.grants.reuses]).toEqual([1, 0])
  })

  it('is renewed once each time it ends', async () => {
    for (let round = 1; round <= 3; round++) {
      expire()
      const answers = await Promise.all([call(left), call(right), call(left), call(right)])
      expect([answers.map(({ status }) => status), tokenRequests()]).toEqual([[200, 200, 200, 200], round])
    }
    expect(setting.authorization.grants.reuses).toBe(0)
  })

  it('by the clock of one of them is not renewed again by the other, whose clock is behind', async () => {
    right.advance(5 * MINUTE_MS)
    expect((await call(right)).status).toBe(200)
    left.advance(LIFE_MS - MINUTE_MS / 2)
    expect((await call(left)).status).toBe(200)
    expect([tokenRequests(), setting.authorization.grants.reuses]).toEqual([1, 0])
  })

  it('is asked for by one of them when the server is down', async () => {
    setting.authorization.set({ tokenFault: { status: 503, body: '' } })
    expire()
    const answers = await Promise.all([call(left), call(right)])
    expect([answers.map(({ status }) => status), tokenRequests()]).toEqual([[502, 502], 1])
  })

  it('is not asked for by one who read the grant before the other was refused', async () => {
    setting.authorization.set({ tokenFault: { status: 503, body: '' } })
    expire()
    const gate = createGate()
    const asksForLease = new Promise<void>((done) => {
      let isFirst = true
      database.observe(async (statements, when) => {
        if (!isFirst || when === 'done' || !/set "lease_owner"/.test(statements)) return
        isFirst = false
        done()
        await gate.opened
      })
    })
    const late = call(right)
    await asksForLease
    expect((await call(left)).status).toBe(502)
    gate.open()
    expect([(await late).status, tokenRequests()]).toEqual([502, 1])
  })
})

describe('clocks that are ten minutes apart', () => {
  let slow: RunningPlugboard
  let fast: RunningPlugboard
  beforeEach(async () => {
    slow = await startPlugboard({ environment, clockAheadMs: -5 * MINUTE_MS })
    fast = await startPlugboard({ environment, clockAheadMs: 5 * MINUTE_MS })
    return () => Promise.all([slow.stop(), fast.stop()])
  })
  const pass = (ms: number) => [slow, fast].forEach((each) => each.advance(ms))

  it('agree on when a token ends: it is renewed once each time', async () => {
    for (let round = 1; round <= 3; round++) {
      pass(LIFE_MS + MINUTE_MS)
      for (const each of [slow, fast, slow]) expect([(await call(each)).status, tokenRequests()]).toEqual([200, round])
    }
    expect(setting.authorization.grants.reuses).toBe(0)
  })

  it.each(['slow', 'fast'])('agree on whose turn it is: what the %s one has begun is not done again by the other', async (first) => {
    const [owner, other] = first === 'slow' ? [slow, fast] : [fast, slow]
    pass(LIFE_MS + MINUTE_MS)
    const gate = createGate()
    setting.authorization.set({ slowToken: gate.opened })
    const arrived = setting.authorization.arrival('/token')
    const begun = call(owner)
    await arrived
    const tried = new Promise<void>((done) => {
      database.observe(async (statements, when) => void (when === 'done' && /set "lease_owner"/.test(statements) && done()))
    })
    const waiting = call(other)
    await tried
    gate.open()
    expect([(await begun).status, (await waiting).status, tokenRequests(), setting.authorization.grants.reuses]).toEqual([200, 200, 1, 0])
  })
})

describe('a renewal that is answered after its lease', () => {
  /** `left` has asked and waits; meanwhile `right` takes over. */
  async function overtake() {
    const gate = createGate()
    setting.authorization.set({ slowToken: gate.opened })
    expire()
    const arrived = setting.authorization.arrival('/token')
    const late = call(left)
    await arrived
    setting.authorization.set({ slowToken: null })
    right.advance(LEASE_MS)
    const early = await call(right)
    gate.open()
    return { early, late: await late }
  }

  it('does not replace what was stored meanwhile: both go on with the newer token', async () => {
    setting.authorization.set({ rotation: 'grace' })
    const { early, late } = await overtake()
    expect([early.status, late.status, tokenRequests()]).toEqual([200, 200, 2])
    expect(new Set(setting.upstream.tokens).size).toBe(1)
    expire()
    expect((await call(left)).status).toBe(200)
  })

  it('asks for a person, and nobody again, where the server ended the grant over it', async () => {
    const { early, late } = await overtake()
    expect([early.status, late.status, tokenRequests()]).toEqual([401, 401, 2])
    expect((await setting.view()).status).toMatchObject({ state: 'auth_required' })
    expect([(await call(left)).status, (await call(right)).status, tokenRequests()]).toEqual([401, 401, 2])
  })
})
