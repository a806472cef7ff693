// A maintenance command on a terminal: in the server that runs, or, if none does, alone.
import { adminSocketPath } from '../admin/admin-socket.ts'
import { callAdmin } from '../admin/call-admin.ts'
import type { Config } from '../config/config.ts'
import { ConfigError } from '../config/config-error.ts'
import { readEnvironment } from '../config/environment.ts'
import { loadConfig } from '../config/load.ts'
import { isAppError } from '../lib/app-error.ts'

/** sysexits.h: usage, and configuration. */
const EX_USAGE = 64
const EX_CONFIG = 78

export interface MaintenanceCommand {
  /** Of the admin socket. */
  route: string
  argument?: string | undefined
  runAlone(config: Config): Promise<unknown>
}

export function refuseUsage(usage: string): void {
  process.stderr.write(`${usage}\n`)
  process.exitCode = EX_USAGE
}

/** Writes what `describe` makes of the answer, or what went wrong; sets the exit code. */
export async function runCommand({ route, argument, runAlone }: MaintenanceCommand, describe: (answer: unknown) => string): Promise<void> {
  try {
    const config = loadConfig(readEnvironment())
    const answer = await callAdmin(adminSocketPath(config.dataDir), route, argument).catch((error: unknown) => {
      if (isAppError(error) && error.code === 'admin.not_running') return runAlone(config)
      throw error
    })
    process.stdout.write(`${describe(answer)}\n`)
  } catch (error) {
    const expected = isAppError(error) || error instanceof ConfigError
    process.stderr.write(`${expected ? error.message : ((error as Error).stack ?? String(error))}\n`)
    process.exitCode = exitCodeOf(error)
  }
}

function exitCodeOf(error: unknown): number {
  const configuration = error instanceof ConfigError || (isAppError(error) && error.kind === 'internal' && error.code.startsWith('vault.'))
  return configuration ? EX_CONFIG : 1
}
