import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { EgressExchange, EgressHandler } from '../../../server/egress/egress.ts'
import { exchangeOf, requestTo, testEgress } from '../../support/test-egress.ts'

const STREAMS = 300

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

/** Every GET is a stream without an end, every POST is answered at once. */
async function startStreamingServer(): Promise<URL> {
  const server = createServer((request, response: ServerResponse) => {
    if (request.method === 'GET') response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
    else response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`)
}

describe('an origin that many tenants use', () => {
  it(`answers calls while ${STREAMS} streams from it are open, and opens every one of them`, async () => {
    const url = await startStreamingServer()
    const egress = testEgress()
    stops.push(() => egress.close())
    const exchanges: EgressExchange[] = []
    const openStream = () =>
      new Promise<number>((resolve, reject) => {
        const handler: EgressHandler = { onHead: resolve, onData() {}, onEnd() {}, onError: reject }
        exchanges.push(egress.dispatch(requestTo(url, { method: 'GET', body: null }), handler))
      })
    expect(new Set(await Promise.all(Array.from({ length: STREAMS }, openStream)))).toEqual(new Set([200]))
    const calls = await Promise.all(Array.from({ length: STREAMS }, () => exchangeOf(egress, requestTo(url))))
    expect(calls.every(({ status }) => status === 200)).toBe(true)
    for (const exchange of exchanges) exchange.abort()
  })
})
