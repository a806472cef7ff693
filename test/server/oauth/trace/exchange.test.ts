import { describe, expect, it } from 'vitest'
import { browserExchange, type Exchange, receivedOf, shownUrl } from '../../../../server/oauth/trace/exchange.ts'
import { traceWire } from '../../../../server/oauth/trace/traced-wire.ts'
import type { OAuthWire } from '../../../../server/oauth/wire.ts'

const SECRET = 'sEcReT0123456789'
const answer = (body: unknown, status = 200) => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })

/** What a trace keeps of one POST. */
async function exchangeOf(body: string, response: () => Promise<Response>, headers: Record<string, string> = {}): Promise<{ kept: Exchange[]; outcome: unknown }> {
  const kept: Exchange[] = []
  const wire: OAuthWire = { getJson: () => Promise.reject(new Error('not asked')), post: response }
  const outcome = await traceWire(wire, (exchange) => void kept.push(exchange))
    .post(`https://user:${SECRET}@as.example/token?key=${SECRET}#${SECRET}`, { headers, body })
    .then((given) => given.text(), (error: unknown) => error)
  return { kept, outcome }
}

describe('what is kept of a request', () => {
  it('is the names of its parameters and the path it went to, never a value', async () => {
    const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: SECRET, client_id: SECRET, [SECRET]: '1' }).toString()
    const { kept, outcome } = await exchangeOf(form, async () => answer({ access_token: SECRET, expires_in: 60, [SECRET]: 1 }), { authorization: `Basic ${SECRET}` })
    expect(kept).toEqual([
      {
        method: 'POST',
        url: 'https://as.example/token',
        sent: ['grant_type', 'refresh_token', 'client_id', 'authorization'],
        status: 200,
        received: ['access_token', 'expires_in'],
        theirError: null,
      },
    ])
    expect(outcome).toContain(SECRET)
  })

  it('of a registration is the names of its members', async () => {
    const { kept } = await exchangeOf(JSON.stringify({ client_name: SECRET, redirect_uris: [SECRET] }), async () => answer({}, 201), { 'content-type': 'application/json' })
    expect(kept[0]).toMatchObject({ sent: ['client_name', 'redirect_uris'], status: 201 })
  })

  it('that nobody answered is that, and the failure goes on to whoever asked', async () => {
    const failure = new Error('refused')
    const { kept, outcome } = await exchangeOf('', () => Promise.reject(failure))
    expect([kept[0]?.status, outcome]).toEqual([null, failure])
  })

  it('that a browser makes is names, too, each once', () => {
    const parameters = new URLSearchParams([['code', SECRET], ['code', SECRET], ['state', SECRET], [SECRET, SECRET], ['error', SECRET]])
    const kept = browserExchange(new URL(`https://here.example/oauth/callback/x?code=${SECRET}`), parameters)
    expect(kept).toMatchObject({ url: 'https://here.example/oauth/callback/x', sent: ['code', 'state', 'error'], theirError: null })
    expect(JSON.stringify(kept)).not.toContain(SECRET)
  })
})

describe('what is kept of an answer', () => {
  it.each(['invalid_grant', 'bad_refresh_token', 'access_denied'])('is the error if it is a word: %s', (error) => {
    expect(receivedOf({ error, error_description: SECRET })).toEqual({ received: ['error', 'error_description'], theirError: error })
  })

  it.each([SECRET, 'two words', `invalid_grant ${SECRET}`, 'x'.repeat(41), '<script>', 7, null, { a: 1 }])('is no other error: %j', (error) => {
    expect(receivedOf({ error }).theirError).toBeNull()
  })

  it.each([undefined, null, 'text', 7, ['error']])('is nothing of what is no object: %j', (body) => {
    expect(receivedOf(body)).toEqual({ received: [], theirError: null })
  })

  it('leaves the answer whole for whoever asked, also a page', async () => {
    expect((await exchangeOf('', async () => answer('<html>'))).outcome).toBe('<html>')
  })
})

it('an address is bounded, however long a stranger made it', () => {
  expect(shownUrl(new URL(`https://as.example/${'x'.repeat(5000)}`)).length).toBeLessThanOrEqual(300)
})
