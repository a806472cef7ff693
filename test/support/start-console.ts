// Plugboard in this process with its real, built pages, and somebody who may see them.
import { createCaller } from '../../server/api/caller.ts'
import { createAssetHandler } from '../../server/http/assets.ts'
import { findFreePort } from '../../server/http/free-port.ts'
import { createRemixHandler } from '../../server/http/remix.ts'
import { createOwner } from '../../server/identity/first-owner.ts'
import { findSession, startSession } from '../../server/identity/sessions.ts'
import { root } from './page-server.ts'
import { type JsonAnswer, type RunningPlugboard, startPlugboard, type StartOptions } from './start-plugboard.ts'

export const OWNER = {
  organization: 'Analytical Engines',
  namespace: 'demo',
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  password: 'notes on the engine',
} as const

export interface RunningConsole {
  plugboard: RunningPlugboard
  url: string
  namespace: string
  /** REST with a key of the owner's organization. */
  send(method: string, path: string, body?: unknown): Promise<JsonAnswer<Record<string, unknown>>>
  /** The procedures, as the owner. */
  asOwner: ReturnType<typeof createCaller>
  /** Another browser of the owner's, signed in: for a context's `addCookies`. */
  signIn(): Promise<{ name: string; value: string; url: string }>
  stop(): Promise<void>
}

/** With pages and without a member: what an operator finds after the first start. */
export async function startUnownedConsole(options: StartOptions = {}): Promise<RunningPlugboard> {
  const port = await findFreePort('127.0.0.1')
  const handler = createRemixHandler({ root, mode: 'production' })
  return startPlugboard({
    ...options,
    environment: { PORT: String(port), ...options.environment },
    assets: createAssetHandler(`${root}/build/client`),
    pages: () => handler,
  })
}

export async function startConsole(options: StartOptions = {}): Promise<RunningConsole> {
  const plugboard = await startUnownedConsole(options)
  const { house, services, url } = plugboard
  const browser = { address: '127.0.0.1', userAgent: 'a test' }
  const first = { organizationId: services.setUp.organizationId, namespace: services.setUp.namespace, isSetupCode: () => true }
  const { setCookie, key, namespace } = await createOwner(house, browser, first, { ...OWNER, setupCode: 'any' })
  services.setUp.finish(namespace)
  const { actor } = (await findSession(house, setCookie.split(';', 1)[0]))!
  return {
    plugboard,
    url,
    namespace,
    send: (method, path, body) => plugboard.send(method, path, body, { authorization: `Bearer ${key}` }),
    asOwner: createCaller(house, actor),
    async signIn() {
      const [name = '', value = ''] = (await startSession(house, actor, browser)).split(';', 1)[0]!.split('=')
      return { name, value, url }
    },
    stop: () => plugboard.stop(),
  }
}
