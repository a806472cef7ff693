// Plugboard as a client meets it: a house behind a real listener on loopback.
import { getRequestListener } from '@hono/node-server'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { handleTrpc, TRPC_PATH } from '../../server/api/endpoint.ts'
import { createRestApp } from '../../server/rest/rest-app.ts'
import { createHouse, type TestHouse, type TestHouseOptions } from './create-house.ts'

export interface RunningPlugboard extends Pick<TestHouse, 'house' | 'advance' | 'createKey'> {
  /** `http://127.0.0.1:port` */
  url: string
  /** An API key of the first organization. */
  key: string
  organizationId: string
  /** A request with the key, and with a JSON body unless it is undefined; a string is sent as it is. */
  send<Body = Record<string, unknown>>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<JsonAnswer<Body>>
  stop(): Promise<void>
}

export interface JsonAnswer<Body> {
  status: number
  headers: Headers
  body: Body
}

export async function startPlugboard(options: TestHouseOptions = {}): Promise<RunningPlugboard> {
  const testHouse = await createHouse(options)
  const { house } = testHouse
  const rest = createRestApp(house)
  const listener = getRequestListener((request) =>
    new URL(request.url).pathname.startsWith(`${TRPC_PATH}/`) ? handleTrpc(house, request) : rest.fetch(request),
  )
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port, address } = server.address() as AddressInfo
  testHouse.setListeners([{ address, port }])
  const url = `http://127.0.0.1:${port}`
  const { key, organizationId } = await testHouse.createKey()

  async function send<Body>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<JsonAnswer<Body>> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: (text === '' ? undefined : JSON.parse(text)) as Body }
  }

  return {
    house,
    url,
    key,
    organizationId,
    advance: testHouse.advance,
    createKey: testHouse.createKey,
    send,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      await testHouse.close()
    },
  }
}
