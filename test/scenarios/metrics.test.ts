// What Prometheus reads: with the token alone, in the format it knows, without a name of any tenant.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

const METRICS_TOKEN = 'a-token-for-the-metrics'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard({ environment: { METRICS_TOKEN } }), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url.href })
  for (let calls = 0; calls < 3; calls++) await plugboard.send('POST', '/shop/it/.tools/echo', { text: 'hi' })
  await plugboard.house.usage.flush()
})
afterAll(() => Promise.all([plugboard?.stop(), upstream?.stop()]))

async function scrape(authorization = `Bearer ${METRICS_TOKEN}`): Promise<{ status: number; type: string | null; text: string }> {
  const response = await fetch(`${plugboard.url}/metrics`, { headers: { authorization } })
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

const valueOf = (text: string, series: string) => Number(text.split('\n').find((line) => line.startsWith(`${series} `))?.split(' ')[1])

describe('the metrics', () => {
  it('count calls by outcome, and how long they took', async () => {
    const { status, type, text } = await scrape()
    expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
    expect(valueOf(text, 'plugboard_calls_total{outcome="ok"}')).toBe(3)
    expect(valueOf(text, 'plugboard_calls_total{outcome="error"}')).toBe(0)
    expect(text).toContain('# TYPE plugboard_call_duration_seconds histogram')
    const buckets = [...text.matchAll(/^plugboard_call_duration_seconds_bucket\{le="([^"]+)"\} (\d+)$/gm)].map(([, le, count]) => [le, Number(count)] as const)
    expect(buckets.at(-1)).toEqual(['+Inf', 3])
    expect(buckets.map(([, count]) => count)).toEqual(buckets.map(([, count]) => count).toSorted((one, other) => one - other))
    expect(valueOf(text, 'plugboard_call_duration_seconds_count')).toBe(3)
  })

  it('tell of the audit log, upstream sessions and the process, and read the same twice', async () => {
    const [{ text }, again] = [await scrape(), await scrape()]
    expect(valueOf(text, 'plugboard_audit_notes_total{result="ok"}')).toBeGreaterThan(0)
    expect(valueOf(text, 'plugboard_upstream_sessions')).toBe(1)
    expect([valueOf(text, 'plugboard_calls_in_flight'), valueOf(text, 'plugboard_streams_held_open')]).toEqual([0, 0])
    expect(valueOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(0)
    expect(valueOf(again.text, 'plugboard_calls_total{outcome="ok"}')).toBe(3)
  })

  it('name nobody', async () => {
    const { text } = await scrape()
    expect(text).not.toMatch(/shop|echo|con_|org_/)
  })
})

describe('without the token', () => {
  it.each(['', 'Bearer another-token-of-somebody', METRICS_TOKEN])('nothing is told: %j', async (authorization) => {
    expect(await scrape(authorization)).toMatchObject({ status: 401, text: '' })
  })

  it('nor with an API key', async () => {
    expect((await scrape(`Bearer ${plugboard.key}`)).status).toBe(401)
  })
})

it('where no token is set there are no metrics', async () => {
  const other = await startPlugboard()
  const { status } = await fetch(`${other.url}/metrics`, { headers: { authorization: 'Bearer undefined' } })
  await other.stop()
  expect(status).toBe(404)
})
