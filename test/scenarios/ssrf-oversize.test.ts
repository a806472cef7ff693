// An upstream cannot fill our memory: not with a body without end, not with one that unpacks to more.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { HONEST, type FixtureKnobs } from '../support/fixture-knobs.ts'
import { startFixtureUpstream, type FixtureUpstream } from '../support/fixture-upstream.ts'
import { failureOf, requestTo, testEgress } from '../support/test-egress.ts'

const MIB = 1024 * 1024
const LIMIT = 100 * MIB
const egress = testEgress()
let upstream: FixtureUpstream
beforeAll(async () => void (upstream = await startFixtureUpstream({ sessions: false })))
afterAll(() => upstream.stop())
const call = Buffer.from('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo"}}')

/** Reads and forgets, as a door that streams does; rejects as the exchange does. */
function drain(maxBytes: number): Promise<void> {
  return new Promise((resolve, reject) => {
    egress.dispatch(requestTo(upstream.url, { body: call, maxBytes }), { onHead() {}, onData() {}, onEnd: resolve, onError: reject })
  })
}

it.each<[string, Partial<FixtureKnobs>]>([
  ['gzip that unpacks to 150 MiB', { compressionBomb: { encoding: 'gzip', bytes: 150 * MIB } }],
  ['deflate that unpacks to 150 MiB', { compressionBomb: { encoding: 'deflate', bytes: 150 * MIB } }],
  ['brotli that unpacks to 150 MiB', { compressionBomb: { encoding: 'br', bytes: 150 * MIB } }],
  ['a body without end', { hugeBody: Infinity }],
])('%s is cut off at the limit', async (_, knobs) => {
  upstream.set({ ...HONEST, sessions: false, ...knobs })
  const before = process.memoryUsage().rss
  expect(await failureOf(drain(LIMIT))).toMatchObject({ code: 'upstream.response_too_large', requestSent: true })
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * MIB)
  expect(await upstream.requests.at(-1)!.over).toMatch(knobs.hugeBody ? 'cut' : /answered|cut/)
})

it('a length that is announced is believed before the body comes', async () => {
  upstream.set({ ...HONEST, sessions: false })
  expect(await failureOf(drain(10))).toMatchObject({ code: 'upstream.response_too_large' })
})
