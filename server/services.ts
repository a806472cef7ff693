// Builds every long-lived part once and ties the knots: mechanisms get plain values and functions,
// use cases get the house.
import { join } from 'node:path'
import { openDatabase } from '../db/open.ts'
import { dataKeyStore } from './admin/vault-storage.ts'
import { ensureFirstNamespace, ensureOrganization } from './boot/first-run.ts'
import { installRootKey, loadRootKey, type RootKey } from './boot/root-key.ts'
import { createSetUp, type SetUp } from './boot/set-up.ts'
import { prepareSetupCode } from './boot/setup-code.ts'
import { AuditLog } from './audit/audit-log.ts'
import type { Config } from './config/config.ts'
import { prepareDataDir } from './config/data-dir.ts'
import { settleAllKept } from './connections/authorization/store-or-keep.ts'
import { finishRemovals } from './connections/remove-connection.ts'
import { createAttempts } from './context/attempts.ts'
import { createRequestRates } from './context/request-rates.ts'
import { createCaches } from './context/caches.ts'
import type { House } from './context/context.ts'
import { createFlights } from './context/flights.ts'
import { Revocations } from './context/revocations.ts'
import { RefreshJournal } from './context/refresh-journal.ts'
import { createEgress } from './egress/egress.ts'
import { createGateway, type Gateway } from './gateway/endpoint.ts'
import type { Now } from './lib/clock.ts'
import { ConcurrencyLimit } from './lib/concurrency-limit.ts'
import { Feed } from './lib/feed.ts'
import { randomBase62 } from './lib/ids.ts'
import type { Logger } from './lib/logger.ts'
import { UpstreamPool } from './mcp/upstream-pool.ts'
import { openTelemetry } from './telemetry/open-telemetry.ts'
import { createTicks, tasksOf, type Ticks } from './ticks.ts'
import { type TracedConnection, TraceRecorder } from './trace/trace-recorder.ts'
import { UsageRecorder } from './usage/usage-recorder.ts'
import { loadKeyEncryptionKeys } from './vault/key-encryption-keys.ts'
import { openVault } from './vault/vault.ts'
import { createDeliverer, type Deliverer } from './webhooks/deliverer.ts'

export interface ServicesInput {
  config: Config
  now: Now
  log: Logger
  /** Where this process listens, once it does: nothing of ours is anybody's upstream. */
  ownListeners: () => { address: string; port: number }[]
  /** Certificate authorities (PEM) that are trusted besides Node's own: for tests. */
  extraAuthority?: string | undefined
}

export interface Services {
  house: House
  gateway: Gateway
  rootKey: RootKey
  setUp: SetUp
  /** What happens beside all calls, once it is started. */
  ticks: Ticks
  deliverer: Deliverer
  /** Ends sessions, writes what is still in memory, closes the database. */
  close(): Promise<void>
}

/** @throws ConfigError, AppError database.*, vault.*: in each case nothing runs. */
export async function createServices({ config, now, log: plainLog, ownListeners, extraAuthority }: ServicesInput): Promise<Services> {
  prepareDataDir(config)
  const instanceId = randomBase62(12)
  const telemetry = await openTelemetry({ config, ownListeners, instanceId, log: plainLog })
  const log = telemetry?.withTraceIds(plainLog) ?? plainLog
  const keks = await loadKeyEncryptionKeys(config)
  const db = await openDatabase({ url: config.databaseUrl, authToken: config.databaseAuthToken, now })
  try {
    const vault = await openVault({ keks, store: dataKeyStore(db), now })
    const egress = createEgress({
      laptop: config.laptop,
      allow: config.egressAllow,
      hosts: config.egressHosts,
      publicUrl: config.publicUrl,
      ownListeners,
      instanceId,
      ...(extraAuthority !== undefined && { extraAuthority }),
      log,
    })
    const pool = new UpstreamPool({ egress, now, log, callsPerConnection: config.callsPerConnection })
    const audit = new AuditLog({ db, vault, now, log })
    const usage = new UsageRecorder(db, now, log, (connectionUid, principal) => audit.noteUse(connectionUid, principal))
    const timelineFeed = new Feed<TracedConnection>()
    const traces = new TraceRecorder(db, now, log, (connection) => timelineFeed.publish(connection))
    const rootKey = loadRootKey(config)
    const organizationId = await ensureOrganization(db, now())
    await vault.prepareOrganization(organizationId)
    await installRootKey({ db, audit }, rootKey, organizationId, now())
    const firstNamespace = await ensureFirstNamespace(db, organizationId, now())
    const setUp = createSetUp(organizationId, firstNamespace, await prepareSetupCode(config, db))
    const house: House = {
      config, db, vault, egress, pool, now, log, usage, audit, traces, timelineFeed, telemetry,
      caches: createCaches(),
      revocations: new Revocations(),
      attempts: createAttempts(now),
      rates: createRequestRates(config, now),
      streams: new ConcurrencyLimit(config.streamsPerOrganization),
      flights: createFlights(),
      refreshJournal: new RefreshJournal(join(config.dataDir, 'refresh-journal'), log),
      statusFeed: new Feed(),
      connectFeed: new Feed(),
      rootKeyDigest: rootKey.digest,
    }
    await settleAllKept(house)
    await finishRemovals(house)
    const gateway = createGateway(house)
    const deliverer = createDeliverer(house)
    const ticks = createTicks(tasksOf(house, gateway, deliverer), log)
    return {
      house,
      gateway,
      rootKey,
      setUp,
      ticks,
      deliverer,
      async close() {
        ticks.stop()
        const delivered = deliverer.stop()
        gateway.close()
        await house.flights.end()
        await pool.close()
        await usage.flush()
        await traces.flush()
        await audit.close()
        await egress.close()
        await delivered
        await telemetry?.close()
        await db.close()
      },
    }
  } catch (error) {
    await db.close()
    throw error
  }
}
