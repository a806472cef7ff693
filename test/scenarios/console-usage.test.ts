// What the console shows of calls: how many, how long, by whom and with what outcome, whichever door they came through.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RecentCallView } from '../../server/history/recent-call-view.ts'
import type { ConnectionUsage, UsageReport } from '../../server/history/usage-view.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

const HOUR = 3_600_000
let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeEach(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
})
afterEach(() => Promise.all([plugboard.stop(), upstream.stop()]))

async function ask<Data>(procedure: string, input: object = {}): Promise<Data> {
  await plugboard.house.usage.flush()
  const given = { namespace: 'shop', ...input }
  const { body } = await plugboard.send<{ result: { data: Data } }>('GET', `/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(given))}`)
  return body.result.data
}
const recentCalls = async (limit?: number) => (await ask<{ calls: RecentCallView[] }>('connections.recentCalls', { connectionId: 'it', limit })).calls
const callRest = (tool: string) => plugboard.send('POST', `/shop/it/.tools/${tool}`, { text: 'a secret argument' })
const message = (name: string) => ({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: { text: 'a secret argument' } } })

describe('the last calls of a connection', () => {
  it('are told of every door, with the caller, the tool and the id of the request', async () => {
    const ids = [
      (await plugboard.send('POST', '/connect/shop/it/mcp', message('echo'))).status === 200 && 'gateway',
      (await callRest('echo')).headers.get('x-request-id'),
      (await plugboard.send('POST', '/trpc/tools.invoke', { namespace: 'shop', connectionId: 'it', tool: 'fail', arguments: { text: 'x' } })).headers.get('x-request-id'),
    ]
    const calls = await recentCalls()
    expect(calls.map(({ tool, failed, code }) => [tool, failed, code])).toEqual([
      ['fail', true, null],
      ['echo', false, null],
      ['echo', false, null],
    ])
    expect(calls.slice(0, 2).map(({ requestId }) => requestId)).toEqual([ids[2], ids[1]])
    for (const { caller, at } of calls) {
      expect(caller).toEqual({ kind: 'api_key', id: expect.stringMatching(/^key_/), name: 'test' })
      expect(at).toBe(new Date(plugboard.house.now()).toISOString())
    }
    expect(JSON.stringify(calls)).not.toContain('a secret argument')
  })

  it('name the error that ended a call, at every door', async () => {
    upstream.set({ html: true })
    await plugboard.send('POST', '/connect/shop/it/mcp', message('echo'))
    await callRest('echo')
    const opened = await plugboard.send('POST', '/connect/shop/it/mcp', {
      jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
    })
    await plugboard.send('POST', '/connect/shop/it/mcp', message('echo'), { 'mcp-session-id': opened.headers.get('mcp-session-id')! })
    expect((await recentCalls()).map(({ tool, failed, code }) => [tool, failed, code])).toEqual([
      ['echo', true, 'upstream.invalid_response'],
      ['initialize', false, null],
      ['echo', true, 'upstream.invalid_response'],
      ['echo', true, 'upstream.invalid_response'],
    ])
  })

  it('are as many as are asked for, at most fifty', async () => {
    for (let index = 0; index < 52; index++) await callRest('echo')
    expect(await recentCalls()).toHaveLength(50)
    expect(await recentCalls(3)).toHaveLength(3)
  })

  it('go with the connection', async () => {
    await callRest('echo')
    await plugboard.send('DELETE', '/shop/it')
    await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
    expect(await recentCalls()).toEqual([])
  })
})

describe.each([
  ['1h', 300_000, 12],
  ['24h', 1_800_000, 48],
  ['7d', 7_200_000, 84],
] as const)('usage over %s', (range, stepMs, steps) => {
  it('has every step, zeros included, and the calls in the step they were made in', async () => {
    plugboard.advance(stepMs - 1)
    await callRest('echo')
    plugboard.advance(stepMs * 2 + 1)
    await callRest('echo')
    plugboard.advance(stepMs - 1)
    await callRest('fail')
    const step = Math.floor(plugboard.house.now() / stepMs) * stepMs
    for (const report of [await ask<UsageReport>('usage.overview', { range }), await ask<UsageReport>('usage.ofConnection', { range, connectionId: 'it' })]) {
      expect(report).toMatchObject({ range, stepMs, to: new Date(step + stepMs).toISOString(), from: new Date(step + stepMs - steps * stepMs).toISOString() })
      expect(report.points.map(({ at }) => Date.parse(at))).toEqual(Array.from({ length: steps }, (_, index) => step - (steps - 1 - index) * stepMs))
      expect(report.points.slice(-4).map(({ calls, errors }) => [calls, errors])).toEqual([[1, 0], [0, 0], [0, 0], [2, 1]])
      expect(report.points.at(-2)).toMatchObject({ p50Ms: null, p95Ms: null })
      expect(report.totals).toMatchObject({ calls: 3, errors: 1, p50Ms: expect.any(Number), p95Ms: expect.any(Number) })
    }
  })

  it('of what lies further back tells nothing', async () => {
    await callRest('echo')
    plugboard.advance(stepMs * steps)
    expect((await ask<UsageReport>('usage.overview', { range })).totals).toEqual({ calls: 0, errors: 0, p50Ms: null, p95Ms: null })
    expect((await ask<ConnectionUsage>('usage.ofConnection', { range, connectionId: 'it' })).byTool).toEqual([])
  })
})

it('the tools of a connection are listed by how often they were called', async () => {
  for (const tool of ['fail', 'echo', 'echo']) await callRest(tool)
  const { byTool } = await ask<ConnectionUsage>('usage.ofConnection', { range: '1h', connectionId: 'it' })
  expect(byTool.map(({ tool, calls, errors }) => [tool, calls, errors])).toEqual([['echo', 2, 0], ['fail', 1, 1]])
})

it('a namespace still counts the calls of a connection that was deleted', async () => {
  await callRest('echo')
  await plugboard.house.usage.flush()
  await plugboard.send('DELETE', '/shop/it')
  plugboard.advance(HOUR)
  expect((await ask<UsageReport>('usage.overview', { range: '24h' })).totals.calls).toBe(1)
})
