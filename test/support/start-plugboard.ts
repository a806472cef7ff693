// Plugboard as a client meets it: a house behind a real listener on loopback.
import { resolve } from 'node:path'
import { createGateway, type Gateway } from '../../server/gateway/endpoint.ts'
import { listen, type Listener } from '../../server/http/listen.ts'
import { createRemixHandler } from '../../server/http/remix.ts'
import { createWeb } from '../../server/http/web.ts'
import { Secret } from '../../server/lib/secret.ts'
import { createHouse, type TestHouse, type TestHouseOptions } from './create-house.ts'

export interface RunningPlugboard extends Pick<TestHouse, 'house' | 'advance' | 'createKey'> {
  /** `http://127.0.0.1:port` */
  url: string
  /** An API key of the first organization. */
  key: string
  organizationId: string
  gateway: Gateway
  listener: Listener
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
  const gateway = createGateway(house)
  const web = createWeb({
    house,
    assets: undefined,
    pages: () => createRemixHandler({ root: resolve(import.meta.dirname, '../..'), mode: 'production' }),
    status: async () => ({ mode: 'server', publicUrl: house.config.publicUrl.origin, detail: undefined }),
  })
  const services = { house, gateway, rootKey: { key: new Secret(''), digest: '', file: undefined }, firstNamespace: '', close: testHouse.close }
  const listener = await listen({ services, web, port: 0, host: '127.0.0.1' })
  testHouse.setListeners([listener.address])
  const url = `http://127.0.0.1:${listener.address.port}`
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
    gateway,
    listener,
    async stop() {
      gateway.close()
      const closed = new Promise<void>((done) => listener.server.close(() => done()))
      listener.server.closeAllConnections()
      await closed
      await testHouse.close()
    },
  }
}
