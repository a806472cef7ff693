// A key file on disk: readable by its owner alone, made once and never overwritten.
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { GENERATED_LABEL } from './kek-list.ts'
import { kekRefused } from './vault-errors.ts'

const MAX_FILE_BYTES = 64 * 1024

const reasonOf = (error: unknown) => (error as NodeJS.ErrnoException).code

/** The file's text; undefined if there is none. @throws vault.kek_readable, kek_unreadable */
export async function readKekFile(path: string): Promise<string | undefined> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (reasonOf(error) === 'ENOENT') return undefined
    throw kekRefused('unreadable', `The encryption key file ${path} cannot be read (${reasonOf(error)}).`)
  })
  if (!file) return undefined
  try {
    // Asked of the open file, so that what is checked is what is read.
    const { mode, size } = await file.stat()
    if ((mode & 0o077) !== 0)
      throw kekRefused('readable', `Others than its owner have access to the encryption key file ${path}. Run: chmod 600 ${path}`)
    if (size > MAX_FILE_BYTES) throw kekRefused('malformed', `The encryption key file ${path} is too large to be one.`)
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

/** Writes a generated key, synced to disk before anything is sealed with it. @throws vault.kek_exists */
export async function createKekFile(path: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    if (reasonOf(error) === 'EEXIST') throw kekRefused('exists', `Another process just made the encryption key file ${path}. Start again.`)
    throw kekRefused('unwritable', `The encryption key file ${path} cannot be made (${reasonOf(error)}).`)
  })
  try {
    await file.writeFile(`${GENERATED_LABEL}:${bytes.toString('base64')}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}
