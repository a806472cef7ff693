import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readBody } from '../../../server/gateway/read-body.ts'
import { MAX_BODY_BYTES } from '../../../server/lib/json-body.ts'

const server = createServer()
let caller: Socket

beforeEach(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  caller = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined)
})

afterEach(async () => {
  caller.destroy()
  server.removeAllListeners('request')
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

const head = (...lines: string[]) => `POST / HTTP/1.1\r\nhost: a\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`

/** What `readBody` makes of the next request, asked in the moment in which it comes. */
async function readNext(): Promise<{ request: IncomingMessage; body: Promise<Buffer> }> {
  return new Promise((resolve) => {
    server.once('request', (request) => {
      const body = readBody(request)
      body.catch(() => undefined)
      resolve({ request, body })
    })
  })
}

describe('reading a body', () => {
  it('takes one that came with its head', async () => {
    const reading = readNext()
    caller.write(`${head('content-length: 5')}hello`)
    expect(String(await (await reading).body)).toBe('hello')
  })

  it('finds nothing in a request without one', async () => {
    const reading = readNext()
    caller.write(head('content-length: 0'))
    expect(await (await reading).body).toHaveLength(0)
  })

  it('puts together one that comes in pieces', async () => {
    const reading = readNext()
    caller.write(`${head('content-length: 10')}hel`)
    const { request, body } = await reading
    caller.write('lo ')
    await once(request, 'data')
    caller.write('body')
    expect(String(await body)).toBe('hello body')
  })

  it('takes several pieces that came at once', async () => {
    const reading = readNext()
    caller.write(`${head('transfer-encoding: chunked')}3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n`)
    expect(String(await (await reading).body)).toBe('hello')
  })

  it('says so when the caller leaves in the middle', async () => {
    const reading = readNext()
    caller.write(`${head('content-length: 10')}hel`)
    const { body } = await reading
    caller.destroy()
    await expect(body).rejects.toThrow('before its request was complete')
  })

  it('refuses what is declared too large, and what turns out to be', async () => {
    const declared = readNext()
    caller.write(head(`content-length: ${MAX_BODY_BYTES + 1}`))
    await expect((await declared).body).rejects.toMatchObject({ code: 'http.body_too_large' })
    caller.destroy()
    caller = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined)
    const streamed = readNext()
    caller.write(head('transfer-encoding: chunked'))
    const { body } = await streamed
    caller.write(`${(MAX_BODY_BYTES + 1).toString(16)}\r\n`)
    caller.write(Buffer.alloc(MAX_BODY_BYTES + 1))
    await expect(body).rejects.toMatchObject({ code: 'http.body_too_large' })
  })
})
