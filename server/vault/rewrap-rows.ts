// Seals every stored secret again under its organization's newest data key. It may be stopped at any
// point and started again: each row is whole before and after its one conditional write.
import { isAppError } from '../lib/app-error.ts'
import { everySealedRow, isUnderNewestKey, type SealedRow, type SealedRows } from './sealed-rows.ts'
import type { Vault } from './vault.ts'

export interface RewrapReport {
  /** Now under the newest key. */
  resealed: number
  /** Was already. */
  current: number
  /** Written by someone else meanwhile; run again to be sure of them. */
  changed: number
  /** Does not open; left as it is. */
  unreadable: number
}

export async function rewrapRows(vault: Vault, tables: readonly SealedRows[]): Promise<RewrapReport> {
  await vault.refresh()
  const report: RewrapReport = { resealed: 0, current: 0, changed: 0, unreadable: 0 }
  for await (const { table, row } of everySealedRow(tables)) report[await resealRow(vault, table, row)] += 1
  return report
}

async function resealRow(vault: Vault, table: SealedRows, row: SealedRow): Promise<keyof RewrapReport> {
  if (isUnderNewestKey(vault, row)) return 'current'
  const sealed = sealAgain(vault, row)
  if (sealed === undefined) return 'unreadable'
  return (await table.replace(row, sealed)) ? 'resealed' : 'changed'
}

/** One damaged row does not keep the others from the new key. */
function sealAgain(vault: Vault, { place, sealed }: SealedRow): string | undefined {
  try {
    return vault.seal(place, vault.open(place, sealed))
  } catch (error) {
    if (isAppError(error)) return undefined
    throw error
  }
}
