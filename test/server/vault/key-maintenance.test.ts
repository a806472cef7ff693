import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { keyRing } from '../../../server/vault/key-encryption-keys.ts'
import { readKeyStatus } from '../../../server/vault/key-status.ts'
import { rewrapRows } from '../../../server/vault/rewrap-rows.ts'
import { rotateKeys } from '../../../server/vault/rotate-keys.ts'
import type { SealedRow } from '../../../server/vault/sealed-rows.ts'
import { openVault, type Vault } from '../../../server/vault/vault.ts'
import { MemoryKeyStore, MemoryRows, placeOf, randomKek, vaultFor } from './memory-ports.ts'

const secretOf = (id: string) => `secret of ${id}`

/** `count` sealed rows, alternating between two organizations. */
function fill(vault: Vault, count: number, rows = new MemoryRows()): MemoryRows {
  for (let index = 0; index < count; index += 1) {
    const id = `con_${String(index).padStart(5, '0')}`
    const place = placeOf({ rowId: id, organizationId: index % 2 ? 'org_a' : 'org_b' })
    rows.put({ id, place, sealed: vault.seal(place, secretOf(id)) })
  }
  return rows
}

const unreadable = (vault: Vault, rows: MemoryRows) =>
  [...rows.rows.values()].filter((row) => vault.open(row.place, row.sealed) !== secretOf(row.id)).length

/** Dies at its n-th write, before or after the write took place: what a killed process leaves behind. */
class DyingRows extends MemoryRows {
  constructor(
    readonly from: MemoryRows,
    private writesLeft: number,
    readonly afterWrite: boolean,
  ) {
    super()
  }
  override next = (afterId: string, limit: number) => this.from.next(afterId, limit)
  override async replace(row: SealedRow, sealed: string) {
    this.writesLeft -= 1
    if (this.writesLeft > 0) return this.from.replace(row, sealed)
    if (this.afterWrite) await this.from.replace(row, sealed)
    throw new Error('killed')
  }
}

test('a rewrap killed at any of twenty points leaves every secret readable, and the next one finishes', async () => {
  for (let run = 0; run < 20; run += 1) {
    const { vault, store, keks } = await vaultFor()
    const rows = fill(vault, 1100)
    await rotateKeys(vault)
    const deadline = 1 + ((run * 577) % 1100)
    await expect(rewrapRows(vault, [new DyingRows(rows, deadline, run % 2 === 0)])).rejects.toThrow('killed')

    const restarted = await openVault({ keks: keyRing(keks), store, now: () => 0 })
    expect(unreadable(restarted, rows)).toBe(0)
    const done = run % 2 === 0 ? deadline : deadline - 1
    expect(await rewrapRows(restarted, [rows])).toEqual({ resealed: 1100 - done, current: done, changed: 0, unreadable: 0 })
    expect(unreadable(restarted, rows)).toBe(0)
  }
})

test('calls open their credentials all the while that keys are rotated and rows rewrapped', async () => {
  const { vault } = await vaultFor()
  const rows = fill(vault, 1000)
  let running = true
  let reads = 0
  const readers = Array.from({ length: 4 }, async () => {
    while (running) {
      for (const row of rows.rows.values()) {
        expect(vault.open(row.place, row.sealed)).toBe(secretOf(row.id))
        reads += 1
        if (reads % 10 === 0) await setImmediate()
      }
    }
  })
  for (let round = 0; round < 3; round += 1) {
    await rotateKeys(vault)
    expect(await rewrapRows(vault, [rows])).toMatchObject({ resealed: 1000 })
  }
  running = false
  await Promise.all(readers)
  expect(reads).toBeGreaterThan(1000)
})

test('a secret that is set anew during a rewrap stays as it was set', async () => {
  const { vault } = await vaultFor()
  const rows = fill(vault, 3)
  await rotateKeys(vault)
  const first = rows.rows.get('con_00000')!
  const renewed = { ...first, place: { ...first.place, generation: 2 } }
  const replace = rows.replace.bind(rows)
  rows.replace = (row, sealed) => {
    if (row.id === first.id) rows.put({ ...renewed, sealed: vault.seal(renewed.place, 'new secret') })
    return replace(row, sealed)
  }
  expect(await rewrapRows(vault, [rows])).toEqual({ resealed: 2, current: 0, changed: 1, unreadable: 0 })
  expect(vault.open(renewed.place, rows.rows.get(first.id)!.sealed)).toBe('new secret')
})

test('a damaged row is counted and left alone, and the others get the new key', async () => {
  const { vault } = await vaultFor()
  const rows = fill(vault, 3)
  rows.put({ ...rows.rows.get('con_00001')!, sealed: 'v1.1.damaged' })
  await rotateKeys(vault)
  expect(await rewrapRows(vault, [rows])).toEqual({ resealed: 2, current: 0, changed: 0, unreadable: 1 })
  expect(rows.rows.get('con_00001')!.sealed).toBe('v1.1.damaged')
})

