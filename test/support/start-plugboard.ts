// Plugboard as a client meets it, in this process: the services on a directory of their own, behind the
// real listener on loopback, with a clock that stands still until it is moved, and nothing on a timer.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { insertApiKey } from '../../db/queries/api-keys.ts'
import { insertOrganization } from '../../db/queries/organizations.ts'
import { DEMO_CONNECTION } from '../../server/boot/first-run.ts'
import { loadConfig, type Environment } from '../../server/config/load.ts'
import type { House } from '../../server/context/context.ts'
import { keyRow } from '../../server/identity/api-keys.ts'
import { generateKey } from '../../server/identity/key-format.ts'
import type { AssetHandler } from '../../server/http/assets.ts'
import { listen } from '../../server/http/listen.ts'
import type { RemixHandler } from '../../server/http/remix.ts'
import { readStatus } from '../../server/http/status-summary.ts'
import { createWeb } from '../../server/http/web.ts'
import { newId } from '../../server/lib/ids.ts'
import { type Logger, silentLogger } from '../../server/lib/logger.ts'
import { createServices, type Services } from '../../server/services.ts'

export interface StartOptions {
  log?: Logger
  /** Variables beside DATA_DIR, HOST and DEMO. Without PORT it listens where there is room, and does not know it. */
  environment?: Environment
  /** How far its clock is ahead of the others' from the start. */
  clockAheadMs?: number
  /** Instead of the built pages, which are not there; `start-console.ts` has them. */
  pages?: () => Promise<RemixHandler>
  assets?: AssetHandler
  /** A certificate authority (PEM) that it trusts besides Node's own. */
  extraAuthority?: string
}

export interface JsonAnswer<Body> {
  status: number
  headers: Headers
  body: Body
}

export interface IssuedKey {
  key: string
  id: string
  organizationId: string
}

export interface RunningPlugboard {
  /** `http://127.0.0.1:port` */
  url: string
  /** An API key of an organization that has nothing yet. */
  key: string
  organizationId: string
  house: House
  services: Services
  /** Another key, of an organization of its own unless one is named. */
  createKey(organizationId?: string): Promise<IssuedKey>
  /** A request with the key, and with a JSON body unless it is undefined; a string is sent as it is. */
  send<Body = Record<string, unknown>>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<JsonAnswer<Body>>
  /** Moves Plugboard's clock; Node's timers do not notice. */
  advance(ms: number): void
  /** What the product does every few seconds, once. */
  tick(): Promise<void>
  /** Once, however often it is said. */
  stop(): Promise<void>
}

const noPages = async () => async () => new Response('a page would be here', { status: 404, headers: { 'content-type': 'text/html' } })

export async function startPlugboard({ log = silentLogger, environment = {}, clockAheadMs = 0, pages = noPages, assets, extraAuthority }: StartOptions = {}): Promise<RunningPlugboard> {
  const dataDir = await mkdtemp(join(tmpdir(), 'plugboard-test-'))
  let nowMs = 1_800_000_000_000 + clockAheadMs
  const listening: { address: string; port: number }[] = []
  const config = loadConfig({ DATA_DIR: dataDir, DEMO: '0', ...environment }, dataDir)
  const services = await createServices({ config, now: () => nowMs, log, ownListeners: () => listening, extraAuthority })
  const { house, setUp, rootKey } = services
  const startedAtMs = nowMs
  const status = () => readStatus({ house, startedAtMs, firstNamespace: setUp.namespace, demoConnection: DEMO_CONNECTION, rootKeyFile: rootKey.file })
  const web = createWeb({ house, setUp, assets, pages, status })
  const listener = await listen({ services, web, port: environment.PORT === undefined ? 0 : config.port, host: '127.0.0.1' })
  listening.push(listener.address)
  const url = `http://127.0.0.1:${listener.address.port}`

  async function createKey(organizationId?: string): Promise<IssuedKey> {
    const owner = organizationId ?? newId('org')
    if (organizationId === undefined) await insertOrganization(house.db, { id: owner, name: owner, createdAt: nowMs })
    const key = generateKey()
    const row = keyRow({ key, name: 'test', organizationId: owner, isRoot: false, createdAt: nowMs, expiresAt: null })
    await insertApiKey(house.db, row)
    return { key, organizationId: owner, id: row.id }
  }

  const { key, organizationId } = await createKey()

  async function send<Body>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<JsonAnswer<Body>> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    // What is exported is text.
    const isText = /^(application\/jsonl|text\/csv)/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, body: (isText ? text : text === '' ? undefined : JSON.parse(text)) as Body }
  }

  let stopped: Promise<void> | undefined
  async function stop(): Promise<void> {
    await listener.drain(0)
    await services.close()
    await rm(dataDir, { recursive: true, force: true })
  }

  return {
    url,
    key,
    organizationId,
    house,
    services,
    createKey,
    send,
    advance: (ms) => void (nowMs += ms),
    stop: () => (stopped ??= stop()),
    tick: () => services.ticks.runAll(),
  }
}
