import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip, deflateRawSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import type { Egress } from '../../../server/egress/egress.ts'
import { Exchange } from '../../../server/egress/exchange.ts'
import { startJsonServer } from '../../support/json-server.ts'
import { exchangeOf, failureOf, requestTo, testEgress } from '../../support/test-egress.ts'
import { call, coded, createExchangeUpstreams, echo } from './exchange-upstreams.ts'

const egress: Egress = testEgress()
const { fixture, rawServer, onStop, stop } = createExchangeUpstreams()
afterEach(stop)

function* zeros(total: number): Generator<Buffer> {
  const chunk = Buffer.alloc(64 * 1024)
  for (let sent = 0; sent < total; sent += chunk.length) yield chunk
}

describe('an exchange', () => {
  it('sends exactly the given headers, with Host, Content-Length and Via of our own', async () => {
    const upstream = await fixture()
    const answer = await exchangeOf(egress, requestTo(upstream.url, { ...echo, headers: { 'X-Api-Key': 'k', 'content-type': 'application/json' } }))
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([200, { result: { content: [{ text: 'hello' }] } }])
    expect(upstream.requests[0]!.headers).toEqual({
      host: `127.0.0.1:${upstream.port}`,
      connection: 'keep-alive',
      'x-api-key': 'k',
      'content-type': 'application/json',
      via: '1.1 plugboard-test',
      'content-length': String(echo.body.length),
    })
  })

  it('refuses a stored header that names another host', async () => {
    const upstream = await fixture()
    expect(await failureOf(exchangeOf(egress, requestTo(upstream.url, { headers: { Host: 'other.example' } })))).toMatchObject({ code: 'upstream.unusable_request', requestSent: false })
    expect(upstream.requests).toEqual([])
  })

  it('reuses the kept-alive socket, but not across trusts', async () => {
    const upstream = await fixture()
    const listed = testEgress({ allow: [{ kind: 'host', host: '127.0.0.1', port: upstream.port }] })
    for (let turn = 0; turn < 5; turn += 1) await exchangeOf(listed, requestTo(upstream.url, echo))
    expect(upstream.connections().accepted).toBe(1)
    await exchangeOf(listed, requestTo(upstream.url, { ...echo, trust: 'learnt' }))
    expect(upstream.connections().accepted).toBe(2)
    await listed.close()
  })

  it('frees the socket of an aborted request at once and says so once', async () => {
    const upstream = await fixture({ sse: true })
    const errors: string[] = []
    const exchange = egress.dispatch(requestTo(upstream.url, { body: call('slow') }), {
      onHead: () => exchange.abort(),
      onData: () => errors.push('data'),
      onEnd: () => errors.push('end'),
      onError: (error) => errors.push(error.code),
    })
    const recorded = await upstream.request((request) => request.body.includes('slow'))
    expect(await recorded.over).toBe('cut')
    exchange.abort()
    expect(errors).toEqual(['upstream.aborted'])
  })

  it('aborted before it has a socket never reaches the upstream', async () => {
    const upstream = await fixture()
    const outcome = failureOf(
      new Promise((resolve, reject) => {
        egress.dispatch(requestTo(upstream.url, echo), { onHead() {}, onData() {}, onEnd: () => resolve(undefined), onError: reject }).abort()
      }),
    )
    expect(await outcome).toMatchObject({ code: 'upstream.aborted', requestSent: false })
    await exchangeOf(egress, requestTo(upstream.url, { body: call('headers') }))
    expect(upstream.requests.map((request) => request.message?.params?.name)).toEqual(['headers'])
  })

  it.each(['identity', 'gzip'] as const)('a paused reader stops the upstream, %s, and loses nothing', async (coding) => {
    const bytes = 128 * 1024 * 1024
    const server = await startJsonServer((_, res) => {
      res.writeHead(200, { 'content-encoding': coding })
      // Level 0 packs nothing: as many bytes travel as are read, so that buffering them would show.
      void pipeline(Readable.from(zeros(bytes)), coding === 'gzip' ? createGzip({ level: 0 }) : new PassThrough(), res)
    })
    onStop(() => server.stop())
    let received = 0
    let chunks = 0
    const before = process.memoryUsage().rss
    await new Promise<void>((resolve, reject) => {
      const exchange = egress.dispatch(requestTo(server.url, { maxBytes: bytes }), {
        onHead() {},
        onData(chunk) {
          received += chunk.length
          chunks += 1
          exchange.pause()
          setImmediate(() => exchange.resume())
        },
        onEnd: resolve,
        onError: reject,
      })
    })
    expect(received).toBe(bytes)
    expect(chunks).toBeGreaterThan(1000)
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000)
  })

  it('whose decoder is full holds the upstream until the reader has drained it', async () => {
    const said: string[] = []
    const carrier = { pause: () => said.push('pause'), resume: () => said.push('resume'), cut() {} }
    const ended = new Promise<void>((resolve, reject) => {
      const exchange = new Exchange(requestTo('http://127.0.0.1/'), {
        onHead() {},
        onData() {
          said.push('data')
          exchange.pause()
          setImmediate(() => exchange.resume())
        },
        onEnd: resolve,
        onError: reject,
      })
      exchange.onRequestStart(carrier)
      exchange.onResponseStart(200, { 'content-encoding': 'gzip' })
      exchange.onResponseData(gzipSync(Buffer.alloc(100_000), { level: 0 }))
      exchange.onResponseEnd()
    })
    expect(said).toEqual(['pause'])
    await ended
    expect(said.filter((word) => word === 'data').length).toBeGreaterThan(5)
  })

  it('delivers a redirect as a status and follows nothing', async () => {
    const upstream = await fixture({ redirect: { status: 307, location: 'http://127.0.0.1:9/' } })
    expect(await exchangeOf(egress, requestTo(upstream.url, echo))).toMatchObject({ status: 307, headers: { location: 'http://127.0.0.1:9/' } })
  })

  it.each(['gzip', 'deflate', 'br'] as const)('takes %s off, and its headers with it', async (encoding) => {
    const upstream = await fixture({ encoding })
    const answer = await exchangeOf(egress, requestTo(upstream.url, echo))
    expect(answer.body).toContain('hello')
    expect(answer.headers).not.toHaveProperty('content-encoding')
    expect(answer.headers).not.toHaveProperty('content-length')
  })

  it('reads deflate without its wrapper', async () => {
    const url = await rawServer((socket) => socket.write(coded('deflate', deflateRawSync('hello'))))
    expect((await exchangeOf(egress, requestTo(url))).body).toBe('hello')
  })

  it('reads an answer of no bytes that calls itself coded', async () => {
    const url = await rawServer((socket) => socket.write(coded('gzip', Buffer.alloc(0))))
    expect((await exchangeOf(egress, requestTo(url))).body).toBe('')
  })

  it('passes over informational answers, but not for ever', async () => {
    const some = await rawServer((socket) => socket.write('HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'))
    expect((await exchangeOf(egress, requestTo(some))).body).toBe('ok')
    const many = await rawServer((socket) => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(50)))
    expect(await failureOf(exchangeOf(egress, requestTo(many)))).toMatchObject({ code: 'upstream.invalid_response' })
  })
})
