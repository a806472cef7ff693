// The port through which key maintenance walks the rows of one table that hold a sealed value.
import { setImmediate } from 'node:timers/promises'
import type { SecretPlace } from './associated-data.ts'
import { findSealedVersion } from './cipher.ts'
import type { Vault } from './vault.ts'

export interface SealedRow {
  id: string
  place: SecretPlace
  sealed: string
}

export interface SealedRows {
  /** At most `limit` rows whose id sorts after `afterId`, in the order of ids; '' starts. */
  next(afterId: string, limit: number): Promise<SealedRow[]>
  /** Changes the row only if it still holds `row.sealed`; false if it does not. */
  replace(row: SealedRow, sealed: string): Promise<boolean>
}

const BATCH_ROWS = 500

/** Every row of every table, in batches, letting other work in after each row: calls go on meanwhile. */
export async function* everySealedRow(tables: readonly SealedRows[]): AsyncGenerator<{ table: SealedRows; row: SealedRow }> {
  for (const table of tables) {
    let rows = await table.next('', BATCH_ROWS)
    while (rows.length > 0) {
      for (const row of rows) {
        yield { table, row }
        await setImmediate()
      }
      rows = await table.next(rows.at(-1)!.id, BATCH_ROWS)
    }
  }
}

export function isUnderNewestKey(vault: Vault, row: SealedRow): boolean {
  const newest = vault.keyring.newest(row.place.organizationId, 'secrets')
  return newest !== undefined && newest.version === findSealedVersion(row.sealed)
}
