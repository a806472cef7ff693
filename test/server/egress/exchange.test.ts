import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip, deflateRawSync, gzipSync } from 'node:zlib'
import type { Dispatcher } from 'undici'
import { afterEach, describe, expect, it } from 'vitest'
import type { Egress } from '../../../server/egress/egress.ts'
import { Exchange } from '../../../server/egress/exchange.ts'
import type { FixtureKnobs } from '../../support/fixture-knobs.ts'
import { startFixtureUpstream, type FixtureUpstream } from '../../support/fixture-upstream.ts'
import { createGate } from '../../support/gate.ts'
import { startJsonServer } from '../../support/json-server.ts'
import { exchangeOf, failureOf, requestTo, testEgress } from '../../support/test-egress.ts'

const egress: Egress = testEgress()
const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function fixture(knobs: Partial<FixtureKnobs> = {}): Promise<FixtureUpstream> {
  const upstream = await startFixtureUpstream({ sessions: false, ...knobs })
  stops.push(() => upstream.stop())
  return upstream
}

/** A server that answers every request with these bytes, whatever HTTP thinks of them. */
async function rawServer(answer: (socket: Socket) => void): Promise<URL> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('data', () => answer(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
}

const call = (name: string, input: object = {}) => Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: input } }))
const echo = { body: call('echo', { text: 'hello' }) }
const coded = (coding: string, body: Buffer) => Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: ${coding}\r\ncontent-length: ${body.length}\r\n\r\n`), body])

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
    for (let turn = 0; turn < 5; turn += 1) {
      await exchangeOf(listed, requestTo(upstream.url, echo))
      // A socket is free again one turn of the event loop after its answer.
      await new Promise(setImmediate)
    }
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
    stops.push(() => server.stop())
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
    const controller = { pause: () => said.push('pause'), resume: () => said.push('resume'), abort() {} } as unknown as Dispatcher.DispatchController
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
      exchange.onRequestStart(controller)
      exchange.onResponseStart(controller, 200, { 'content-encoding': 'gzip' })
      exchange.onResponseData(controller, gzipSync(Buffer.alloc(100_000), { level: 0 }))
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

describe('a failing exchange', () => {
  it.each<[string, Partial<FixtureKnobs>]>([
    ['a reset before the head', { cutStream: 'before-head' }],
    ['a reset in the middle of the body', { cutStream: 'reset' }],
    ['a reset in the middle of an event stream', { cutStream: 'reset', sse: true }],
    ['a body cut short', { cutStream: 'end' }],
    ['an event stream cut short on a connection that was to close', { cutStream: 'reset', sse: true, upstreamHeaders: { connection: 'close' } }],
    ['a body cut short on a connection that was to close', { cutStream: 'end', upstreamHeaders: { connection: 'close' } }],
  ])('names %s a lost connection of a request that was sent', async (_, knobs) => {
    const upstream = await fixture(knobs)
    expect(await failureOf(exchangeOf(egress, requestTo(upstream.url, echo)))).toMatchObject({ code: 'upstream.connection_lost', requestSent: true })
  })

  it('names a kept-alive socket that closes under the request a lost connection', async () => {
    let served = 0
    const url = await rawServer((socket) => {
      served += 1
      if (served === 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok')
      else socket.end()
    })
    expect((await exchangeOf(egress, requestTo(url))).body).toBe('ok')
    expect(await failureOf(exchangeOf(egress, requestTo(url)))).toMatchObject({ code: 'upstream.connection_lost', requestSent: true })
  })

  it('names a refused connection unreachable and unsent', async () => {
    const upstream = await fixture()
    await upstream.stop()
    expect(await failureOf(exchangeOf(egress, requestTo(upstream.url, echo)))).toMatchObject({ code: 'upstream.unreachable', requestSent: false, reason: 'ECONNREFUSED' })
  })

  it.each<[string, string | Buffer]>([
    ['what is not HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nok'],
    ['a length and chunks', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n'],
    ['a broken chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nok\r\n'],
    ['too many headers', `HTTP/1.1 200 OK\r\n${Array.from({ length: 100_000 }, (_, n) => `x-${n}: y`).join('\r\n')}\r\n\r\n`],
    ['an unknown coding', coded('zstd', Buffer.from('x'))],
    ['a coding on a coding', coded('gzip, gzip', gzipSync(gzipSync('x')))],
    ['a coded body that is not', coded('gzip', Buffer.from('plain'))],
    ['a coded body cut short', coded('gzip', gzipSync('hello').subarray(0, -6))],
    ['bytes after the coded body', coded('gzip', Buffer.concat([gzipSync('hello'), Buffer.from('garbage')]))],
  ])('names %s an invalid response', async (_, bytes) => {
    const url = await rawServer((socket) => socket.write(bytes))
    expect(await failureOf(exchangeOf(egress, requestTo(url)))).toMatchObject({ code: 'upstream.invalid_response', requestSent: true })
  })

  it('gives up on a head that does not come in time', async () => {
    const gate = createGate()
    const upstream = await fixture({ slowHeaders: gate.opened })
    const late = failureOf(exchangeOf(egress, requestTo(upstream.url, { ...echo, headersTimeoutMs: 50 })))
    expect(await late).toMatchObject({ code: 'upstream.timeout', requestSent: true })
    expect(await upstream.requests[0]!.over).toBe('cut')
    gate.open()
  })

  it('gives up on a body that falls silent', async () => {
    const gate = createGate()
    const upstream = await fixture({ slowBody: gate.opened })
    expect(await failureOf(exchangeOf(egress, requestTo(upstream.url, { ...echo, bodyIdleTimeoutMs: 50 })))).toMatchObject({ code: 'upstream.timeout' })
    gate.open()
  })

  it('ends with the egress, and so does whatever is sent after it', async () => {
    const closing = testEgress()
    const upstream = await fixture({ sse: true })
    const slow = failureOf(exchangeOf(closing, requestTo(upstream.url, { body: call('slow') })))
    await upstream.request((request) => request.body.includes('slow'))
    await closing.close()
    expect(await slow).toMatchObject({ code: 'upstream.shutting_down' })
    expect(await failureOf(exchangeOf(closing, requestTo(upstream.url, echo)))).toMatchObject({ code: 'upstream.shutting_down', requestSent: false })
  })
})
