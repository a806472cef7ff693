// A hundred thousand brackets deep, a message is small on the wire and a trap for whoever walks through it.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DOORS, openDoor } from '../support/four-doors.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

const DEPTH = 100_000
let plugboard: RunningPlugboard
let sse = false
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { id, method } = JSON.parse(Buffer.concat(chunks).toString() || '{}') as { id?: unknown; method?: string }
    const result =
      method === 'initialize'
        ? '{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"deep","version":"1"}}'
        : `{"content":${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}}`
    const message = `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${result}}`
    const asEvent = sse && method !== 'initialize'
    response.writeHead(id === undefined ? 202 : 200, { 'content-type': asEvent ? 'text/event-stream' : 'application/json' })
    response.end(id === undefined ? undefined : asEvent ? `data: ${message}\n\n` : message)
  })
})

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  plugboard = await startPlugboard()
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp` })
})
afterAll(async () => {
  await plugboard.stop()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

describe.each([false, true])('a result nested too deeply to be walked (event stream: %s)', (stream) => {
  it.each(DOORS)('is passed on through %s as it is, or named as the upstream’s fault', async (door) => {
    sse = stream
    const outcome = await (await openDoor(plugboard, door, 'it'))()
    const isWhole = outcome.text.includes('['.repeat(DEPTH))
    expect(isWhole ? 'passed on' : outcome.code).toMatch(/^(passed on|upstream\.invalid_response)$/)
    expect(outcome.broken).toBe(false)
    expect((await fetch(`${plugboard.url}/healthz`)).status).toBe(200)
  })

  it('is refused, as the list of tools, in words about the upstream', async () => {
    sse = stream
    expect(await plugboard.send('GET', '/shop/it/.tools')).toMatchObject({ status: 502, body: { code: 'upstream.invalid_response' } })
  })
})
