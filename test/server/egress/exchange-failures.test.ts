// Every way in which an exchange can fail has a name, and says whether the upstream may have seen the request.
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import type { Egress } from '../../../server/egress/egress.ts'
import type { FixtureKnobs } from '../../support/fixture-knobs.ts'
import { createGate } from '../../support/gate.ts'
import { exchangeOf, failureOf, requestTo, testEgress } from '../../support/test-egress.ts'
import { call, coded, createExchangeUpstreams, echo } from './exchange-upstreams.ts'

const egress: Egress = testEgress()
const { fixture, rawServer, stop } = createExchangeUpstreams()
afterEach(stop)

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
