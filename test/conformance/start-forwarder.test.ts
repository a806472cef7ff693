// The forwarder stands between the suite and Plugboard in one of two columns: whatever it changed would be blamed on Plugboard.
import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startForwarder, type Forwarder } from './start-forwarder.ts'

let upstream: Server
let forwarder: Forwarder
let handle: (incoming: IncomingMessage, outgoing: ServerResponse) => void

beforeEach(async () => {
  upstream = createServer((incoming, outgoing) => handle(incoming, outgoing)).listen(0, '127.0.0.1')
  await once(upstream, 'listening')
  forwarder = await startForwarder(new URL(`http://127.0.0.1:${(upstream.address() as AddressInfo).port}/mcp`), 'a-key')
})

afterEach(async () => {
  await forwarder.close()
  upstream.closeAllConnections()
  upstream.close()
})

it('adds the key and leaves a bad Host and Origin as they came', async () => {
  handle = (incoming, outgoing) => outgoing.end(JSON.stringify(incoming.headers))
  const headers = { host: 'evil.example', origin: 'https://evil.example' }
  const call = request(forwarder.url, { method: 'POST', headers }).end('{}')
  const [answer] = (await once(call, 'response')) as [IncomingMessage]
  const text = Buffer.concat(await answer.toArray()).toString()
  expect(JSON.parse(text)).toMatchObject({ ...headers, authorization: 'Bearer a-key' })
})

it('passes the first event on before the second one exists', async () => {
  let sendRest = () => {}
  handle = (_incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
    sendRest = () => outgoing.end('data: 2\n\n')
  }
  const reader = (await fetch(forwarder.url)).body!.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader.read()).value).toBe('data: 1\n\n')
  sendRest()
  expect((await reader.read()).value).toBe('data: 2\n\n')
  expect((await reader.read()).done).toBe(true)
})

it('breaks off when the upstream breaks off', async () => {
  handle = (_incoming, outgoing) => outgoing.writeHead(200).write('half', () => outgoing.destroy())
  const answer = await fetch(forwarder.url)
  await expect(answer.text()).rejects.toThrow('terminated')
})

it('ends the call upstream when the caller leaves', async () => {
  const finished = new Promise<boolean>((resolve) => {
    handle = (_incoming, outgoing) => {
      outgoing.on('close', () => resolve(outgoing.writableFinished))
      outgoing.writeHead(200).flushHeaders()
    }
  })
  const caller = new AbortController()
  await fetch(forwarder.url, { signal: caller.signal })
  caller.abort()
  expect(await finished).toBe(false)
})
