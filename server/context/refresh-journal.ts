// Renewed grants that the database has not taken yet. From the moment an authorization server replaces a refresh token until
// the commit, this process has the only copy of the new one: what cannot be committed is written here, sealed as it would be
// in its row, and read again at the next start.
import { closeSync, constants, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import type { RenewedGrant } from '../../db/queries/oauth-grants.ts'
import type { Logger } from '../lib/logger.ts'
import { KIB } from '../lib/units.ts'

export interface KeptRenewal {
  connectionUid: string
  /** The one that was renewed: what is kept counts only if it is still stored. */
  generation: number
  renewed: RenewedGrant
}

/** Taken from the disk at the start: the disk that is full for the database is full for a file that must grow, too. */
const RESERVED_BYTES = 256 * KIB
const BLANK = '\n'

export class RefreshJournal {
  readonly #file: string
  readonly #log: Logger
  readonly #kept = new Map<string, KeptRenewal>()
  #end = 0

  constructor(file: string, log: Logger) {
    this.#file = file
    this.#log = log
    this.#attempt('the refresh journal could not be prepared', (fd) => {
      this.#read(readFileSync(fd, 'utf8'))
      if (fstatSync(fd).size < RESERVED_BYTES) blank(fd, this.#end)
    })
  }

  /** A later one of the same connection takes its place. Never throws: in memory it is kept in any case. */
  keep(entry: KeptRenewal): void {
    this.#kept.set(entry.connectionUid, entry)
    // The line before may have been torn by a crash.
    const line = Buffer.from(`\n${JSON.stringify(entry)}\n`)
    this.#attempt('a renewed token could not be written to the refresh journal', (fd) => {
      writeSync(fd, line, 0, line.length, this.#end)
      this.#end += line.length
    })
  }

  find(connectionUid: string): KeptRenewal | undefined {
    return this.#kept.get(connectionUid)
  }

  all(): KeptRenewal[] {
    return [...this.#kept.values()]
  }

  /** It is in the database, or is not wanted there any more. */
  drop({ connectionUid, generation }: KeptRenewal): void {
    if (this.#kept.get(connectionUid)?.generation !== generation) return
    this.#kept.delete(connectionUid)
    // Until the last one is dropped, lines stay: their generations have passed.
    if (this.#kept.size > 0) return
    this.#attempt('the refresh journal could not be emptied', (fd) => {
      blank(fd, 0)
      this.#end = 0
    })
  }

  #read(text: string): void {
    for (const line of text.split('\n')) {
      const entry = line === '' ? undefined : parseEntry(line)
      if (entry) this.#kept.set(entry.connectionUid, entry)
      else if (line !== '') this.#log.warn('a line of the refresh journal cannot be read')
    }
    this.#end = Buffer.byteLength(text.trimEnd())
  }

  #attempt(failure: string, work: (fd: number) => void): void {
    try {
      const fd = openSync(this.#file, constants.O_RDWR | constants.O_CREAT, 0o600)
      try {
        work(fd)
        fsyncSync(fd)
      } finally {
        closeSync(fd)
      }
    } catch (error) {
      this.#log.error(failure, { error })
    }
  }
}

/** In place, so that the room that was reserved stays ours. */
function blank(fd: number, from: number): void {
  const room = Buffer.alloc(Math.max(RESERVED_BYTES - from, 0), BLANK)
  writeSync(fd, room, 0, room.length, from)
  ftruncateSync(fd, Math.max(RESERVED_BYTES, from))
}

function parseEntry(line: string): KeptRenewal | undefined {
  try {
    return JSON.parse(line) as KeptRenewal
  } catch {
    return undefined
  }
}
