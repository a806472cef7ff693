import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { fetchJson, type FetchJsonParts } from '../../../server/egress/fetch-json.ts'
import { startJsonServer, type JsonServer } from '../../support/json-server.ts'
import { failureOf, testEgress } from '../../support/test-egress.ts'

const egress = testEgress()
const servers: JsonServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
})
async function serve(answer: (path: string, res: ServerResponse) => void): Promise<JsonServer> {
  const server = await startJsonServer(answer)
  servers.push(server)
  return server
}
const redirect = (res: ServerResponse, location: string, status = 302) => void res.writeHead(status, { location }).end()
const json = (res: ServerResponse, value: unknown) => void res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
const get = (url: URL | string, more: { maxBytes?: number; maxRedirects?: number; headers?: Record<string, string> } = {}) =>
  egress.fetchJson(new URL(url), { trust: 'configured', maxBytes: 1000, ...more })

describe('a JSON document', () => {
  it('is fetched uncoded, with its status, headers and place', async () => {
    const server = await serve((_, res) => json(res, { issuer: 'x' }))
    const document = await get(new URL('/a?b', server.url), { headers: { 'x-mine': '1' } })
    expect(document).toMatchObject({ status: 200, json: { issuer: 'x' }, headers: { 'content-type': 'application/json' } })
    expect(document.url.pathname).toBe('/a')
    expect(server.seen).toMatchObject([{ path: '/a?b', headers: { 'accept-encoding': 'identity', 'x-mine': '1', via: '1.1 plugboard-test' } }])
  })

  it.each([['a page', '<html>'], ['nothing', ''], ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22])]])('that is %s has a status and no JSON', async (_, body) => {
    const server = await serve((__, res) => void res.writeHead(404).end(body))
    expect(await get(server.url)).toMatchObject({ status: 404, json: undefined })
  })

  it.each(['application/json', 'text/event-stream'])('larger than allowed is refused, as %s', async (type) => {
    const server = await serve((_, res) => void res.writeHead(200, { 'content-type': type }).end(JSON.stringify('x'.repeat(2000))))
    expect(await failureOf(get(server.url))).toMatchObject({ code: 'upstream.response_too_large' })
  })

  it('deep enough to break a recursive parser is only a document', async () => {
    const server = await serve((_, res) => void res.end('['.repeat(100_000) + ']'.repeat(100_000)))
    expect((await get(server.url, { maxBytes: 1_000_000 })).json).toBeInstanceOf(Array)
  })
})

describe('a redirect', () => {
  it('is followed three times and no further', async () => {
    const server = await serve((path, res) => (path === '/0' ? json(res, 'here') : redirect(res, `/${Number(path.slice(1)) - 1}`, 308)))
    expect(await get(new URL('/3', server.url))).toMatchObject({ json: 'here' })
    expect(await failureOf(get(new URL('/10', server.url)))).toMatchObject({ code: 'upstream.unreachable', reason: 'EGRESS_REDIRECT' })
    expect(server.seen.map((request) => request.path)).toEqual(['/3', '/2', '/1', '/0', '/10', '/9', '/8', '/7'])
  })

  it('is not followed where that was said', async () => {
    const server = await serve((_, res) => redirect(res, '/elsewhere'))
    expect(await failureOf(get(new URL('/here', server.url), { maxRedirects: 0 }))).toMatchObject({ code: 'upstream.unreachable', reason: 'EGRESS_REDIRECT' })
    expect(server.seen.map((request) => request.path)).toEqual(['/here'])
  })

  it('keeps the headers inside an origin and drops them outside', async () => {
    const other = await serve((_, res) => json(res, 'there'))
    const first = await serve((path, res) => redirect(res, path === '/1' ? '/2' : other.url.href))
    expect(await get(new URL('/1', first.url), { headers: { 'x-api-key': 'secret' } })).toMatchObject({ json: 'there', url: other.url })
    expect(first.seen.map((request) => request.headers['x-api-key'])).toEqual(['secret', 'secret'])
    expect(other.seen[0]!.headers).not.toHaveProperty('x-api-key')
  })

  it('without a place to go is an answer like any other', async () => {
    const server = await serve((_, res) => void res.writeHead(302).end('{}'))
    expect(await get(server.url)).toMatchObject({ status: 302, json: {} })
  })

  it.each(['ftp://mcp.example/', 'http://mcp.example/', 'http://user:pass@127.0.0.1/'])('to %s is not followed', async (location) => {
    const server = await serve((_, res) => redirect(res, location))
    expect(await failureOf(get(server.url))).toMatchObject({ code: 'upstream.unreachable', reason: 'upstream.invalid_url' })
  })

  it('from https to http is not followed, not even to a listed host', async () => {
    const asked: string[] = []
    const parts: FetchJsonParts = {
      check() {},
      dispatch(request, handler) {
        asked.push(request.url.href)
        queueMicrotask(() => {
          handler.onHead(302, { location: 'http://mcp.example/b' })
          handler.onEnd()
        })
        return { abort() {}, pause() {}, resume() {} }
      },
    }
    expect(await failureOf(fetchJson(parts, new URL('https://mcp.example/a'), { trust: 'configured', maxBytes: 1 }))).toMatchObject({ reason: 'EGRESS_REDIRECT' })
    expect(asked).toEqual(['https://mcp.example/a'])
  })

  it('to what is no URL is an invalid response', async () => {
    const server = await serve((_, res) => redirect(res, 'http://['))
    expect(await failureOf(get(server.url))).toMatchObject({ code: 'upstream.invalid_response' })
  })
})
