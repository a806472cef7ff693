// npm run keys status | rotate | rewrap | retire [<key id>]: asks the running server to do it, or, if
// none runs, opens the database itself.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '../../db/open.ts'
import { adminSocketPath } from '../admin/admin-socket.ts'
import { callAdmin } from '../admin/call-admin.ts'
import { describeReport } from '../admin/describe-keys.ts'
import { keyCommands, keyRoutes, type KeyCommand } from '../admin/key-routes.ts'
import { dataKeyStore, sealedTables } from '../admin/vault-storage.ts'
import type { Config } from '../config/config.ts'
import { ConfigError } from '../config/config-error.ts'
import { prepareDataDir } from '../config/data-dir.ts'
import { readEnvironment } from '../config/environment.ts'
import { loadConfig } from '../config/load.ts'
import { isAppError } from '../lib/app-error.ts'
import { systemNow } from '../lib/clock.ts'
import { loadKeyEncryptionKeys } from '../vault/key-encryption-keys.ts'
import { openVault } from '../vault/vault.ts'

const USAGE = 'Usage: npm run keys status | rotate | rewrap | retire [<id of an encryption key>]'
/** sysexits.h: usage, and configuration. */
const EX_USAGE = 64
const EX_CONFIG = 78

const isKeyCommand = (text: string | undefined): text is KeyCommand => keyCommands.some((command) => command === text)

async function run(config: Config, command: KeyCommand, argument: string | undefined): Promise<unknown> {
  try {
    return await callAdmin(adminSocketPath(config.dataDir), `keys-${command}`, argument)
  } catch (error) {
    if (isAppError(error) && error.code === 'admin.not_running') return runAlone(config, command, argument)
    throw error
  }
}

async function runAlone(config: Config, command: KeyCommand, argument: string | undefined): Promise<unknown> {
  // Looking at keys must not make a database and a key where there was none, say for a mistyped DATA_DIR.
  if (config.databaseUrl.startsWith('file:') && !existsSync(fileURLToPath(config.databaseUrl)))
    throw new ConfigError([{ name: 'DATABASE_URL', problem: `there is no database at ${config.databaseUrl} yet; npm start makes it` }])
  prepareDataDir(config)
  const db = await openDatabase({ url: config.databaseUrl, authToken: config.databaseAuthToken, now: systemNow })
  try {
    const vault = await openVault({ keks: await loadKeyEncryptionKeys(config), store: dataKeyStore(db), now: systemNow })
    return await keyRoutes(vault, sealedTables(db))[`keys-${command}`](argument)
  } finally {
    await db.close()
  }
}

function exitCodeOf(error: unknown): number {
  const configuration = error instanceof ConfigError || (isAppError(error) && error.kind === 'internal' && error.code.startsWith('vault.'))
  return configuration ? EX_CONFIG : 1
}

const [command, argument, ...rest] = process.argv.slice(2)
if (!isKeyCommand(command) || rest.length > 0 || (argument !== undefined && command !== 'retire')) {
  process.stderr.write(`${USAGE}\n`)
  process.exitCode = EX_USAGE
} else {
  try {
    process.stdout.write(`${describeReport(command, await run(loadConfig(readEnvironment()), command, argument))}\n`)
  } catch (error) {
    const expected = isAppError(error) || error instanceof ConfigError
    process.stderr.write(`${expected ? error.message : ((error as Error).stack ?? String(error))}\n`)
    process.exitCode = exitCodeOf(error)
  }
}
