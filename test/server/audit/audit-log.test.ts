// The log by itself, over a real database and a vault of its own.
import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../../db/database.ts'
import { listAuditEntries } from '../../../db/queries/audit.ts'
import { openVault, type Vault } from '../../../server/vault/vault.ts'
import { keyRing } from '../../../server/vault/key-encryption-keys.ts'
import { AuditLog } from '../../../server/audit/audit-log.ts'
import type { AuditSource } from '../../../server/audit/audit-entry.ts'
import { verifyChain } from '../../../server/audit/verify-chain.ts'
import { silentLogger } from '../../../server/lib/logger.ts'
import { DAY_MS, MINUTE_MS } from '../../../server/lib/units.ts'
import { openBeside, openTemporary, temporaryPath, urlOf } from '../../db/temporary-database.ts'
import { MemoryKeyStore, randomKek } from '../vault/memory-ports.ts'

const ORGANIZATION = 'org_1'
const source: AuditSource = { actor: { kind: 'api_key', id: 'key_1', organizationId: ORGANIZATION }, requestId: 'req_1' }

let path: string
let db: Database
let vault: Vault
let nowMs: number
let audit: AuditLog

const now = () => nowMs
const logOver = (database: Database) => new AuditLog({ db: database, vault, now, log: silentLogger })

beforeEach(async () => {
  path = temporaryPath()
  db = await openTemporary({ url: urlOf(path) })
  nowMs = 1_800_000_000_000
  vault = await openVault({ keks: keyRing([randomKek()]), store: new MemoryKeyStore(), now })
  audit = logOver(db)
})

const entries = () => listAuditEntries(db, { organizationId: ORGANIZATION, filter: {}, before: undefined, limit: 1000 })
const verify = () => verifyChain({ db, vault }, ORGANIZATION)

async function noteSome(count: number): Promise<void> {
  for (let number = 1; number <= count; number++) audit.note(source, { action: 'connection.create', target: { kind: 'connection', id: `c${number}` } })
  await audit.flush()
}

describe('what is noted', () => {
  it('is written in the order in which it happened, with who did it, to what, and from where', async () => {
    audit.note({ ...source, readOrigin: () => ({ address: '192.0.2.7', userAgent: 'curl' }) }, { action: 'key.revoke', target: { kind: 'api_key', id: 'key_2' }, details: { name: 'CI' } })
    audit.note(source, { action: 'namespace.create', target: { kind: 'namespace', id: 'shop' }, namespace: 'shop' })
    expect(await entries()).toEqual([])
    await audit.flush()
    expect(await entries()).toMatchObject([
      { seq: 2, action: 'namespace.create', namespace: 'shop', address: null },
      { seq: 1, at: nowMs, actorKind: 'api_key', actorId: 'key_1', action: 'key.revoke', targetId: 'key_2', result: 'ok', address: '192.0.2.7', userAgent: 'curl', requestId: 'req_1', details: '{"name":"CI"}' },
    ])
  })

  it('is there when `write` returns', async () => {
    await audit.write(source, { action: 'key.create', target: { kind: 'api_key', id: 'key_2' } })
    expect(await entries()).toHaveLength(1)
  })

  it('is bounded, whatever a name or a browser says of itself', async () => {
    audit.note({ ...source, readOrigin: () => ({ address: '192.0.2.7', userAgent: '\ud800'.repeat(5000) }) }, { action: 'account.rename', details: { name: 'x'.repeat(5000) } })
    await audit.flush()
    const [entry] = await entries()
    expect([entry!.userAgent, entry!.details!.length]).toEqual(['\ufffd'.repeat(200), '{"name":""}'.length + 200])
    expect((await verify()).problems).toEqual([])
  })

  it('waits for a database that does not take it, and is not lost', async () => {
    let broken = true
    const failing = { ...db, writeBatch: (statements: Parameters<Database['writeBatch']>[0]) => (broken ? Promise.reject(new Error('the disk is full')) : db.writeBatch(statements)) }
    audit = logOver(failing)
    await expect(audit.write(source, { action: 'key.create' })).rejects.toThrow('the disk is full')
    audit.note(source, { action: 'key.revoke' })
    await audit.flush()
    broken = false
    await audit.flush()
    expect((await entries()).map(({ action }) => action)).toEqual(['key.revoke', 'key.create'])
  })

  it('of several thousand is written at a clean stop, in one chain', async () => {
    for (let number = 0; number < 2500; number++) audit.note(source, { action: 'connection.create', target: { kind: 'connection', id: `c${number}` } })
    await audit.close()
    expect(await verify()).toMatchObject({ entries: 2500, problems: [] })
  })
})

