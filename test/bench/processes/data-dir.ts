// A data directory with connections in it, made by a process that is gone before the server starts.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChild } from './start-child.ts'

export interface PreparedDataDir {
  path: string
  rootKey: string
  remove(): Promise<void>
}

/** With `connections` in the session era (`c00000`, …) and one, `stateless`, of 2026-07-28. */
export async function prepareDataDir(connections: number, upstreamPort: number): Promise<PreparedDataDir> {
  const path = await mkdtemp(join(tmpdir(), 'plugboard-bench-'))
  const rootKey = randomBytes(32).toString('base64url')
  const child = await startChild<string>('prepare-data-dir', [path, rootKey, String(connections), String(upstreamPort)])
  await child.stop()
  return { path, rootKey, remove: () => rm(path, { recursive: true, force: true }) }
}
