// DATA_DIR holds keys and credentials: nobody else on the machine may look in.
import { lstatSync, mkdirSync } from 'node:fs'
import type { Config } from './config.ts'
import { ConfigError } from './config-error.ts'

const OWNER_ONLY = 0o700
const OTHERS = 0o077

/**
 * Makes DATA_DIR (0700) and sets the process's umask, so that no later file can be born readable.
 * @throws ConfigError if the directory is someone else's, looser than 0700, or not a directory.
 */
export function prepareDataDir(config: Pick<Config, 'dataDir'>): void {
  process.umask(OTHERS)
  const refuse = (problem: string) => new ConfigError([{ name: 'DATA_DIR', problem: `${config.dataDir} ${problem}` }])
  try {
    mkdirSync(config.dataDir, { recursive: true, mode: OWNER_ONLY })
  } catch (error) {
    throw refuse(`cannot be made (${(error as NodeJS.ErrnoException).code})`)
  }
  const found = lstatSync(config.dataDir)
  if (!found.isDirectory()) throw refuse('is not a directory')
  // Windows has no modes to check; there the profile's access list protects the directory.
  if (process.getuid === undefined) return
  if (found.uid !== process.getuid()) throw refuse(`belongs to user ${found.uid}; run Plugboard as that user, or give it the directory`)
  if (found.mode & OTHERS) throw refuse(`is open to other users: chmod 700 ${config.dataDir}`)
}
