import { expect, it } from 'vitest'
import { negotiate } from '../../../server/mcp/negotiate.ts'
import { fakeUpstream, targetOf, type FakeAnswer } from './fake-upstream.ts'

const introduction: FakeAnswer = { status: 200, body: { jsonrpc: '2.0', id: 0, result: { supportedVersions: ['2026-07-28'], capabilities: {} } } }
const unwanted = (supported: string[]): FakeAnswer => ({
  status: 400,
  body: { jsonrpc: '2.0', id: 0, error: { code: -32022, message: 'Unsupported protocol version', data: { supported } } },
})
const session: FakeAnswer = { status: 200, body: { jsonrpc: '2.0', id: 0, result: { protocolVersion: '2025-11-25', capabilities: {} } } }

it('a server that refuses our revision and yet names it is asked once more', async () => {
  let asked = 0
  const { egress, sent } = fakeUpstream(() => (asked++ === 0 ? unwanted(['2026-07-28']) : introduction))
  expect((await negotiate(egress, targetOf({ verdict: undefined }))).verdict).toEqual({ era: 'stateless' })
  expect(sent.map(({ message }) => message?.method)).toEqual(['server/discover', 'server/discover'])
})

it.each([
  ['keeps refusing', ['2026-07-28'], ['server/discover', 'server/discover']],
  ['names other revisions only', ['2027-01-01'], ['server/discover']],
])('a server that %s is asked for a session', async (_what, supported, discoveries) => {
  const { egress, sent } = fakeUpstream(({ message }) => (message?.method === 'server/discover' ? unwanted(supported) : session))
  expect((await negotiate(egress, targetOf({ verdict: undefined }))).verdict).toMatchObject({ era: 'session' })
  expect(sent.map(({ message }) => message?.method)).toEqual([...discoveries, 'initialize', 'notifications/initialized'])
})
