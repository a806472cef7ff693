import { chmodSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { prepareDataDir } from '../server/config/data-dir.ts'
import { readEnvironment } from '../server/config/environment.ts'

let directory: string
let umask: number
beforeEach(() => {
  umask = process.umask()
  directory = mkdtempSync(join(tmpdir(), 'plugboard-'))
})
afterEach(() => {
  process.umask(umask)
  rmSync(directory, { recursive: true, force: true })
})

const modeOf = (path: string) => statSync(path).mode & 0o777

it('a missing data directory is made for its owner alone, and so is every file after it', () => {
  const dataDir = join(directory, 'a', 'data')
  prepareDataDir({ dataDir })
  writeFileSync(join(dataDir, 'kek'), 'x')
  expect([modeOf(dataDir), modeOf(join(dataDir, 'kek'))]).toEqual([0o700, 0o600])
})

it('preparing it twice is fine', () => {
  prepareDataDir({ dataDir: directory })
  prepareDataDir({ dataDir: directory })
  expect(modeOf(directory)).toBe(0o700)
})

it.each([0o755, 0o750, 0o701])('a directory with mode %o is refused with the command that mends it', (mode) => {
  chmodSync(directory, mode)
  expect(() => prepareDataDir({ dataDir: directory })).toThrow(`chmod 700 ${directory}`)
})

it('a file or a link in its place is refused', () => {
  writeFileSync(join(directory, 'file'), '')
  symlinkSync(directory, join(directory, 'link'))
  expect(() => prepareDataDir({ dataDir: join(directory, 'file') })).toThrow('DATA_DIR')
  expect(() => prepareDataDir({ dataDir: join(directory, 'link') })).toThrow('is not a directory')
})

it('a .env file is read, and what was exported wins over it', () => {
  writeFileSync(join(directory, '.env'), 'PLUGBOARD_TEST_ONLY="from file"\nPATH=wrong\n')
  const environment = readEnvironment(directory)
  expect(environment.PLUGBOARD_TEST_ONLY).toBe('from file')
  expect(environment.PATH).not.toBe('wrong')
})
