// A token for tools that only read: what counts is what a tool said when the token was minted, and only while it says the same.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { FixtureTool } from '../support/fixture-knobs.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { DOORS, openDoor } from '../support/four-doors.ts'
import { postMessage } from '../support/mcp-post.ts'
import { bearer, mintServiceToken } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

const lookup = (annotations: Record<string, unknown>, description = 'Looks something up') => ({ name: 'lookup', description, inputSchema: { type: 'object' }, annotations })
beforeEach(async () => {
  upstream.set({ extraTools: [lookup({ readOnlyHint: true })] })
  await plugboard.send('DELETE', '/shop/it')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
  plugboard.advance(5000)
})

const listAll = () => plugboard.send<{ tools: { name: string }[] }>('GET', '/shop/it/.tools')
const mint = async () => (await mintServiceToken(plugboard, { policy: [{ readOnly: true }] })).token
const call = async (token: string, tool: string) => (await plugboard.send('POST', `/shop/it/.tools/${tool}`, {}, bearer(token))).body.code ?? 'called'
const namesFor = async (token: string) =>
  (await plugboard.send<{ tools: { name: string }[] }>('GET', '/shop/it/.tools', undefined, bearer(token))).body.tools.map(({ name }) => name)

it.each(DOORS)('through %s it calls what says that it only reads, and nothing else', async (door) => {
  await listAll()
  const token = await mint()
  const through = await openDoor({ ...plugboard, key: token }, door, 'it')
  expect((await through({ tool: 'echo' })).status).toBe(200)
  expect(await through({ tool: 'fail' })).toMatchObject({ status: 403, code: 'policy.call_forbidden' })
})

it('its list shows these tools alone, through every door', async () => {
  await listAll()
  const token = await mint()
  expect(await namesFor(token)).toEqual(['echo', 'headers', 'progress', 'slow', 'lookup'])
  const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' }
  const { answer } = await postMessage(`${plugboard.url}/connect/shop/it/mcp`, list, bearer(token))
  const tools = answer?.result?.tools as { name: string }[] | undefined
  expect(tools?.map(({ name }) => name)).toEqual(['echo', 'headers', 'progress', 'slow', 'lookup'])
})

it('a check notes what there is, too', async () => {
  await plugboard.send('POST', '/shop/it/.check')
  expect(await call(await mint(), 'echo')).toBe('called')
})

it('what was never listed before it was minted is refused', async () => {
  const token = await mint()
  plugboard.advance(1000)
  await listAll()
  expect(await call(token, 'echo')).toBe('policy.call_forbidden')
  expect(await namesFor(token)).toEqual([])
})

it.each<[string, FixtureTool[]]>([
  ['does not say so any more', [lookup({ readOnlyHint: false })]],
  ['says it in other words', [lookup({ readOnlyHint: true }, 'Looks something up, and deletes it')]],
  ['has gone', []],
])('a tool that %s is refused from then on', async (_how, later) => {
  await listAll()
  const token = await mint()
  expect(await call(token, 'lookup')).not.toBe('policy.call_forbidden')
  plugboard.advance(2000)
  upstream.set({ extraTools: later })
  await listAll()
  expect(await call(token, 'lookup')).toBe('policy.call_forbidden')
  expect(await namesFor(token)).not.toContain('lookup')
  expect(await call(token, 'echo')).toBe('called')
})

it('a tool that becomes read-only later is for tokens that are minted then', async () => {
  upstream.set({ extraTools: [lookup({})] })
  await listAll()
  const before = await mint()
  plugboard.advance(2000)
  upstream.set({ extraTools: [lookup({ readOnlyHint: true })] })
  await listAll()
  plugboard.advance(2000)
  const after = await mint()
  expect([await call(before, 'lookup'), await call(after, 'lookup')].map((code) => code === 'policy.call_forbidden')).toEqual([true, false])
})

it.each<Record<string, unknown>>([{ readOnlyHint: 'true' }, { readOnlyHint: 1 }, { readonlyHint: true }, { destructiveHint: false }])('%j is not to say so', async (annotations) => {
  upstream.set({ extraTools: [lookup(annotations)] })
  await listAll()
  expect(await call(await mint(), 'lookup')).toBe('policy.call_forbidden')
})

it('a connection of the same name starts from nothing', async () => {
  await listAll()
  const token = await mint()
  await plugboard.send('DELETE', '/shop/it')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
  expect(await call(token, 'echo')).toBe('policy.call_forbidden')
})
