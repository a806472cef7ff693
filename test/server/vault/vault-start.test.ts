import { expect, test } from 'vitest'
import { keyRing } from '../../../server/vault/key-encryption-keys.ts'
import { rotateKeys } from '../../../server/vault/rotate-keys.ts'
import { openVault } from '../../../server/vault/vault.ts'
import { MemoryKeyStore, placeOf, randomKek, vaultFor } from './memory-ports.ts'

const refused = (reason: string) => expect.objectContaining({ code: `vault.kek_${reason}` })
const start = (store: MemoryKeyStore, ...keks: ReturnType<typeof randomKek>[]) => openVault({ keks: keyRing(keks), store, now: () => 0 })
const stateOf = (store: MemoryKeyStore) => JSON.stringify([[...store.keys], store.canary])

test('a wrong key is refused by name, and nothing in the database changes', async () => {
  const { store } = await vaultFor()
  const before = stateOf(store)
  await expect(start(store, randomKek())).rejects.toEqual(refused('wrong'))
  await expect(start(store, randomKek())).rejects.toThrow(store.canary!.kekId)
  expect(stateOf(store)).toBe(before)
})

test('a database with data keys but no canary is refused, and gets none', async () => {
  const { store, keks } = await vaultFor()
  store.canary = undefined
  const before = stateOf(store)
  await expect(start(store, ...keks)).rejects.toEqual(refused('canary_missing'))
  expect(stateOf(store)).toBe(before)
})

test('a canary that was tampered with is refused', async () => {
  const { store, keks } = await vaultFor()
  const other = await vaultFor()
  store.canary = { ...store.canary!, sealed: other.store.canary!.sealed }
  await expect(start(store, ...keks)).rejects.toEqual(expect.objectContaining({ code: 'vault.undecipherable' }))
})

test('a key left out while data keys need it is refused, though the canary opens', async () => {
  const { store, keks } = await vaultFor()
  const beforeRotation = store.keys.get('org_a/digest/1')!
  const next = randomKek('k2')
  const vault = await start(store, next, ...keks)
  await rotateKeys(vault)
  store.keys.set('org_a/digest/1', beforeRotation)
  await expect(start(store, next)).rejects.toEqual(refused('wrong'))
})

test('a wrapped key moved to another organization or purpose is refused', async () => {
  for (const change of [{ organizationId: 'org_b' }, { purpose: 'digest' as const }]) {
    const { store, keks } = await vaultFor()
    const from = store.keys.get('org_a/secrets/1')!
    const to = { ...from, ...change }
    store.keys.set(`${to.organizationId}/${to.purpose}/1`, to)
    await expect(start(store, ...keks)).rejects.toEqual(expect.objectContaining({ code: 'vault.undecipherable' }))
  }
})

test('a restart opens what was sealed before it, and digests and derived keys stay the same', async () => {
  const { vault, store, keks } = await vaultFor()
  const sealed = vault.seal(placeOf(), 'secret')
  const again = await start(store, ...keks)
  expect(again.open(placeOf(), sealed)).toBe('secret')
  expect(again.digest('org_a', 'mcp-url', 'https://a')).toBe(vault.digest('org_a', 'mcp-url', 'https://a'))
  expect(again.derivedKey('session-id')).toEqual(vault.derivedKey('session-id'))
})

test('an organization prepared twenty times at once, in two processes, has one key of each kind', async () => {
  const { vault, store, keks } = await vaultFor()
  const other = await start(store, ...keks)
  await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 ? vault : other).prepareOrganization('org_new')))
  expect([...store.keys.keys()].filter((name) => name.startsWith('org_new/'))).toEqual(['org_new/secrets/1', 'org_new/digest/1'])
  const place = placeOf({ organizationId: 'org_new' })
  expect(other.open(place, vault.seal(place, 'secret'))).toBe('secret')
})

test('twenty processes that boot on an empty database agree on one root key', async () => {
  const store = new MemoryKeyStore()
  const kek = randomKek()
  const vaults = await Promise.all(Array.from({ length: 20 }, () => start(store, kek)))
  expect(new Set(vaults.map((vault) => vault.derivedKey('cursor').key.toString('hex'))).size).toBe(1)
})

test('digests differ by organization and by purpose, and their fields do not run together', async () => {
  const { vault } = await vaultFor()
  const digests = [
    vault.digest('org_a', 'mcp-url', 'x'),
    vault.digest('org_b', 'mcp-url', 'x'),
    vault.digest('org_a', 'mcp-ur', 'lx'),
    vault.digest('org_a', 'other', 'x'),
  ]
  expect(new Set(digests).size).toBe(4)
  expect(digests[0]).toMatch(/^[\w-]{43}$/)
})

test('each use has its own derived key, and only the spelling that we write names one', async () => {
  const { vault } = await vaultFor()
  const { keyId, key } = vault.derivedKey('session-id')
  expect(vault.derivedKey('cursor').key).not.toEqual(key)
  expect(vault.derivedKeyById('session-id', keyId)).toEqual(key)
  const strangers = ['2', '01', '+1', '1.0', ' 1', '', '__proto__', '1e0']
  expect(strangers.filter((other) => vault.derivedKeyById('session-id', other) !== undefined)).toEqual([])
})
