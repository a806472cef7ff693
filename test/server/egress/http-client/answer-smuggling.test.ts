// Over sockets that callers share: an answer with two readings, or with something after it, must not leave a
// byte for whoever is served next.
import { afterEach, describe, expect, it } from 'vitest'
import { exchangeOf, failureOf, requestTo, testEgress } from '../../../support/test-egress.ts'
import { answersWithSurplus, crookedAnswers } from './answers.ts'
import { startRawUpstream, type RawUpstream } from './raw-upstream.ts'

const HONEST = 'HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nhonest'

const egress = testEgress()
let upstream: RawUpstream
afterEach(() => upstream.stop())

/** The first request gets these bytes, every other an honest answer. */
const startCrooked = async (first: string) => {
  upstream = await startRawUpstream(({ socket, request }) => socket.write(request === 1 ? first : HONEST, 'latin1'))
}

describe('a crooked answer', () => {
  it.each(Object.entries(crookedAnswers))('with %s ends its call and its socket', async (_, text) => {
    await startCrooked(text)
    const failure = await failureOf(exchangeOf(egress, requestTo(upstream.url)))
    expect(failure).toMatchObject({ code: 'upstream.invalid_response', requestSent: true, reason: 'EGRESS_ANSWER_REFUSED' })
    await upstream.closed(1)
    expect(await exchangeOf(egress, requestTo(upstream.url))).toMatchObject({ status: 200, body: 'honest' })
    expect(upstream.connections()).toBe(2)
  })
})

describe('a plain answer', () => {
  it.each(Object.entries(answersWithSurplus))('with %s is delivered without it, and its socket is closed', async (_, text) => {
    await startCrooked(text)
    expect((await exchangeOf(egress, requestTo(upstream.url))).body).not.toContain('poison')
    await upstream.closed(1)
    expect(await exchangeOf(egress, requestTo(upstream.url))).toMatchObject({ status: 200, body: 'honest' })
    expect(upstream.connections()).toBe(2)
  })

  it('that comes when nobody asked, on an idle socket, closes it', async () => {
    upstream = await startRawUpstream(({ socket }) => {
      socket.write(HONEST)
      // After the answer has been read: the socket is idle then.
      setImmediate(() => setImmediate(() => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\npoison')))
    })
    expect((await exchangeOf(egress, requestTo(upstream.url))).body).toBe('honest')
    await upstream.closed(1)
    expect((await exchangeOf(egress, requestTo(upstream.url))).body).toBe('honest')
    expect(upstream.connections()).toBe(2)
  })
})
