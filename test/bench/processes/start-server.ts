// Plugboard as `npm start` runs it, on a directory that was filled beforehand.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { startSpawnedPlugboard } from '../../support/spawn-plugboard.ts'
import { endWithUs } from './end-with-us.ts'

export interface BenchServer {
  pid: number
  port: number
  rootKey: string
  stop(): Promise<void>
}

/** What the start script gives to Node before the program. */
function startFlags(): string[] {
  const manifest = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../package.json'), 'utf8')) as { scripts: { start: string } }
  return manifest.scripts.start.split(' ').filter((word) => word.startsWith('-'))
}

/** A cost is measured without limits. */
const UNLIMITED = { RATE_PER_CALLER: '1000000', RATE_PER_ORGANIZATION: '1000000' }

export async function startServer(dataDir: string, rootKey: string, limits: Record<string, string> = UNLIMITED): Promise<BenchServer> {
  const env = { PLUGBOARD_ROOT_KEY: rootKey, LOG_LEVEL: 'error', ...limits }
  const started = await startSpawnedPlugboard({ dataDir, env, nodeArgs: startFlags() })
  endWithUs(started.child)
  return { pid: started.child.pid!, port: Number(new URL(started.url).port), rootKey, stop: () => started.stop() }
}
