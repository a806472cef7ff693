// Whoever watches a namespace with a token hears of what the token is for, and of nothing else: neither that it came nor that it went.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { bearer, mintServiceToken } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

const connect = (connectionId: string, userId: string) => plugboard.send('PUT', `/shop/${connectionId}`, { mcpUrl: upstream.url, metadata: { userId } })
const end = (connectionId: string) => plugboard.send('DELETE', `/shop/${connectionId}`)
beforeEach(() => Promise.all([connect('mine', '1'), connect('theirs', '2')]))

interface Listening {
  /** All that was said until it says this, for the first time or again. */
  until(text: string): Promise<string>
  leave(): Promise<void>
}

async function listen(path: string, policy: object): Promise<Listening> {
  const { token } = await mintServiceToken(plugboard, { policy: [{ metadata: { userId: '1' }, ...policy }] })
  const response = await fetch(plugboard.url + path, { headers: { ...bearer(token), accept: 'text/event-stream' } })
  if (response.status !== 200) throw new Error(`not listening: ${response.status}`)
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  return {
    async until(text) {
      let said = ''
      while (!said.includes(text)) {
        const { done, value } = await reader.read()
        if (done) throw new Error(`it ended after ${said}`)
        said += value
      }
      return said
    },
    leave: () => reader.cancel(),
  }
}

describe('a subscription', () => {
  it('tells of the token’s own connections alone', async () => {
    const listening = await listen(`/trpc/connections.watch?input=${encodeURIComponent('{"namespace":"shop"}')}`, {})
    await listening.until('listening')
    await connect('theirs-too', '2')
    for (const id of ['theirs', 'theirs-too', 'mine']) await end(id)
    expect(await listening.until('"deleted"')).not.toContain('theirs')
    await listening.leave()
  })
})

describe('news at the endpoint of the namespace', () => {
  it.each([{}, { operations: 'execute' }, { tools: 'echo' }])('tell of the token’s own connections alone: %j', async (policy) => {
    const listening = await listen('/mcp/shop', policy)
    await end('theirs')
    await connect('theirs', '2')
    await end('mine')
    const said = await listening.until('prompts/list_changed')
    expect(said.match(/tools\/list_changed/g)).toHaveLength(1)
    await listening.leave()
  })
})
