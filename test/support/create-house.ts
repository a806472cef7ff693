// The whole house for one test: real database, vault and egress on a directory of its own, a clock that
// stands still until it is moved.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../db/open.ts'
import { insertApiKey } from '../../db/queries/api-keys.ts'
import { insertOrganization } from '../../db/queries/organizations.ts'
import { dataKeyStore } from '../../server/admin/vault-storage.ts'
import { loadConfig } from '../../server/config/load.ts'
import { createCaches } from '../../server/context/caches.ts'
import type { House } from '../../server/context/context.ts'
import type { StatusChange } from '../../server/context/status-change.ts'
import type { ListenerAddress } from '../../server/egress/own-listener.ts'
import { keyRow } from '../../server/identity/api-keys.ts'
import { generateKey } from '../../server/identity/key-format.ts'
import { Feed } from '../../server/lib/feed.ts'
import { newId } from '../../server/lib/ids.ts'
import { type Logger, silentLogger } from '../../server/lib/logger.ts'
import { UpstreamPool } from '../../server/mcp/upstream-pool.ts'
import { UsageRecorder } from '../../server/usage/usage-recorder.ts'
import { keyRing } from '../../server/vault/key-encryption-keys.ts'
import { openVault } from '../../server/vault/vault.ts'
import { testEgress } from './test-egress.ts'

export interface TestHouse {
  house: House
  /** Moves the house's clock; timers of Node do not notice. */
  advance(ms: number): void
  /** A key of an organization of its own, unless one is named. */
  createKey(organizationId?: string): Promise<{ key: string; organizationId: string; id: string }>
  /** Whom upstream URLs may not name: told once the listener is there. */
  setListeners(listeners: readonly ListenerAddress[]): void
  close(): Promise<void>
}

export interface TestHouseOptions {
  log?: Logger
  publicUrl?: string
}

export async function createHouse({ log = silentLogger, publicUrl }: TestHouseOptions = {}): Promise<TestHouse> {
  const dataDir = await mkdtemp(join(tmpdir(), 'plugboard-test-'))
  let nowMs = 1_800_000_000_000
  let listeners: readonly ListenerAddress[] = []
  const now = () => nowMs
  const config = loadConfig({ DATA_DIR: dataDir, DEMO: '0', ...(publicUrl && { PUBLIC_URL: publicUrl }) }, dataDir)
  const db = await openDatabase({ url: ':memory:', now })
  const vault = await openVault({ keks: keyRing([{ label: 'test', bytes: randomBytes(32) }]), store: dataKeyStore(db), now })
  const egress = testEgress({ laptop: config.laptop, publicUrl: config.publicUrl, ownListeners: () => listeners, log })
  const pool = new UpstreamPool({ egress, now, log })
  const usage = new UsageRecorder(db, now, log)
  const house: House = {
    config,
    db,
    vault,
    egress,
    pool,
    now,
    log,
    caches: createCaches(),
    statusFeed: new Feed<StatusChange>(),
    usage,
    rootKeyDigest: '',
  }
  return {
    house,
    advance: (ms) => void (nowMs += ms),
    setListeners: (addresses) => void (listeners = addresses),
    async createKey(organizationId) {
      const owner = organizationId ?? newId('org')
      if (organizationId === undefined) await insertOrganization(db, { id: owner, name: owner, createdAt: nowMs })
      const key = generateKey()
      const row = keyRow({ key, name: 'test', organizationId: owner, isRoot: false, createdAt: nowMs, expiresAt: null })
      await insertApiKey(db, row)
      return { key, organizationId: owner, id: row.id }
    },
    async close() {
      await pool.close()
      await egress.close()
      await db.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
