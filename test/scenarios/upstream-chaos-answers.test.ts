// An upstream may answer a call in every wrong way there is. The caller hears at once, in the words of its
// door, that it was the upstream and what it did; the call is never sent again; none of the upstream's page is shown.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FixtureKnobs, HONEST } from '../support/fixture-knobs.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type Door, DOORS, openDoor, type Outcome } from '../support/four-doors.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

interface Fault {
  name: string
  knobs: Partial<FixtureKnobs>
  code: string
  /** A session of one's own is relayed, not read: what is found out there comes from the first bytes. */
  relayedCode?: string
}

const MIB = 1024 * 1024
/** What any server can do, whether it answers with JSON or with an event stream. */
const anywhere: Fault[] = [
  { name: 'resets the connection before its answer', knobs: { cutStream: 'before-head' }, code: 'upstream.connection_lost' },
  { name: 'resets the connection in the middle', knobs: { cutStream: 'reset' }, code: 'upstream.connection_lost' },
  { name: 'answers with a page', knobs: { html: true }, code: 'upstream.invalid_response' },
  { name: 'answers 204', knobs: { noContent: true }, code: 'upstream.http_status' },
  { name: 'answers with half of a message', knobs: { partialJson: true }, code: 'upstream.invalid_response' },
  {
    name: 'answers without end',
    knobs: { hugeBody: 64 * MIB },
    code: 'upstream.response_too_large',
    relayedCode: 'upstream.invalid_response',
  },
  {
    name: 'answers with a gzip bomb',
    knobs: { compressionBomb: { encoding: 'gzip', bytes: 64 * MIB } },
    code: 'upstream.response_too_large',
    relayedCode: 'upstream.invalid_response',
  },
  { name: 'answers 400 with an error page', knobs: { echoSecrets: 400 }, code: 'upstream.http_status' },
  { name: 'answers 403', knobs: { echoSecrets: 403 }, code: 'upstream.credential_refused' },
  { name: 'answers 500', knobs: { echoSecrets: 500 }, code: 'upstream.http_status' },
  { name: 'redirects', knobs: { redirect: { status: 307, location: 'http://127.0.0.1:1/elsewhere' } }, code: 'upstream.http_status' },
  { name: 'answers 401', knobs: { apiKey: { in: 'header', name: 'x-key', value: 'another' } }, code: 'upstream.credential_refused' },
  {
    name: 'asks for OAuth',
    knobs: { oauthChallenge: { resourceMetadata: 'https://x.example/meta' } },
    code: 'upstream.authorization_required',
  },
]
const asJson: Fault[] = [
  ...anywhere,
  { name: 'closes the connection in the middle', knobs: { cutStream: 'end' }, code: 'upstream.connection_lost' },
  { name: 'answers somebody else', knobs: { answerIds: 'foreign' }, code: 'upstream.invalid_response' },
]
const asEvents: Fault[] = [
  ...anywhere,
  { name: 'ends the stream without an answer', knobs: { sse: true, cutStream: 'end' }, code: 'upstream.stream_cut' },
  { name: 'answers somebody else', knobs: { sse: true, answerIds: 'foreign' }, code: 'upstream.stream_cut' },
]

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

const callsSeen = () => upstream.requests.filter(({ message }) => message?.method === 'tools/call').length

const DOOR_WORDS: Record<Door, RegExp> = {
  REST: /"error":"[a-z_]+"/,
  tRPC: /"plugboard":\{/,
  'the shared session': /"jsonrpc":"2.0","id":"mine","error"/,
  'a session of its own': /"jsonrpc":"2.0","id":"mine","error"/,
}

describe.each(['session', 'stateless'] as const)('an upstream of the %s era', (era) => {
  describe.each([
    ['JSON', false, asJson],
    ['event streams', true, asEvents],
  ] as const)('that answers with %s', (_kind, sse, faults) => {
    beforeEach(async () => {
      upstream.set({ ...HONEST, era, sse })
      await plugboard.send('DELETE', '/shop/it')
      await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
    })
    const cases = faults.flatMap((fault) => DOORS.map((door) => ({ ...fault, door })))

    it.each(cases)('and $name: a caller through $door hears $code', async ({ door, knobs, code, relayedCode }) => {
      const call = await openDoor(plugboard, door, 'it')
      expect(await call()).toMatchObject({ status: 200, code: undefined })
      upstream.set({ sse, ...knobs })
      const before = callsSeen()
      const outcome = await call()
      expectNamed(outcome, door, era === 'session' && door === 'a session of its own' ? relayedCode ?? code : code)
      expect(callsSeen()).toBe(before + 1)
      // The next call is none the worse for it.
      upstream.set({ ...HONEST, era, sse })
      expect(await call()).toMatchObject({ status: 200, code: undefined })
    })
  })
})

function expectNamed(outcome: Outcome, door: Door, code: string): void {
  expect(outcome).toMatchObject({ code, broken: false })
  expect(outcome.text).toMatch(DOOR_WORDS[door])
  // The gateway says whose fault it is; elsewhere the code does.
  // Somebody has to sign in: that is the caller's to do.
  expect([code === 'upstream.authorization_required' ? 'caller' : 'upstream', undefined]).toContain(outcome.side)
  expect(outcome.text).not.toMatch(/<script|<!doctype|not with|elsewhere/i)
  expect(outcome.headers.get('content-type')).toMatch(/^(application\/json|text\/event-stream)/)
}