test('a failing database stops a rewrap instead of being counted as damage', async () => {
  const { vault } = await vaultFor()
  const rows = fill(vault, 3)
  await rotateKeys(vault)
  await expect(rewrapRows(vault, [new DyingRows(rows, 2, false)])).rejects.toThrow('killed')
})

test('after a rotation to a new key encryption key the old one is needed by nothing', async () => {
  const { vault: before, store, keks } = await vaultFor()
  const rows = fill(before, 10)
  const digest = before.digest('org_a', 'mcp-url', 'x')
  const session = before.derivedKey('session-id')
  const next = randomKek('k2')
  const both = await openVault({ keks: keyRing([next, ...keks]), store, now: () => 0 })
  expect(await rotateKeys(both)).toMatchObject({ made: 3, moved: 5, kekId: keyRing([next]).primary.id })

  const after = await openVault({ keks: keyRing([next]), store, now: () => 0 })
  expect(unreadable(after, rows)).toBe(0)
  expect(after.digest('org_a', 'mcp-url', 'x')).toBe(digest)
  expect(after.derivedKey('session-id').keyId).toBe('2')
  expect(after.derivedKeyById('session-id', session.keyId)).toEqual(session.key)
  const withOldKey = openVault({ keks: keyRing(keks), store, now: () => 0 })
  await expect(withOldKey).rejects.toEqual(expect.objectContaining({ code: 'vault.kek_wrong' }))
})

test('a rotation that fails at any of its writes loses nothing, and the next one finishes', async () => {
  for (let failAt = 1; failAt <= 12; failAt += 1) {
    const { vault: before, store, keks } = await vaultFor()
    const rows = fill(before, 4)
    const next = randomKek('k2')
    const failing = new FailingStore(store, failAt)
    const both = await openVault({ keks: keyRing([next, ...keks]), store: failing, now: () => 0 })
    const outcome = await rotateKeys(both).catch((error: Error) => error)
    expect(outcome instanceof Error).toBe(failAt <= 9)

    const restarted = await openVault({ keks: keyRing([next, ...keks]), store, now: () => 0 })
    expect(unreadable(restarted, rows)).toBe(0)
    await rotateKeys(restarted)
    const after = await openVault({ keks: keyRing([next]), store, now: () => 0 })
    expect(unreadable(after, rows)).toBe(0)
  }
})

test('a process learns of a key that another one made, and of its end', async () => {
  const { vault, store, keks } = await vaultFor()
  const other = await openVault({ keks: keyRing(keks), store, now: () => 0 })
  await rotateKeys(other)
  const place = placeOf()
  const sealed = other.seal(place, 'secret')
  expect(() => vault.open(place, sealed)).toThrow(expect.objectContaining({ code: 'vault.data_key_unknown' }))
  await vault.refresh()
  expect(vault.open(place, sealed)).toBe('secret')
  await store.remove({ organizationId: 'org_a', purpose: 'secrets', version: 2 })
  await vault.refresh()
  expect(() => vault.open(place, sealed)).toThrow(expect.objectContaining({ code: 'vault.data_key_unknown' }))
})

test('a key made while the list of keys was on its way is not taken for a retired one', async () => {
  const { vault, store } = await vaultFor()
  const list = store.list
  let answer = () => {}
  const stale = await list()
  store.list = () => new Promise((resolve) => void (answer = () => resolve(stale)))
  const refreshing = vault.refresh()
  await setImmediate()
  await vault.keyring.mint({ organizationId: 'org_a', purpose: 'secrets', version: 2 })
  answer()
  await refreshing
  expect(vault.seal(placeOf(), 'x')).toMatch(/^v1\.2\./)
})

test('the status names keys and counts, and holds no key', async () => {
  const { vault, store, keks } = await vaultFor()
  const rows = fill(vault, 7)
  const status = await readKeyStatus(vault, [rows])
  expect(status).toEqual({
    keks: [{ id: store.canary!.kekId, label: 'k1', primary: true, wraps: 5 }],
    organizations: 2,
    supersededKeys: 0,
    olderRows: 0,
  })
  await rotateKeys(vault)
  expect(await readKeyStatus(vault, [rows])).toMatchObject({ organizations: 2, supersededKeys: 3, olderRows: 7 })
  expect(JSON.stringify(status)).not.toContain(keks[0]!.bytes.toString('base64').slice(0, 12))
})

/** Fails its n-th write, as a database may. */
class FailingStore extends MemoryKeyStore {
  constructor(
    from: MemoryKeyStore,
    private writesLeft: number,
  ) {
    super()
    const failOr = <A extends unknown[], R>(write: (...input: A) => Promise<R>) => (...input: A) => {
      this.writesLeft -= 1
      return this.writesLeft === 0 ? Promise.reject(new Error('disk full')) : write.apply(from, input)
    }
    this.list = from.list
    this.findCanary = from.findCanary
    this.insert = failOr(from.insert)
    this.replace = failOr(from.replace)
    this.replaceCanary = failOr(from.replaceCanary)
  }
}
