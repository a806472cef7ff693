// A wire that says what went over it, for a trace. The steps that use it cannot tell the difference.
import { readJsonBody } from '../json-body.ts'
import type { OAuthWire } from '../wire.ts'
import { type Exchange, type NoteExchange, receivedOf, shownUrl } from './exchange.ts'
import { knownNames } from './known-names.ts'

type Started = Pick<Exchange, 'method' | 'url' | 'sent'>

export function traceWire(wire: OAuthWire, note: NoteExchange): OAuthWire {
  /** An answer may be the only copy of a token: nothing here fails because of it, or keeps it. */
  async function watch<Answer>(started: Started, answer: Promise<Answer>, read: (answer: Answer) => Promise<{ status: number; body: unknown }>): Promise<Answer> {
    let arrived: Answer
    try {
      arrived = await answer
    } catch (error) {
      note({ ...started, status: null, received: [], theirError: null })
      throw error
    }
    const { status, body } = await read(arrived)
    note({ ...started, status, ...receivedOf(body) })
    return arrived
  }

  return {
    getJson: (url) => watch({ method: 'GET', url: shownUrl(url), sent: [] }, wire.getJson(url), async ({ status, json }) => ({ status, body: json })),
    post: (url, request) =>
      watch({ method: 'POST', url: shownUrl(new URL(url)), sent: sentNames(request) }, wire.post(url, request), async (response) => ({
        status: response.status,
        body: await readJsonBody(response.clone()),
      })),
  }
}

/** A form, but for registrations, which are JSON (RFC 7591 §3.1). */
function sentNames({ headers, body }: { headers: Record<string, string>; body: string }): string[] {
  const header = new Headers(headers)
  const isJson = header.get('content-type')?.startsWith('application/json') === true
  const names = knownNames(isJson ? Object.keys(JSON.parse(body) as object) : new URLSearchParams(body).keys())
  return header.has('authorization') ? [...names, 'authorization'] : names
}