describe('a refusal that is repeated', () => {
  const refuse = () => audit.note(source, { action: 'access.request', result: 'denied', code: 'policy.forbidden', details: { route: 'GET /keys' } })

  it('is told once and counted for a minute', async () => {
    for (let times = 0; times < 500; times++) refuse()
    await audit.flush()
    expect(await entries()).toMatchObject([{ action: 'access.request', details: '{"route":"GET /keys"}' }])
    nowMs += MINUTE_MS
    await audit.flush()
    expect((await entries())[0]).toMatchObject({ details: '{"route":"GET /keys","repeated":499}' })
    refuse()
    await audit.flush()
    expect(await entries()).toHaveLength(3)
  })

  it('is counted to the end by a clean stop', async () => {
    for (let times = 0; times < 3; times++) refuse()
    await audit.close()
    expect((await entries()).map(({ details }) => details)).toEqual(['{"route":"GET /keys","repeated":2}', '{"route":"GET /keys"}'])
  })
})

describe('several processes', () => {
  it('make one chain of what each of them notes, and lose nothing', async () => {
    const logs = Array.from({ length: 5 }, () => logOver(db))
    for (let round = 0; round < 4; round++) await Promise.all(logs.map((log, index) => log.write(source, { action: 'key.create', target: { kind: 'api_key', id: `${round}-${index}` } })))
    expect(await verify()).toMatchObject({ entries: 20, problems: [] })
    expect(new Set((await entries()).map(({ targetId }) => targetId)).size).toBe(20)
  })
})

describe('a chain that somebody with the database changed', () => {
  const tampered: [what: string, sql: string, problem: RegExp][] = [
    ['an entry was changed', `UPDATE audit_entry SET actor_id = 'key_other' WHERE seq = 3`, /^entry 3 was changed/],
    ['its time was changed', `UPDATE audit_entry SET at = at + 1 WHERE seq = 3`, /^entry 3 was changed/],
    ['a detail was taken away', `UPDATE audit_entry SET target_id = NULL WHERE seq = 3`, /^entry 3 was changed/],
    ['an entry was removed', `DELETE FROM audit_entry WHERE seq = 3`, /^entry 3 is missing/],
    ['the first were removed', `DELETE FROM audit_entry WHERE seq <= 2`, /^entries 1 to 2 are missing/],
    ['the last were cut off', `DELETE FROM audit_entry WHERE seq > 3`, /^entries 4 to 5 are missing/],
    ['all were removed', `DELETE FROM audit_entry`, /^entries 1 to 5 are missing/],
    ['the end was put back', `DELETE FROM audit_entry WHERE seq > 3; UPDATE audit_head SET seq = 3, mac = (SELECT mac FROM audit_entry WHERE seq = 3)`, /where the chain ends was changed/],
    ['the end was taken away', `DELETE FROM audit_entry WHERE seq > 3; DELETE FROM audit_head`, /where the chain ends is missing/],
    ['an entry was moved to another organization’s chain', `UPDATE audit_entry SET organization_id = 'org_2' WHERE seq = 5`, /^entry 5 is missing/],
    [
      'two changed places',
      `UPDATE audit_entry SET seq = 99 WHERE seq = 2; UPDATE audit_entry SET seq = 2 WHERE seq = 3; UPDATE audit_entry SET seq = 3 WHERE seq = 99`,
      /^entry 2 was changed, moved/,
    ],
    [
      'one was put in at the end',
      `INSERT INTO audit_entry SELECT organization_id, 6, at, actor_kind, actor_id, action, target_kind, target_id, namespace, result, code, address, user_agent, request_id, details, mac FROM audit_entry WHERE seq = 5`,
      /^entry 6 was changed, moved or put in/,
    ],
  ]

  it.each(tampered)('is not whole: %s', async (_what, statements, problem) => {
    await noteSome(5)
    expect((await verify()).problems).toEqual([])
    await db.close()
    openBeside(path).exec(statements)
    db = await openTemporary({ url: urlOf(path) })
    expect((await verify()).problems[0]).toMatch(problem)
  })

  it.each(['DELETE FROM audit_entry WHERE seq > 3', 'DELETE FROM audit_entry WHERE seq > 3; DELETE FROM audit_head'])(
    'stays so when the log goes on: %s',
    async (statements) => {
      await noteSome(5)
      await db.close()
      openBeside(path).exec(statements)
      db = await openTemporary({ url: urlOf(path) })
      audit = logOver(db)
      await noteSome(1)
      expect((await entries()).slice(0, 2)).toMatchObject([{ action: 'connection.create' }, { action: 'audit.damage', result: 'failed', actorKind: 'system' }])
    }
  )
})

describe('the use of a credential', () => {
  it('of a connection that has none, or is gone, is not noted', async () => {
    audit.noteUse('con_nobody', 'api_key:key_1')
    await audit.flush()
    nowMs += DAY_MS
    await audit.flush()
    expect(await entries()).toEqual([])
  })
})
