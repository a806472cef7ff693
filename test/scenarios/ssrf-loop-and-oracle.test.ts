// Plugboard does not call itself, and what it cannot or may not reach reads the same from outside.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AppError } from '../../server/lib/app-error.ts'
import { startFixtureUpstream, type FixtureUpstream } from '../support/fixture-upstream.ts'
import { startTcpTrap, type TcpTrap } from '../support/tcp-trap.ts'
import { exchangeOf, failureOf, requestTo, stubLookup, testEgress } from '../support/test-egress.ts'

let own: TcpTrap
let upstream: FixtureUpstream
beforeAll(async () => {
  own = await startTcpTrap()
  upstream = await startFixtureUpstream({ sessions: false })
})
afterAll(async () => {
  await own.stop()
  await upstream.stop()
})

it.each(['127.0.0.1', 'localhost', '[::1]', '127.1', '2130706433', '127.0.0.53', '[::ffff:127.0.0.1]', '0.0.0.0', 'alias.example'])(
  'our own listener is not reached as %s, even where everything is allowed',
  async (host) => {
    const egress = testEgress({
      ownListeners: () => [{ address: '127.0.0.1', port: own.port }],
      lookup: stubLookup({ 'alias.example': ['127.0.0.1'] }).lookup,
      allow: [{ kind: 'cidr', cidr: '0.0.0.0/0' }, { kind: 'cidr', cidr: '::/0' }, { kind: 'host', host: 'alias.example', port: 'any' }],
    })
    expect(await failureOf(exchangeOf(egress, requestTo(`http://${host}:${own.port}/`)))).toMatchObject({ code: 'upstream.unreachable', reason: 'EGRESS_OWN_LISTENER' })
    expect(own.connections()).toBe(0)
  },
)

it('a request that came back to us through others is known by its Via', async () => {
  const egress = testEgress({ instanceId: 'i1' })
  await exchangeOf(egress, requestTo(upstream.url))
  const received = upstream.requests.at(-1)!.headers.via
  expect(egress.isOwnVia(received)).toBe(true)
  expect(testEgress({ instanceId: 'i2' }).isOwnVia(received)).toBe(false)
})

it('blocked, refused and unknown hosts, and ourselves, are one error', async () => {
  const closed = await startFixtureUpstream()
  await closed.stop()
  const egress = testEgress({
    ownListeners: () => [{ address: '127.0.0.1', port: own.port }],
    lookup: stubLookup({ 'private.example': ['10.0.0.1'] }).lookup,
  })
  const shown = (error: AppError) => JSON.stringify([error.code, error.kind, error.message, error.details, error.retryAfterSeconds])
  const errors = new Set<string>()
  const reasons: unknown[] = []
  for (const url of [closed.url, 'https://10.0.0.1', 'https://a.internal', 'https://private.example', 'https://unknown.example', `http://127.0.0.1:${own.port}`]) {
    const failure = exchangeOf(egress, requestTo(url))
    reasons.push((await failureOf(failure)).reason)
    await failure.catch((error: AppError) => errors.add(shown(error)))
    try {
      egress.check(new URL(url), 'configured')
    } catch (error) {
      errors.add(shown(error as AppError))
    }
  }
  expect(errors.size).toBe(1)
  expect(reasons).toEqual(['ECONNREFUSED', 'EGRESS_BLOCKED_ADDRESS', 'EGRESS_BLOCKED_NAME', 'EGRESS_BLOCKED_ADDRESS', 'ENOTFOUND', 'EGRESS_OWN_LISTENER'])
})
