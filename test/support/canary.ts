// A made-up secret that can be recognised wherever it turns up, in whatever spelling.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { randomBase62 } from '../../server/lib/ids.ts'

export interface Canary {
  /** Where it was put: what a failing test says. */
  name: string
  value: string
}

/** 48 characters; `+` and `~` in it make encodings differ, and the run of 24 before them is what is looked for. */
export const createCanary = (name: string): Canary => ({ name, value: `cnry${randomBase62(20)}+~${randomBase62(22)}` })

/** 32 characters, letters and digits alone: where a value has to be a key, or a word in a URL. */
export const createPlainCanary = (name: string): Canary => ({ name, value: `cnry${randomBase62(28)}` })

/** What of a canary betrays it: its longest run of letters and digits, and the encodings of that run at every offset. */
export function spellingsOf({ value }: Canary): string[] {
  const core = /[A-Za-z0-9]{20,}/.exec(value)?.[0] ?? value
  const bytes = Buffer.from(core)
  // Base64 of a longer text holds this run at one of three offsets; the edges depend on the neighbours.
  const inBase64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    return encoded.slice(offset === 0 ? 0 : offset + 1, -2)
  })
  const percent = [...bytes].map((byte) => `%${byte.toString(16)}`).join('')
  const spaced = [...bytes].map((byte) => byte.toString(16)).join(' ')
  return [
    core,
    ...inBase64,
    ...inBase64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    percent,
    spaced,
  ]
}

/** The names of the canaries that are in there. */
export function findCanaries(haystack: string | Buffer, canaries: readonly Canary[]): string[] {
  const text = typeof haystack === 'string' ? haystack : haystack.toString('latin1')
  return canaries.filter((canary) => spellingsOf(canary).some((spelling) => text.includes(spelling))).map(({ name }) => name)
}

export interface Sighting {
  file: string
  found: string[]
}

/** Every file below `directory` that holds a canary. */
export async function findCanariesOnDisk(directory: string, canaries: readonly Canary[]): Promise<Sighting[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const sightings: Sighting[] = []
  for (const entry of entries.filter((each) => each.isFile())) {
    const file = join(entry.parentPath, entry.name)
    const found = findCanaries(await readUnlessGone(file), canaries)
    if (found.length > 0) sightings.push({ file: file.slice(directory.length + 1), found })
  }
  return sightings
}

/** A database's log goes when its last reader does. */
const readUnlessGone = (file: string): Promise<Buffer | string> =>
  readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
