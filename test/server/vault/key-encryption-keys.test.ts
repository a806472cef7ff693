import { randomBytes } from 'node:crypto'
import { chmod, copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Secret } from '../../../server/lib/secret.ts'
import { loadKeyEncryptionKeys } from '../../../server/vault/key-encryption-keys.ts'
import { openVault } from '../../../server/vault/vault.ts'
import { MemoryKeyStore } from './memory-ports.ts'

let dataDir: string
beforeEach(async () => void (dataDir = await mkdtemp(join(tmpdir(), 'plugboard-kek-'))))
afterEach(() => rm(dataDir, { recursive: true }))

const newKey = () => randomBytes(32).toString('base64')
const load = (settings: { file?: string; keks?: string; allowGeneratedKek?: boolean; laptop?: boolean }) =>
  loadKeyEncryptionKeys({
    secretsKekFile: settings.file,
    secretsKeks: settings.keks === undefined ? undefined : new Secret(settings.keks),
    allowGeneratedKek: settings.allowGeneratedKek ?? false,
    laptop: settings.laptop ?? false,
    dataDir,
  })
const refused = (reason: string) => expect.objectContaining({ code: `vault.kek_${reason}` })

async function keyFile(text: string, mode = 0o600): Promise<string> {
  const path = join(dataDir, 'operator-kek')
  await writeFile(path, text)
  await chmod(path, mode)
  return path
}

test.each([
  ['too short', randomBytes(31).toString('base64'), 'malformed'],
  ['too long', randomBytes(33).toString('base64'), 'malformed'],
  ['a UTF-8 passphrase', 'correct horse battery staple', 'malformed'],
  ['hex', randomBytes(32).toString('hex'), 'malformed'],
  ['two ids', `a:b:${newKey()}`, 'malformed'],
  ['zero bytes', Buffer.alloc(32).toString('base64'), 'weak'],
  ['one byte repeated', Buffer.alloc(32, 0xa7).toString('base64'), 'weak'],
  ['a short pattern repeated', Buffer.from('deadbeef'.repeat(8), 'hex').toString('base64'), 'weak'],
  ['counted bytes', Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString('base64'), 'weak'],
  ['typed text of 32 characters', Buffer.from('0123456789abcdefGHIJKLMNOPQRSTUV').toString('base64'), 'weak'],
])('a key that is %s is refused, from the variable and from the file, without being quoted', async (_case, text, reason) => {
  const inVariable = await load({ keks: text }).catch((error: Error) => error)
  const inFile = await load({ file: await keyFile(text) }).catch((error: Error) => error)
  for (const error of [inVariable, inFile]) {
    expect(error).toEqual(refused(reason))
    expect(String((error as Error).message)).not.toContain(text)
  }
})

test('a file or variable with nothing in it is refused', async () => {
  await expect(load({ keks: ' \n, ' })).rejects.toEqual(refused('missing'))
  await expect(load({ file: await keyFile('\n') })).rejects.toEqual(refused('missing'))
})

test('a server without a key does not start, and says how to make one', async () => {
  await expect(load({})).rejects.toThrow(/openssl rand -base64 32/)
})

test('a named file that does not exist is refused, not replaced', async () => {
  await expect(load({ file: join(dataDir, 'lost'), laptop: true })).rejects.toEqual(refused('missing'))
})

test.each([0o640, 0o604, 0o660, 0o644, 0o610])('a key file with mode %o is refused, because others have access', async (mode) => {
  await expect(load({ file: await keyFile(newKey(), mode) })).rejects.toEqual(refused('readable'))
})

test('a key file or variable with one entry or several gives the first as primary', async () => {
  const [newer, older] = [newKey(), newKey()]
  const alone = await load({ file: await keyFile(`${newer}\n`) })
  const list = await load({ file: await keyFile(`k2:${newer}\nk1:${older}\n`) })
  const variable = await load({ keks: `k2:${newer},k1:${older}` })
  expect(list.all.map((kek) => kek.label)).toEqual(['k2', 'k1'])
  expect(variable.all.map((kek) => kek.id)).toEqual(list.all.map((kek) => kek.id))
  expect(list.primary.id).toBe(alone.primary.id)
  expect(list.primary).toBe(list.all[0])
})

test('the id of a key does not contain the key', async () => {
  const bytes = randomBytes(32)
  const { primary } = await load({ keks: bytes.toString('base64') })
  expect(bytes.includes(Buffer.from(primary.id, 'base64url').subarray(0, 4))).toBe(false)
})

test('a key given twice, or an id given twice, is refused', async () => {
  const key = newKey()
  await expect(load({ keks: `a:${key},b:${key}` })).rejects.toEqual(refused('duplicate'))
  await expect(load({ keks: `a:${key},a:${newKey()}` })).rejects.toEqual(refused('duplicate'))
})

test('file and variable together are refused, because nobody could tell which is first', async () => {
  await expect(load({ file: await keyFile(newKey()), keks: newKey() })).rejects.toEqual(refused('ambiguous'))
})

test('a laptop makes its key once, for its owner alone, and finds it again', async () => {
  const store = new MemoryKeyStore()
  const first = await load({ laptop: true })
  await openVault({ keks: first, store, now: () => 0 })
  expect((await stat(join(dataDir, 'kek'))).mode & 0o777).toBe(0o600)
  const second = await load({ laptop: true })
  expect(second.saveGenerated).toBeUndefined()
  expect(second.primary.id).toBe(first.primary.id)
  await openVault({ keks: second, store, now: () => 0 })
})

test('a laptop that lost its key file makes no new one over existing data', async () => {
  const store = new MemoryKeyStore()
  await openVault({ keks: await load({ laptop: true }), store, now: () => 0 })
  await rm(join(dataDir, 'kek'))
  await expect(openVault({ keks: await load({ laptop: true }), store, now: () => 0 })).rejects.toEqual(refused('wrong'))
  await expect(stat(join(dataDir, 'kek'))).rejects.toThrow('ENOENT')
})

test('of two processes that both make a first key, one is refused and no file is overwritten', async () => {
  const [one, two] = [await load({ laptop: true }), await load({ laptop: true })]
  await one.saveGenerated?.()
  const kept = await readFile(join(dataDir, 'kek'), 'utf8')
  await expect(two.saveGenerated?.()).rejects.toEqual(refused('exists'))
  expect(await readFile(join(dataDir, 'kek'), 'utf8')).toBe(kept)
})

test('a server refuses the key of a laptop, in its place or copied, unless that is allowed by name', async () => {
  await (await load({ laptop: true })).saveGenerated?.()
  const copy = join(dataDir, 'copied')
  await copyFile(join(dataDir, 'kek'), copy)
  await expect(load({})).rejects.toEqual(refused('generated'))
  await expect(load({ file: copy })).rejects.toEqual(refused('generated'))
  await expect(load({ allowGeneratedKek: true })).resolves.toMatchObject({ primary: { label: 'generated' } })
})
