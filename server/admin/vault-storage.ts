// The vault's ports over the database: the vault itself does not know that there is one.
import type { Database } from '../../db/database.ts'
import { findCanary, insertCanary, replaceCanary } from '../../db/queries/canary.ts'
import { listCredentialsForRewrap, replaceSealed } from '../../db/queries/credentials.ts'
import { deleteDataKey, insertDataKey, listDataKeys, replaceWrappedKey } from '../../db/queries/data-keys.ts'
import { listSealed, replaceSealedText, type SealedColumnName, type SealedText } from '../../db/queries/sealed-columns.ts'
import type { SecretPlace } from '../vault/associated-data.ts'
import { credentialPlace } from '../vault/credential-place.ts'
import type { DataKeyStore, WrappedKey } from '../vault/data-key-store.ts'
import { draftPlace, heldGrantPlace } from '../vault/connect-place.ts'
import { grantPlace, registrationPlace, verifierPlace } from '../vault/grant-place.ts'
import type { SealedRows } from '../vault/sealed-rows.ts'
import { webhookSecretPlace } from '../vault/webhook-place.ts'

export const dataKeyStore = (db: Database): DataKeyStore => ({
  list: async () => (await listDataKeys(db)) as WrappedKey[],
  insert: (key) => insertDataKey(db, key),
  replace: (key) => replaceWrappedKey(db, key),
  remove: (name) => deleteDataKey(db, name),
  findCanary: () => findCanary(db),
  insertCanary: (canary) => insertCanary(db, canary),
  replaceCanary: (canary) => replaceCanary(db, canary),
})

/** Every table that holds a value sealed with a data key. One left out would lose its values when keys are retired. */
export const sealedTables = (db: Database): SealedRows[] => [
  credentialRows(db),
  columnRows(db, 'access', (row) => grantPlace({ ...row, connectionUid: row.id }, 'access_sealed')),
  columnRows(db, 'refresh', (row) => grantPlace({ ...row, connectionUid: row.id }, 'refresh_sealed')),
  columnRows(db, 'clientSecret', (row) => registrationPlace(row, 'secret_sealed')),
  columnRows(db, 'assertion', (row) => registrationPlace(row, 'assertion_sealed')),
  columnRows(db, 'verifier', verifierPlace),
  columnRows(db, 'draft', draftPlace),
  columnRows(db, 'held', heldGrantPlace),
  columnRows(db, 'webhookSecret', webhookSecretPlace),
]

const credentialRows = (db: Database): SealedRows => ({
  async next(afterId, limit) {
    const rows = await listCredentialsForRewrap(db, { afterUid: afterId, limit })
    return rows.map((row) => ({ id: row.connectionUid, place: credentialPlace(row), sealed: row.sealed }))
  },
  replace: ({ id, place, sealed: expectedSealed }, sealed) =>
    replaceSealed(db, { connectionUid: id, generation: place.generation, sealed, expectedSealed }),
})

const columnRows = (db: Database, column: SealedColumnName, placeOf: (row: SealedText) => SecretPlace): SealedRows => ({
  async next(afterId, limit) {
    const rows = await listSealed(db, column, { afterId, limit })
    return rows.map((row) => ({ id: row.id, place: placeOf(row), sealed: row.sealed }))
  },
  replace: ({ id, sealed: expectedSealed }, sealed) => replaceSealedText(db, column, { id, sealed, expectedSealed }),
})
