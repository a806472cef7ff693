// Requests to authorization servers end: a lease is held while they last.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createOAuthWire, POST_TIMEOUT_MS, trustOf } from '../../../server/connections/authorization/oauth-wire.ts'
import type { Egress, EgressHandler } from '../../../server/egress/egress.ts'
import { exchangeAborted } from '../../../server/egress/errors.ts'
import { testEgress } from '../../support/test-egress.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** An egress whose other side is played by the test. */
function playEgress() {
  let handler: EgressHandler | undefined
  let aborted = 0
  const egress: Pick<Egress, 'check' | 'dispatch' | 'fetchJson'> = {
    check: () => undefined,
    fetchJson: () => Promise.reject(new Error('nothing is fetched here')),
    dispatch(_request, given) {
      handler = given
      const abort = () => {
        aborted++
        given.onError(exchangeAborted(true))
      }
      return { abort, pause: () => undefined, resume: () => undefined }
    },
  }
  const answer = createOAuthWire(egress as Egress, 'configured').post('https://as.example/token', { headers: {}, body: 'grant_type=x' })
  const outcome = answer.then(
    () => 'answered',
    (error: { code: string }) => error.code,
  )
  return { answer, outcome, handler: () => handler!, aborted: () => aborted }
}

describe('a request to an authorization server', () => {
  it('that is never answered ends by itself', async () => {
    const { outcome, aborted } = playEgress()
    await vi.advanceTimersByTimeAsync(POST_TIMEOUT_MS)
    expect([await outcome, aborted()]).toEqual(['upstream.aborted', 1])
  })

  it('whose answer drips ends at the same moment', async () => {
    const { outcome, handler } = playEgress()
    handler().onHead(200, {})
    for (let drop = 0; drop < 14; drop++) {
      handler().onData(Buffer.from('.'))
      await vi.advanceTimersByTimeAsync(POST_TIMEOUT_MS / 15)
    }
    await vi.advanceTimersByTimeAsync(POST_TIMEOUT_MS / 15)
    expect(await outcome).toBe('upstream.aborted')
  })

  it('whose answer calls itself an event stream is bounded all the same', async () => {
    const { outcome, handler, aborted } = playEgress()
    handler().onHead(200, { 'content-type': 'text/event-stream' })
    for (let chunk = 0; chunk < 65; chunk++) handler().onData(Buffer.alloc(1024))
    expect([await outcome, aborted()]).toEqual(['upstream.response_too_large', 1])
  })

  it('that cannot even be sent ends with the reason', async () => {
    const egress = testEgress()
    await egress.close()
    const failure = createOAuthWire(egress, 'configured').post('http://127.0.0.1:1/token', { headers: {}, body: '' })
    expect(await failure.catch(({ code }: { code: string }) => code)).toBe('upstream.shutting_down')
  })

  it('that is answered leaves no timer behind', async () => {
    const { answer, handler } = playEgress()
    handler().onHead(204, { 'retry-after': '7', 'set-cookie': 'a=b' })
    handler().onEnd()
    const { status, headers } = await answer
    expect([status, [...headers], vi.getTimerCount()]).toEqual([204, [['retry-after', '7']], 0])
  })
})

describe('what is learnt from an MCP server', () => {
  it.each([
    ['http://127.0.0.1:4000/mcp', 'configured'],
    ['http://localhost:4000/mcp', 'configured'],
    ['https://mcp.example/mcp', 'learnt'],
    ['https://127.0.0.1.nip.example/mcp', 'learnt'],
  ])('at %s is %s', (url, trust) => expect(trustOf(new URL(url))).toBe(trust))
})
