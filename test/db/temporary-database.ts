import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import Client from 'libsql'
import { onTestFinished } from 'vitest'
import type { Database } from '../../db/database.ts'
import { openDatabase, type OpenDatabaseInput } from '../../db/open.ts'

/** A path in a folder of its own, removed when the test is over. */
export function temporaryPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plugboard-db-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'plugboard.db')
}

export const urlOf = (path: string): string => pathToFileURL(path).href

/** Opened on the file or server, closed when the test is over (closing earlier is fine). */
export async function openTemporary(input: Partial<OpenDatabaseInput> & { url: string }): Promise<Database> {
  const db = await openDatabase({ now: () => 0, ...input })
  let open = true
  const close = async () => {
    if (open) await db.close()
    open = false
  }
  onTestFinished(close)
  return { ...db, close }
}

/** A second, independent way into the file: what others see, or a lock that others hold. */
export function openBeside(path: string): Client.Database {
  const beside = new Client(path)
  onTestFinished(() => {
    if (beside.open) beside.close()
  })
  return beside
}
