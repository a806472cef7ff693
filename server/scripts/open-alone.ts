// For commands that find no server running: its database and its keys, opened as it would.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Database } from '../../db/database.ts'
import { openDatabase } from '../../db/open.ts'
import { dataKeyStore } from '../admin/vault-storage.ts'
import type { Config } from '../config/config.ts'
import { ConfigError } from '../config/config-error.ts'
import { prepareDataDir } from '../config/data-dir.ts'
import { systemNow } from '../lib/clock.ts'
import { loadKeyEncryptionKeys } from '../vault/key-encryption-keys.ts'
import { openVault, type Vault } from '../vault/vault.ts'

/** Closed when `use` is over. @throws ConfigError where there is no database yet */
export async function openAlone<Result>(config: Config, use: (opened: { db: Database; vault: Vault }) => Promise<Result>): Promise<Result> {
  // Looking must not make a database and a key where there was none, say for a mistyped DATA_DIR.
  if (config.databaseUrl.startsWith('file:') && !existsSync(fileURLToPath(config.databaseUrl)))
    throw new ConfigError([{ name: 'DATABASE_URL', problem: `there is no database at ${config.databaseUrl} yet; npm start makes it` }])
  prepareDataDir(config)
  const db = await openDatabase({ url: config.databaseUrl, authToken: config.databaseAuthToken, now: systemNow })
  try {
    const vault = await openVault({ keks: await loadKeyEncryptionKeys(config), store: dataKeyStore(db), now: systemNow })
    return await use({ db, vault })
  } finally {
    await db.close()
  }
}
