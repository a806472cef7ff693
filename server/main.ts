// Start and stop: configuration, services, listener; on SIGTERM drain, close, leave.
import { join } from 'node:path'
import { adminSocketPath, startAdminSocket, type AdminSocket } from './admin/admin-socket.ts'
import { auditRoutes } from './admin/audit-routes.ts'
import { keyRoutes } from './admin/key-routes.ts'
import { sealedTables } from './admin/vault-storage.ts'
import { connectDemo, DEMO_CONNECTION, startDemo } from './boot/first-run.ts'
import type { Config } from './config/config.ts'
import { ConfigError } from './config/config-error.ts'
import { readEnvironment } from './config/environment.ts'
import { loadConfig } from './config/load.ts'
import { findRootDir } from './config/root-dir.ts'
import { createAssetHandler } from './http/assets.ts'
import { banner } from './http/banner.ts'
import { findFreePort } from './http/free-port.ts'
import { createHttpServer, listen } from './http/listen.ts'
import { createRemixHandler, type RemixHandler } from './http/remix.ts'
import { readStatus } from './http/status-summary.ts'
import { createWeb } from './http/web.ts'
import { isAppError } from './lib/app-error.ts'
import { systemNow } from './lib/clock.ts'
import { createLogger } from './lib/logger.ts'
import { SECOND_MS } from './lib/units.ts'
import { createServices, type Services } from './services.ts'

const DRAIN_MS = 25 * SECOND_MS
/** sysexits.h EX_CONFIG: a supervisor must not restart us in a loop. */
const EXIT_CONFIG = 78
const CONFIGURATION_CODES = new Set(['http.port_taken', 'identity.root_key_used'])

const development = import.meta.url.endsWith('.ts')
const root = findRootDir(import.meta.url)

async function start(): Promise<void> {
  const config = await readConfig()
  const log = createLogger(config.logLevel)
  const startedAtMs = systemNow()
  let listening: { address: string; port: number }[] = [{ address: config.host, port: config.port }]
  const services = await createServices({ config, now: systemNow, log, ownListeners: () => listening })
  const { house, rootKey, setUp } = services
  const server = createHttpServer()
  const vite = development
    ? await (await import('./http/vite-dev.ts')).createViteDev({ root, dataDir: config.dataDir, server })
    : undefined
  let pages: Promise<RemixHandler> | undefined
  const web = createWeb({
    house,
    setUp,
    assets: development ? undefined : createAssetHandler(join(root, 'build/client')),
    pages: () => (pages ??= createRemixHandler({ root, mode: development ? 'development' : 'production', vite })),
    status: () => readStatus({ house, startedAtMs, firstNamespace: setUp.namespace, demoConnection: DEMO_CONNECTION, rootKeyFile: rootKey.file }),
  })
  const listener = await listen({ services, web, server, vite: vite?.middleware, port: config.port, host: config.host })
  listening = [listener.address]
  services.ticks.start()
  services.deliverer.listen()
  const admin = await openAdminSocket(services)
  const demo = config.demo ? await startDemo(house) : undefined
  let demoPath: string | undefined
  if (demo) {
    await connectDemo(house, rootKey, setUp.namespace, demo.url).catch((error: unknown) => log.warn('the demo could not be connected', { error }))
    demoPath = `${setUp.namespace}/${DEMO_CONNECTION}`
  }
  const showKey = config.laptop && process.stdout.isTTY === true
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    log.info('stopping')
    await listener.drain(DRAIN_MS)
    demo?.close()
    await admin?.close()
    await vite?.close()
    await services.close()
    process.exitCode = 0
    // Whatever still holds a handle is not worth waiting for.
    setTimeout(() => process.exit(0), SECOND_MS).unref()
  }
  const stopOnce = () => void stop().catch(exitWith)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stopOnce)
  // Last: whoever reads that it runs may already want it to stop.
  process.stdout.write(banner({ config, port: listener.address.port, rootKey, setupCode: setUp.code, demo: demoPath, showKey }))
}

async function readConfig(): Promise<Config> {
  const environment = readEnvironment()
  const config = loadConfig(environment)
  return config.port === 0 ? loadConfig({ ...environment, PORT: String(await findFreePort(config.host)) }) : config
}

async function openAdminSocket({ house }: Services): Promise<AdminSocket | undefined> {
  try {
    return await startAdminSocket({
      path: adminSocketPath(house.config.dataDir),
      routes: { ...keyRoutes(house.vault, sealedTables(house.db)), ...auditRoutes({ db: house.db, vault: house.vault, flush: () => house.audit.flush() }) },
      logger: house.log,
    })
  } catch (error) {
    if (!isAppError(error) || error.code !== 'admin.socket_path_too_long') throw error
    house.log.warn(error.message)
    return undefined
  }
}

function exitWith(error: unknown): never {
  const known = error instanceof ConfigError || isAppError(error)
  process.stderr.write(known ? `plugboard: ${error.message}\n` : `plugboard: ${String((error as Error)?.stack ?? error)}\n`)
  const isConfiguration = error instanceof ConfigError || (isAppError(error) && (error.code.startsWith('vault.') || CONFIGURATION_CODES.has(error.code)))
  process.exit(isConfiguration ? EXIT_CONFIG : 1)
}

start().catch(exitWith)
