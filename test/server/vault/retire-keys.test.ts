import { expect, test } from 'vitest'
import { keyRing } from '../../../server/vault/key-encryption-keys.ts'
import { DAY_MS, MINUTE_MS } from '../../../server/lib/units.ts'
import { retireDataKeys, retireKek } from '../../../server/vault/retire-keys.ts'
import { rewrapRows } from '../../../server/vault/rewrap-rows.ts'
import { rotateKeys } from '../../../server/vault/rotate-keys.ts'
import { openVault } from '../../../server/vault/vault.ts'
import { MemoryRows, placeOf, randomKek, vaultFor } from './memory-ports.ts'

async function rotatedVault() {
  const clock = { ms: 0 }
  const setting = await vaultFor({ now: () => clock.ms })
  const rows = new MemoryRows()
  rows.put({ id: 'con_1', place: placeOf(), sealed: setting.vault.seal(placeOf(), 'secret') })
  const session = setting.vault.derivedKey('session-id')
  await rotateKeys(setting.vault)
  return { ...setting, rows, clock, session }
}

test('older data keys are not retired while a row needs one', async () => {
  const { vault, store, rows, clock } = await rotatedVault()
  clock.ms = 2 * DAY_MS
  const keys = store.keys.size
  const refused = expect.objectContaining({ code: 'vault.rows_remain', kind: 'conflict', details: { rows: 1 } })
  await expect(retireDataKeys(vault, [rows])).rejects.toEqual(refused)
  expect(store.keys.size).toBe(keys)
})

test('a damaged row keeps the older data keys too, because nobody can tell what it needs', async () => {
  const { vault, rows, clock } = await rotatedVault()
  rows.put({ id: 'con_1', place: placeOf(), sealed: 'damaged' })
  clock.ms = 2 * DAY_MS
  await expect(retireDataKeys(vault, [rows])).rejects.toEqual(expect.objectContaining({ code: 'vault.rows_remain' }))
})

test('a superseded key stays while another process may still seal with it or a value made with it lives', async () => {
  const { vault, rows, clock, session } = await rotatedVault()
  await rewrapRows(vault, [rows])
  expect(await retireDataKeys(vault, [rows])).toEqual({ retired: 0, waiting: 3 })
  clock.ms = MINUTE_MS
  expect(await retireDataKeys(vault, [rows])).toEqual({ retired: 2, waiting: 1 })
  expect(vault.open(placeOf(), rows.rows.get('con_1')!.sealed)).toBe('secret')
  expect(vault.derivedKeyById('session-id', session.keyId)).toEqual(session.key)
  clock.ms = DAY_MS
  expect(await retireDataKeys(vault, [rows])).toEqual({ retired: 1, waiting: 0 })
  expect(vault.derivedKeyById('session-id', session.keyId)).toBeUndefined()
})

test('what was sealed with a retired key does not open any more', async () => {
  const { vault, rows, clock } = await rotatedVault()
  const inOldBackup = rows.rows.get('con_1')!.sealed
  await rewrapRows(vault, [rows])
  clock.ms = DAY_MS
  await retireDataKeys(vault, [rows])
  expect(() => vault.open(placeOf(), inOldBackup)).toThrow(expect.objectContaining({ code: 'vault.data_key_unknown' }))
})

test('digest keys are never retired', async () => {
  const { vault, store, rows, clock } = await rotatedVault()
  const digest = vault.digest('org_a', 'mcp-url', 'x')
  await rewrapRows(vault, [rows])
  clock.ms = 400 * DAY_MS
  await retireDataKeys(vault, [rows])
  expect(vault.digest('org_a', 'mcp-url', 'x')).toBe(digest)
  expect(store.keys.has('org_a/digest/1')).toBe(true)
})

test('a key encryption key may leave the configuration only when it wraps nothing', async () => {
  const { store, keks } = await vaultFor()
  const next = randomKek('k2')
  const vault = await openVault({ keks: keyRing([next, ...keks]), store, now: () => 0 })
  const [newId, oldId] = vault.keyring.keks.all.map((kek) => kek.id)
  await expect(retireKek(vault, oldId!)).rejects.toEqual(expect.objectContaining({ code: 'vault.kek_in_use' }))
  await rotateKeys(vault)
  expect(await retireKek(vault, oldId!)).toEqual({ kekId: oldId, mayBeRemoved: true })
  await expect(retireKek(vault, newId!)).rejects.toEqual(expect.objectContaining({ code: 'vault.kek_in_use' }))
  await expect(retireKek(vault, 'typo')).rejects.toEqual(expect.objectContaining({ code: 'vault.kek_unknown' }))
})
