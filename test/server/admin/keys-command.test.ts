// The command as an operator runs it, in a process of its own, over a database file with real rows.
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Database } from '../../../db/database.ts'
import { openDatabase } from '../../../db/open.ts'
import { findConnectionByUid, insertConnection } from '../../../db/queries/connections.ts'
import { insertNamespace } from '../../../db/queries/namespaces.ts'
import { insertOrganization } from '../../../db/queries/organizations.ts'
import { adminSocketPath, startAdminSocket } from '../../../server/admin/admin-socket.ts'
import { keyRoutes } from '../../../server/admin/key-routes.ts'
import { dataKeyStore, sealedTables } from '../../../server/admin/vault-storage.ts'
import { loadConfig } from '../../../server/config/load.ts'
import { silentLogger } from '../../../server/lib/logger.ts'
import { credentialPlace } from '../../../server/vault/credential-place.ts'
import { loadKeyEncryptionKeys } from '../../../server/vault/key-encryption-keys.ts'
import { openVault, type Vault } from '../../../server/vault/vault.ts'
import { runScript } from '../../support/run-script.ts'

const place = credentialPlace({ organizationId: 'org_a', connectionUid: 'con_1', generation: 1 })

let dataDir: string
beforeEach(async () => void (dataDir = await mkdtemp(join(tmpdir(), 'plugboard-keys-'))))
afterEach(() => rm(dataDir, { recursive: true }))

test('status, rotate and rewrap work beside a running server, which opens its credentials all the while', async () => {
  const { db, vault } = await startHouse()
  await storeCredential(db, vault, 'secret')
  const path = adminSocketPath(dataDir)
  const socket = await startAdminSocket({ path, routes: keyRoutes(vault, sealedTables(db)), logger: silentLogger })
  expect(await keys('status')).toMatchObject({ code: 0, stdout: expect.stringContaining('generated, primary: wraps 3 keys') })
  expect(await keys('rotate')).toMatchObject({ code: 0, stdout: expect.stringContaining('Made 2 new keys') })
  expect(await readCredential(db, vault)).toMatchObject({ opened: 'secret', version: '1' })
  expect(await keys('rewrap')).toMatchObject({ code: 0, stdout: expect.stringContaining('Sealed 1 secrets again') })
  expect(await readCredential(db, vault)).toMatchObject({ opened: 'secret', version: '2' })
  await socket.close()
  await db.close()
})

test('without a server the command opens the database itself, and a server started later opens what it sealed', async () => {
  const house = await startHouse()
  await storeCredential(house.db, house.vault, 'secret')
  await house.db.close()
  expect(await keys('rotate')).toMatchObject({ code: 0 })
  expect(await keys('retire')).toMatchObject({ code: 1, stderr: expect.stringContaining('npm run keys rewrap') })
  expect(await keys('rewrap')).toMatchObject({ code: 0, stdout: expect.stringContaining('Sealed 1 secrets again') })
  const { db, vault } = await startHouse()
  expect(await readCredential(db, vault)).toMatchObject({ opened: 'secret', version: '2' })
  await db.close()
})

test('a wrong key exits with 78 and a mistyped command with 64; neither makes anything', async () => {
  const { db } = await startHouse()
  await db.close()
  await rm(join(dataDir, 'kek'))
  expect(await keys('rotate')).toMatchObject({ code: 78, stderr: expect.stringContaining('Nothing was changed') })
  expect(await keys('rotat')).toMatchObject({ code: 64, stderr: expect.stringContaining('Usage') })
  expect(await readdir(dataDir)).not.toContain('kek')
})

test('where there is no database the command makes none', async () => {
  expect(await keys('status')).toMatchObject({ code: 78, stderr: expect.stringContaining('no database') })
  expect(await readdir(dataDir)).toEqual([])
})

async function startHouse() {
  const config = loadConfig({ DATA_DIR: dataDir })
  const db = await openDatabase({ url: config.databaseUrl, now: () => 1 })
  const vault = await openVault({ keks: await loadKeyEncryptionKeys(config), store: dataKeyStore(db), now: () => 1 })
  return { db, vault }
}

async function storeCredential(db: Database, vault: Vault, secret: string) {
  await vault.prepareOrganization('org_a')
  await insertOrganization(db, { id: 'org_a', name: 'A', createdAt: 1 })
  await insertNamespace(db, { name: 'demo', organizationId: 'org_a', createdAt: 1 })
  await insertConnection(db, {
    connection: {
      uid: 'con_1',
      organizationId: 'org_a',
      namespace: 'demo',
      connectionId: 'demo',
      name: 'demo',
      mcpUrl: 'http://127.0.0.1/mcp',
      mcpUrlDigest: vault.digest('org_a', 'mcp-url', 'http://127.0.0.1/mcp'),
      status: { state: 'connected' },
      sessions: 'shared',
      revision: 1,
      credentialGeneration: 1,
      createdAt: 1,
      updatedAt: 1,
    },
    credential: { generation: 1, kind: 'headers', sealed: vault.seal(place, secret), createdAt: 1, updatedAt: 1 },
    metadataTexts: [],
  })
}

async function readCredential(db: Database, vault: Vault) {
  const sealed = (await findConnectionByUid(db, { uid: 'con_1' }))?.credential?.sealed ?? ''
  return { opened: vault.open(place, sealed), version: sealed.split('.')[1] }
}

const keys = (...input: string[]) => runScript('keys', dataDir, ...input)
