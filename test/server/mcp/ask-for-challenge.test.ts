import { describe, expect, it } from 'vitest'
import { askForChallenge } from '../../../server/mcp/ask-for-challenge.ts'
import { fakeUpstream, type FakeAnswer } from './fake-upstream.ts'

const url = new URL('https://mcp.example/mcp')
const refusal = (challenge: string): FakeAnswer => ({ status: 401, headers: { 'www-authenticate': challenge } })
const absent: FakeAnswer = { status: 404, body: {} }

describe('the challenge', () => {
  it.each<[string, FakeAnswer, FakeAnswer, string | undefined]>([
    ['of the first request that is refused', refusal('Bearer scope="a"'), refusal('Bearer scope="b"'), 'Bearer scope="a"'],
    ['of the second, if only that one is', absent, refusal('Bearer scope="b"'), 'Bearer scope="b"'],
    ['of the first, if anybody may initialize', refusal('Bearer scope="a"'), absent, 'Bearer scope="a"'],
    ['nobody’s, if nothing is refused', absent, absent, undefined],
    ['not that of an answer that is no refusal', { status: 200, headers: { 'www-authenticate': 'Bearer' }, body: {} }, absent, undefined],
  ])('is %s', async (_whose, discover, initialize, expected) => {
    const { egress, sent } = fakeUpstream(({ message }) => (message?.method === 'server/discover' ? discover : initialize))
    expect(await askForChallenge(egress, url)).toBe(expected)
    for (const { headers } of sent) expect(Object.keys(headers).map((name) => name.toLowerCase())).not.toContain('authorization')
  })
})
