// `npm run audit verify` as an operator runs it, beside a server and alone.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../../db/open.ts'
import { insertOrganization } from '../../../db/queries/organizations.ts'
import { adminSocketPath, startAdminSocket } from '../../../server/admin/admin-socket.ts'
import { auditRoutes } from '../../../server/admin/audit-routes.ts'
import { dataKeyStore } from '../../../server/admin/vault-storage.ts'
import { systemSource } from '../../../server/audit/audit-entry.ts'
import { AuditLog } from '../../../server/audit/audit-log.ts'
import { loadConfig } from '../../../server/config/load.ts'
import { silentLogger } from '../../../server/lib/logger.ts'
import { loadKeyEncryptionKeys } from '../../../server/vault/key-encryption-keys.ts'
import { openVault } from '../../../server/vault/vault.ts'
import { openBeside } from '../../db/temporary-database.ts'
import { runScript } from '../../support/run-script.ts'

let dataDir: string
beforeEach(async () => void (dataDir = await mkdtemp(join(tmpdir(), 'plugboard-audit-'))))
afterEach(() => rm(dataDir, { recursive: true }))

const verify = () => runScript('audit', dataDir, 'verify')

async function startHouse() {
  const config = loadConfig({ DATA_DIR: dataDir })
  const db = await openDatabase({ url: config.databaseUrl, now: () => 1 })
  const vault = await openVault({ keks: await loadKeyEncryptionKeys(config), store: dataKeyStore(db), now: () => 1 })
  return { db, vault, audit: new AuditLog({ db, vault, now: () => 1_800_000_000_000, log: silentLogger }) }
}

test('beside a running server it sees what was noted a moment ago', async () => {
  const { db, vault, audit } = await startHouse()
  await insertOrganization(db, { id: 'org_a', name: 'Acme', createdAt: 1 })
  audit.note(systemSource('org_a'), { action: 'key.create' })
  const routes = auditRoutes({ db, vault, flush: () => audit.flush() })
  const socket = await startAdminSocket({ path: adminSocketPath(dataDir), routes, logger: silentLogger })
  expect(await verify()).toMatchObject({ code: 0, stdout: expect.stringMatching(/^org_a \(Acme\): whole, 1 entries since 2027-01-15T08:00:00\.000Z; it ends with 1 [\w-]{43}\n$/) })
  await socket.close()
  await db.close()
})

test('alone it says where a chain breaks, and exits with 1', async () => {
  const { db, audit } = await startHouse()
  for (const id of ['org_a', 'org_b', 'org_c']) await insertOrganization(db, { id, name: id, createdAt: 1 })
  for (const id of ['org_a', 'org_b']) for (let times = 0; times < 3; times++) await audit.write(systemSource(id), { action: 'key.create' })
  await db.close()
  openBeside(join(dataDir, 'plugboard.db')).exec(`DELETE FROM audit_entry WHERE organization_id = 'org_b' AND seq = 3`)
  const { code, stdout } = await verify()
  expect([code, stdout]).toEqual([1, expect.stringMatching(/^org_a .*: whole.*\norg_b \(org_b\): BROKEN, 2 entries\n {2}entry 3 is missing\norg_c \(org_c\): empty\n$/)])
})

test('a mistyped command says how it is written', async () => {
  expect(await runScript('audit', dataDir, 'verifi')).toMatchObject({ code: 64, stderr: 'Usage: npm run audit verify\n' })
})
