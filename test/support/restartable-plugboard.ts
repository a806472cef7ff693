// Plugboard as a process would build it, on a data directory that outlives it: for tests of what a
// restart keeps. Its clock is the test's and stands still.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../../server/config/load.ts'
import { listen } from '../../server/http/listen.ts'
import { createWeb } from '../../server/http/web.ts'
import { silentLogger } from '../../server/lib/logger.ts'
import { createServices } from '../../server/services.ts'

const KEY = `plug_restart_${'0123456789'.repeat(4)}`

export interface RestartablePlugboard {
  key: string
  /** Where it listens now. */
  url(): string
  /** Stops it and starts another on the same data; it listens elsewhere. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export async function startRestartablePlugboard(): Promise<RestartablePlugboard> {
  const dataDir = await mkdtemp(join(tmpdir(), 'plugboard-restart-'))
  let running = await startOn(dataDir)
  return {
    key: KEY,
    url: () => running.url,
    async restart() {
      await running.stop()
      running = await startOn(dataDir)
    },
    async stop() {
      await running.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function startOn(dataDir: string) {
  const config = loadConfig({ DATA_DIR: dataDir, DEMO: '0', PLUGBOARD_ROOT_KEY: KEY }, dataDir)
  let own: { address: string; port: number }[] = []
  const services = await createServices({ config, now: () => 1_800_000_000_000, log: silentLogger, ownListeners: () => own })
  const noPages = () => Promise.reject(new Error('this Plugboard has no pages'))
  const web = createWeb({ house: services.house, assets: undefined, pages: noPages, status: noPages })
  const listener = await listen({ services, web, port: 0, host: '127.0.0.1' })
  own = [listener.address]
  return {
    url: `http://127.0.0.1:${listener.address.port}`,
    async stop() {
      await listener.drain(0)
      await services.close()
    },
  }
}
