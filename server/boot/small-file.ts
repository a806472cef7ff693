// One value in one file of DATA_DIR, readable by its owner alone.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'

export function readSmallFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

export const writeSmallFile = (path: string, text: string): void => writeFileSync(path, `${text}\n`, { mode: 0o600 })

export const removeSmallFile = (path: string): void => rmSync(path, { force: true })
