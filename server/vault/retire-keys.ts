// Forgets keys that nothing needs any more. Whatever is still sealed with them would be lost, so a
// retired key must be unused, and superseded for longer than any process may go on using it.
import { MINUTE_MS } from '../lib/units.ts'
import { longestLifetimeMs } from './key-labels.ts'
import type { KeyName } from './data-key-store.ts'
import { everySealedRow, isUnderNewestKey, type SealedRows } from './sealed-rows.ts'
import type { Vault } from './vault.ts'
import { kekInUse, kekUnknown, rowsRemain } from './vault-errors.ts'

export interface RetireReport {
  retired: number
  /** Superseded too recently: another process, or a value handed out, may still use them. */
  waiting: number
}

/** How long a superseded key of each purpose stays; a digest key stays for ever. */
const keepMs = { secrets: MINUTE_MS, root: longestLifetimeMs, digest: Infinity }

/** @throws vault.rows_remain */
export async function retireDataKeys(vault: Vault, tables: readonly SealedRows[]): Promise<RetireReport> {
  const { store, now } = vault.keyring
  await vault.refresh()
  const keys = (await store.list()).sort(byLineAndVersion)
  const rows = await countOlderRows(vault, tables)
  if (rows > 0) throw rowsRemain(rows)

  const report: RetireReport = { retired: 0, waiting: 0 }
  for (const [index, key] of keys.entries()) {
    const successor = keys[index + 1]
    if (!successor || lineOf(successor) !== lineOf(key)) continue
    if (now() - successor.createdAt < keepMs[key.purpose]) report.waiting += 1
    else if (await store.remove(key)) report.retired += 1
  }
  await vault.refresh()
  return report
}

/** The versions of one key share a line. */
const lineOf = (key: KeyName) => `${key.purpose}/${key.organizationId}`

const byLineAndVersion = (a: KeyName, b: KeyName) => (lineOf(a) === lineOf(b) ? a.version - b.version : lineOf(a) < lineOf(b) ? -1 : 1)

/** How many stored secrets are not under their organization's newest data key; damaged ones count, because nobody can tell. */
export async function countOlderRows(vault: Vault, tables: readonly SealedRows[]): Promise<number> {
  let older = 0
  for await (const { row } of everySealedRow(tables)) {
    if (!isUnderNewestKey(vault, row)) older += 1
  }
  return older
}

/** Whether a key encryption key may leave the configuration. @throws vault.kek_in_use, kek_unknown */
export async function retireKek(vault: Vault, kekId: string): Promise<{ kekId: string; mayBeRemoved: true }> {
  const { store, keks } = vault.keyring
  const canary = await store.findCanary()
  const wraps = (await store.list()).filter((key) => key.kekId === kekId).length + (canary?.kekId === kekId ? 1 : 0)
  if (wraps > 0) throw kekInUse(kekId, wraps)
  if (!keks.all.some((kek) => kek.id === kekId)) throw kekUnknown(kekId)
  return { kekId, mayBeRemoved: true }
}
