// What one caller floods, the others keep: requests are counted by credential and by organization, failures by address.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accountPages } from '../support/account-pages.ts'
import { bearer, mintServiceToken } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'
import { openOwnersBrowser } from '../support/test-browser.ts'

let plugboard: RunningPlugboard
beforeEach(async () => {
  plugboard = await startPlugboard({ environment: { RATE_PER_CALLER: '1', RATE_PER_ORGANIZATION: '2' }, pages: accountPages })
})
afterEach(() => plugboard.stop())

const look = (credential: string) => plugboard.send('GET', '/namespaces', undefined, bearer(credential))
const statusesOf = async (count: number, credential: string): Promise<number[]> => {
  const statuses: number[] = []
  for (let i = 0; i < count; i++) statuses.push((await look(credential)).status)
  return statuses
}
const times = (count: number, status: number) => Array<number>(count).fill(status)

const DOORS: [door: string, method: string, path: string, body: unknown][] = [
  ['REST', 'GET', '/namespaces', undefined],
  ['REST’s short way', 'POST', '/shop/it/.tools/echo', {}],
  ['tRPC', 'GET', '/trpc/namespaces.list', undefined],
  ['tRPC’s short way', 'POST', '/trpc/namespaces.ensure', { name: 'shop' }],
  ['MCP of a namespace', 'POST', '/mcp/shop', { jsonrpc: '2.0', id: 1, method: 'tools/list' }],
  ['MCP', 'POST', '/connect/shop/it/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/list' }],
]

describe('a caller who asks too often', () => {
  it.each(DOORS)('is told by %s to wait, and how long', async (_door, method, path, body) => {
    await plugboard.send('PUT', '/namespaces/shop')
    await plugboard.send('PUT', '/shop/it', { mcpUrl: 'http://127.0.0.1:1/mcp' })
    await statusesOf(10, plugboard.key)
    const { status, headers, body: said } = await plugboard.send(method, path, body, { accept: 'application/json, text/event-stream' })
    expect([status, headers.get('retry-after'), JSON.stringify(said)]).toEqual([429, '1', expect.stringContaining('limits.too_many_requests')])
  })

  it('may go on as time passes', async () => {
    expect(await statusesOf(12, plugboard.key)).toEqual([...times(10, 200), 429, 429])
    plugboard.advance(3000)
    expect(await statusesOf(4, plugboard.key)).toEqual([200, 200, 200, 429])
  })

  it('does not slow another key down, nor another organization', async () => {
    const [colleague, stranger] = [await plugboard.createKey(plugboard.organizationId), await plugboard.createKey()]
    await statusesOf(11, plugboard.key)
    expect(await statusesOf(10, colleague.key)).toEqual(times(10, 200))
    expect(await statusesOf(10, stranger.key)).toEqual(times(10, 200))
  })

  it('gains nothing by more keys and tokens than its organization may ask with', async () => {
    const { token } = await mintServiceToken(plugboard)
    const { token: another } = await mintServiceToken(plugboard, { policy: [{ operations: ['read'] }] })
    const statuses = [...(await statusesOf(10, token)), ...(await statusesOf(10, another))]
    expect(statuses.filter((status) => status === 200)).toHaveLength(18)
  })

  it('is a member’s browser, too', async () => {
    const browser = await openOwnersBrowser(plugboard)
    const statuses: number[] = []
    for (let i = 0; i < 11; i++) statuses.push((await browser.query('namespaces.list')).status)
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('an address that shows what is no credential', () => {
  beforeEach(() => {
    for (let i = 0; i < 1000; i++) plugboard.house.attempts.atCredential.take('127.0.0.1')
  })

  it('is told to wait, whatever it shows, and reports nothing more', async () => {
    for (const nobodys of ['plug_nobodys', 'plugt_nobodys']) expect(await look(nobodys)).toMatchObject({ status: 429, body: { code: 'identity.too_many_attempts' } })
    const report = (key: string) => plugboard.send('POST', '/keys/report-leaked', { key }, { authorization: '' })
    expect([(await report(plugboard.key)).status, (await report('plug_nobodys')).status]).toEqual([429, 429])
    plugboard.advance(60_000)
    expect((await look('plug_nobodys')).status).toBe(401)
  })

  it('is not shut to those whose credential is good', async () => {
    expect((await look(plugboard.key)).status).toBe(200)
    expect((await look((await mintServiceToken(plugboard)).token)).status).toBe(200)
  })
})
