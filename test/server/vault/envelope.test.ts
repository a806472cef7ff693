import { createCipheriv, createSecretKey, randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import type { AppError } from '../../../server/lib/app-error.ts'
import { openBytes } from '../../../server/vault/cipher.ts'
import { rotateKeys } from '../../../server/vault/rotate-keys.ts'
import { placeOf, vaultFor } from './memory-ports.ts'

const SECRET = 'Bearer s3cret-ünïcode-🔑'
const undecipherable = expect.objectContaining({ code: 'vault.undecipherable' })
const { vault } = await vaultFor()
const place = placeOf()

test('what is sealed opens in its place, at every length around the padding', () => {
  for (const length of [0, 1, 62, 63, 64, 65, 127, 128, 5000]) {
    const text = 'x'.repeat(length)
    expect(vault.open(place, vault.seal(place, text))).toBe(text)
  }
  expect(vault.open(place, vault.seal(place, SECRET))).toBe(SECRET)
  expect(vault.open(place, vault.seal(place, 'ends in padding \u0080\u0000\u0000'))).toBe('ends in padding \u0080\u0000\u0000')
})

test('the sealed text says nothing of the secret but its length in blocks of 64', () => {
  const lengths = new Set([1, 30, 63].map((length) => vault.seal(place, 's'.repeat(length)).length))
  expect(lengths.size).toBe(1)
  expect(vault.seal(place, SECRET)).not.toContain(Buffer.from(SECRET).toString('base64url').slice(0, 8))
})

test('a sealed value does not open in another row, column, table, organization or generation', () => {
  const sealed = vault.seal(place, SECRET)
  const elsewhere = [{ rowId: 'con_2' }, { column: 'other' }, { table: 'other' }, { organizationId: 'org_b' }, { generation: 2 }]
  expect(elsewhere.map((change) => codeOfOpening(sealed, placeOf(change)))).toEqual(elsewhere.map(() => 'vault.undecipherable'))
})

test('fields cannot lend each other characters', () => {
  for (const between of ['', '\0\0\0\0']) {
    const sealed = vault.seal(placeOf({ table: `a${between}b`, column: 'c' }), SECRET)
    expect(() => vault.open(placeOf({ table: 'a', column: `b${between}c` }), sealed)).toThrow(undecipherable)
  }
})

test('a value of an old generation, put back into its row, does not open', () => {
  const old = vault.seal(placeOf({ generation: 1 }), SECRET)
  expect(() => vault.open(placeOf({ generation: 2 }), old)).toThrow(undecipherable)
})

test('flipping any byte of any part is noticed', () => {
  const sealed = vault.seal(place, SECRET)
  const [format, version, ...parts] = sealed.split('.')
  for (const [index, part] of parts.entries()) {
    const bytes = Buffer.from(part, 'base64url')
    for (let offset = 0; offset < bytes.length; offset += 1) {
      const flipped = Buffer.from(bytes)
      flipped[offset]! ^= 1
      const forged = [format, version, ...parts.with(index, flipped.toString('base64url'))].join('.')
      expect(() => vault.open(place, forged)).toThrow(undecipherable)
    }
  }
})

test('changing any character of the text is noticed', () => {
  const sealed = vault.seal(place, 'short')
  const opened = [...sealed].flatMap((_, index) =>
    ['A', 'B', '_', '.', '=', '+', ' ']
      .map((character) => sealed.slice(0, index) + character + sealed.slice(index + 1))
      .filter((forged) => forged !== sealed && codeOfOpening(forged) === undefined),
  )
  expect(opened).toEqual([])
})

test('another spelling of the same bytes is not the same value', () => {
  const sealed = vault.seal(place, 'short')
  const respelt = [`${sealed}=`, `${sealed}\n`, ` ${sealed}`, `${sealed}.AA`, sealed.replace('v1.1.', 'v1.01.')]
  const spellings = [...respelt, sealed.replace('v1', 'v2'), '', 'plain']
  expect(spellings.map((spelling) => codeOfOpening(spelling))).toEqual(spellings.map(() => 'vault.undecipherable'))
})

test('a tag cut to four bytes is refused, though four bytes of it are right', () => {
  const [format, version, iv, ciphertext, tag] = vault.seal(place, SECRET).split('.')
  for (const length of [4, 8, 12, 15]) {
    const short = Buffer.from(tag!, 'base64url').subarray(0, length).toString('base64url')
    expect(() => vault.open(place, [format, version, iv, ciphertext, short].join('.'))).toThrow(undecipherable)
  }
})

test('a genuine ciphertext under a genuine four-byte tag, which Node would accept, is refused', () => {
  const [key, iv, associatedData] = [createSecretKey(randomBytes(32)), randomBytes(12), Buffer.from('place')]
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: 4 }).setAAD(associatedData)
  const ciphertext = Buffer.concat([cipher.update(Buffer.alloc(64, 0x80)), cipher.final()])
  const parts = [iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url'))
  expect(() => openBytes(key, associatedData, ['v1', '1', ...parts].join('.'))).toThrow(undecipherable)
})

test('a value relabelled with another data-key version does not open', async () => {
  const { vault: rotated } = await vaultFor()
  const sealed = rotated.seal(place, SECRET)
  await rotateKeys(rotated)
  expect(rotated.open(place, sealed)).toBe(SECRET)
  expect(() => rotated.open(place, sealed.replace('v1.1.', 'v1.2.'))).toThrow(undecipherable)
  expect(() => rotated.open(place, sealed.replace('v1.1.', 'v1.3.'))).toThrow(expect.objectContaining({ code: 'vault.data_key_unknown' }))
})

test('100,000 seals of one text use 100,000 different IVs', () => {
  const ivs = new Set<string>()
  for (let count = 0; count < 100_000; count += 1) ivs.add(vault.seal(place, 'same').split('.')[2]!)
  expect(ivs.size).toBe(100_000)
})

test('an organization whose keys were never made can neither seal nor digest', () => {
  const unprepared = expect.objectContaining({ code: 'vault.organization_unprepared' })
  expect(() => vault.seal(placeOf({ organizationId: 'org_new' }), SECRET)).toThrow(unprepared)
  expect(() => vault.digest('org_new', 'mcp-url', SECRET)).toThrow(unprepared)
})

test('an error never quotes what could not be opened', () => {
  const sealed = vault.seal(place, SECRET)
  const error = failureOf(() => vault.open(placeOf({ rowId: 'con_2' }), sealed))
  expect(inspect(error, { depth: 5, showHidden: true })).not.toMatch(new RegExp(`${sealed.split('.')[3]}|s3cret`))
})

function failureOf(action: () => unknown): unknown {
  try {
    action()
    return undefined
  } catch (error) {
    return error
  }
}

const codeOfOpening = (sealed: string, at = place) => (failureOf(() => vault.open(at, sealed)) as AppError | undefined)?.code
