// The one place that reads the process's environment, and a `.env` file beside it if there is one.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import type { Environment } from './load.ts'

function readEnvFile(path: string): Environment {
  try {
    return parseEnv(readFileSync(path, 'utf8')) as Environment
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}

/** What was exported wins over the file. */
export const readEnvironment = (directory: string = process.cwd()): Environment => ({
  ...readEnvFile(join(directory, '.env')),
  ...process.env,
})
