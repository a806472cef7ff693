import { createClient, type Client, type InStatement } from '@libsql/client'
import { beforeAll, describe, expect, it } from 'vitest'
import { ownClock } from '../../db/database-clock.ts'
import { createDatabase, type Database } from '../../db/database.ts'
import { memoryLane, type Lane } from '../../db/lane.ts'
import { migrateDatabase } from '../../db/migrate.ts'
import { isOriginAllowed } from '../../db/queries/allowed-origins.ts'
import { findApiKey, findApiKeyByDigest, findApiKeys, listApiKeys, recordApiKeyUse, revokeApiKey } from '../../db/queries/api-keys.ts'
import { addTraces, listTraces } from '../../db/queries/authorization-traces.ts'
import * as sessions from '../../db/queries/connect-sessions.ts'
import * as audit from '../../db/queries/audit.ts'
import type { AuditFilter } from '../../db/queries/audit.ts'
import * as connections from '../../db/queries/connections.ts'
import { countConnectionsIn, countConnectionsWithin } from '../../db/queries/count-connections.ts'
import { listCredentialsForRewrap, replaceSealed } from '../../db/queries/credentials.ts'
import * as held from '../../db/queries/held-grants.ts'
import * as hidden from '../../db/queries/hidden-connections.ts'
import { listConnections } from '../../db/queries/list-connections.ts'
import { findMembers } from '../../db/queries/members.ts'
import { findNamespaceSettings } from '../../db/queries/namespace-settings.ts'
import { deleteNamespace, findNamespace, listNamespaces } from '../../db/queries/namespaces.ts'
import { addRecentCalls, listRecentCalls } from '../../db/queries/recent-calls.ts'
import * as tokens from '../../db/queries/service-tokens.ts'
import * as revocations from '../../db/queries/token-revocations.ts'
import * as webhookDeliveries from '../../db/queries/webhook-deliveries.ts'
import * as webhookEndpoints from '../../db/queries/webhook-endpoints.ts'
import { setToolsDigest } from '../../db/queries/webhook-events.ts'
import * as webhookLeases from '../../db/queries/webhook-leases.ts'
import { addNamespaceUsage, addUsage, listUsage, readConnectionUsage, readNamespaceUsage } from '../../db/queries/usage.ts'
import { addConnection, addDemoNamespace, credentialWrite } from './sample-rows.ts'

// Plans do not depend on how many rows there are (there is no ANALYZE): what is searched here is searched at 100,000.
const client = createClient({ url: ':memory:' })
// EXPLAIN leaves a statement open, which would keep the next batch from committing: it gets a database of its own.
const planner = createClient({ url: ':memory:' })
const recorded: InStatement[] = []
let db: Database

const recordingLane: Lane = {
  run: (operation) =>
    operation({
      execute: (statement: InStatement) => {
        recorded.push(statement)
        return client.execute(statement)
      },
      batch: (statements: InStatement[], mode: 'write') => {
        recorded.push(...statements)
        return client.batch(statements, mode)
      },
    } as Client),
}

beforeAll(async () => {
  const sleep = () => Promise.resolve()
  for (const each of [client, planner]) await migrateDatabase(memoryLane(each), { now: () => 0, sleep, apply: true })
  const lanes = { reader: recordingLane, writer: recordingLane }
  db = createDatabase({ ...lanes, remote: false, sleep, clock: ownClock(() => 0), finish: async () => undefined, release: () => client.close() })
  await addDemoNamespace(db)
  await addConnection(db, { uid: 'con_1', texts: [{ key: 'a', value: '1' }, { key: 'b', value: '2' }], credential: credentialWrite() })
  return () => [client, planner].forEach((each) => each.close())
})

/** The steps of every statement that `run` issued. */
async function plansOf(run: (db: Database) => Promise<unknown>): Promise<string[]> {
  recorded.length = 0
  await run(db)
  const plans: string[] = []
  for (const statement of recorded.splice(0)) {
    const { sql, args = [] } = statement as { sql: string; args?: [] }
    const { rows } = await planner.execute({ sql: `EXPLAIN QUERY PLAN ${sql}`, args })
    plans.push(...rows.map((row) => String(row.detail)))
  }
  return plans
}

const SCANNED_TABLE = /^SCAN (allowed_origin|api_key|audit_entry|authorization_request|authorization_trace|connect_session|connection|connection_metadata|credential|held_grant|member|namespace|namespace_setting|namespace_usage|other|recent_call|service_token|token_revocation|usage_bucket|webhook_delivery|webhook_endpoint)\b/
const page = { namespace: 'demo', limit: 20, after: { createdAt: 5, uid: 'x' } }
const texts = [{ key: 'a', value: '1' }, { key: 'b', value: '2' }]

const pages: Record<string, Parameters<typeof listConnections>[1]> = {
  'the first page': { namespace: 'demo', limit: 20 },
  'a later page': page,
  'a name': { ...page, name: 'Linear' },
  'a URL': { ...page, mcpUrlDigest: 'digest-1' },
  'a state': { ...page, state: 'error' },
  'one metadata key': { ...page, metadata: texts.slice(0, 1) },
  'several metadata keys': { ...page, metadata: texts },
  'a scope of one': { ...page, scope: [texts] },
  'everything at once': { ...page, name: 'Linear', mcpUrlDigest: 'digest-1', state: 'error', metadata: texts },
}

describe.each(Object.entries(pages))('listing connections by %s', (_what, input) => {
  it('searches an index that is already in the order of the page', async () => {
    const plans = await plansOf(() => listConnections(db, input))
    expect(plans.filter((step) => SCANNED_TABLE.test(step))).toEqual([])
    expect(plans.filter((step) => step.includes('ORDER BY'))).toEqual([])
  })
})

it('listing connections within alternatives sorts a page of each, and never the namespace', async () => {
  const scope = [texts, [{ key: 'connectionId', value: 'x' }], [{ key: 'c', value: '3' }]]
  const plans = await plansOf(() => listConnections(db, { ...page, scope }))
  expect(plans.filter((step) => SCANNED_TABLE.test(step))).toEqual([])
  expect(plans.filter((step) => /^SEARCH connection\b/.test(step) && step.includes('connection_page '))).toEqual([])
})

const filters: Record<string, AuditFilter> = {
  nothing: {},
  'who did it': { actorId: 'key_1' },
  'what was done': { action: 'key.create' },
  'to what': { targetId: 'key_2' },
  where: { namespace: 'demo' },
  'how it went': { result: 'denied' },
  'a time': { fromMs: 1, toMs: 2 },
}

describe.each(Object.entries(filters))('listing the audit log by %s', (_what, filter) => {
  it('searches an index that is already in the order of the page', async () => {
    const plans = await plansOf(() => audit.listAuditEntries(db, { organizationId: 'org_1', filter, before: 9, limit: 20 }))
    expect(plans.filter((step) => SCANNED_TABLE.test(step))).toEqual([])
    expect(plans.filter((step) => step.includes('ORDER BY'))).toEqual([])
  })
})

const change = { uid: 'con_1', expectedRevision: 1, changes: { name: 'x' }, metadataTexts: texts }
const statements: Record<string, (db: Database) => Promise<unknown>> = {
  findConnection: () => connections.findConnection(db, { namespace: 'demo', connectionId: 'x' }),
  findConnectionByUid: () => connections.findConnectionByUid(db, { uid: 'con_1' }),
  updateConnection: () => connections.updateConnection(db, { ...change, credential: credentialWrite() }),
  'updateConnection without its credential': () => connections.updateConnection(db, { ...change, credential: null }),
  setConnectionStatus: () => connections.setConnectionStatus(db, { uid: 'con_1', expectedRevision: 1, status: { state: 'error' }, at: 1 }),
  countConnectionsIn: () => countConnectionsIn(db, { namespace: 'demo' }),
  countConnectionsWithin: () => countConnectionsWithin(db, { namespace: 'demo', scope: [texts, [{ key: 'connectionId', value: 'x' }], [{ key: 'c', value: '3' }]] }),
  hideConnection: () => hidden.hideConnection(db, { uid: 'none', at: 1 }),
  findHiddenConnection: () => hidden.findHiddenConnection(db, { namespace: 'demo', connectionId: 'x' }),
  restoreConnection: () => hidden.restoreConnection(db, { uid: 'none', hiddenAfter: 1 }),
  deleteHiddenConnections: () => hidden.deleteHiddenConnections(db, { until: 1, at: 1 }),
  deleteConnection: () => connections.deleteConnection(db, { uid: 'none', at: 1 }),
  recordConnectionUse: () => connections.recordConnectionUse(db, [{ uid: 'con_1', at: 1 }]),
  findNamespace: () => findNamespace(db, 'demo'),
  listNamespaces: () => listNamespaces(db, { organizationId: 'org_1' }),
  deleteNamespace: () => deleteNamespace(db, { name: 'none', organizationId: 'org_1', at: 1 }),
  findApiKeyByDigest: () => findApiKeyByDigest(db, 'x'),
  listApiKeys: () => listApiKeys(db, { organizationId: 'org_1' }),
  findApiKeys: () => findApiKeys(db, ['x', 'y']),
  findMembers: () => findMembers(db, ['x', 'y']),
  revokeApiKey: () => revokeApiKey(db, { organizationId: 'org_1', id: 'x', at: 1 }),
  recordApiKeyUse: () => recordApiKeyUse(db, [{ id: 'x', at: 1 }]),
  findApiKey: () => findApiKey(db, { organizationId: 'org_1', id: 'x' }),
  findServiceToken: () => tokens.findServiceToken(db, { organizationId: 'org_1', id: 'x' }),
  listServiceTokens: () => tokens.listServiceTokens(db, { organizationId: 'org_1', limit: 10, after: { createdAt: 5, id: 'x' } }),
  deleteServiceTokensEndedBefore: () => tokens.deleteServiceTokensEndedBefore(db, 1),
  insertTokenRevocation: () => revocations.insertTokenRevocation(db, { organizationId: 'org_1', signatureHash: 'x', revokedBy: 'y', revokedAt: 1, endsAt: 2 }),
  listTokenRevocationsAfter: () => revocations.listTokenRevocationsAfter(db, 0),
  deleteTokenRevocationsEndedBefore: () => revocations.deleteTokenRevocationsEndedBefore(db, 1),
  'isOriginAllowed, anywhere': () => isOriginAllowed(db, { origin: 'https://app.example' }),
  'isOriginAllowed of an organization': () => isOriginAllowed(db, { origin: 'https://app.example', organizationId: 'org_1' }),
  'isOriginAllowed in a namespace': () => isOriginAllowed(db, { origin: 'https://app.example', namespace: 'demo' }),
  findNamespaceSettings: () => findNamespaceSettings(db, 'demo'),
  findConnectSessionByToken: () => sessions.findConnectSessionByToken(db, 'x'),
  bindConnection: () => sessions.bindConnection(db, { id: 'x', connectionUid: 'con_1' }),
  finishConnectSession: () => sessions.finishConnectSession(db, { id: 'x', outcome: 'completed', problem: null, at: 1 }),
  deleteOldConnectSessions: () => sessions.deleteOldConnectSessions(db, 1),
  holdGrant: () => held.holdGrant(db, { row: { connectSessionId: 'x', organizationId: 'org_1', sealed: 's', createdAt: 1, expiresAt: 2 }, codeHash: 'h' }),
  redeemCompletionCode: () => held.redeemCompletionCode(db, { id: 'x', codeHash: 'h', at: 1, until: 2 }),
  listOverdueGrants: () => held.listOverdueGrants(db, { at: 1, limit: 10 }),
  deleteHeldGrant: () => held.deleteHeldGrant(db, { connectSessionId: 'x', expiresAt: 1 }),
  'listCredentialsForRewrap of all': () => listCredentialsForRewrap(db, { afterUid: 'x', limit: 10 }),
  'listCredentialsForRewrap of one organization': () => listCredentialsForRewrap(db, { organizationId: 'org_1', afterUid: 'x', limit: 10 }),
  replaceSealed: () => replaceSealed(db, { connectionUid: 'con_1', generation: 1, sealed: 'x', expectedSealed: 'y' }),
  addUsage: () => addUsage(db, [{ connectionUid: 'con_1', minute: 0, tool: 't', calls: 1, errors: 0, totalDurationMs: 1, latency: [1] }]),
  addNamespaceUsage: () => addNamespaceUsage(db, [{ namespace: 'demo', period: 0, calls: 1, errors: 0, totalDurationMs: 1, latency: [1] }]),
  listUsage: () => listUsage(db, { connectionUid: 'con_1', sinceMinute: 0 }),
  readNamespaceUsage: () => readNamespaceUsage(db, { namespace: 'demo', fromMs: 0, toMs: 10, stepMs: 5 }),
  readConnectionUsage: () => readConnectionUsage(db, { connectionUid: 'con_1', fromMs: 0, toMs: 10, stepMs: 5 }),
  readChainEnd: () => audit.readChainEnd(db, 'org_1'),
  readChain: () => audit.readChain(db, { organizationId: 'org_1', after: 1, limit: 10 }),
  findCredentialOwners: () => audit.findCredentialOwners(db, ['con_1']),
  addRecentCalls: () =>
    addRecentCalls(db, [{ connectionUid: 'con_1', at: 0, tool: 't', durationMs: 1, failed: false, code: null, principal: 'api_key:x', requestId: 'r' }]),
  setToolsDigest: () => setToolsDigest(db, { uid: 'con_1', digest: 'd', at: 1 }),
  listWebhookEndpoints: () => webhookEndpoints.listWebhookEndpoints(db, { namespace: 'demo' }),
  deleteWebhookEndpoint: () => webhookEndpoints.deleteWebhookEndpoint(db, { id: 'x' }),
  listWaitingEndpoints: () => webhookLeases.listWaitingEndpoints(db, { at: 1, limit: 10 }),
  leaseDelivery: () => webhookLeases.leaseDelivery(db, { endpointId: 'x', owner: 'me', at: 1, until: 2 }),
  releaseEndpoint: () => webhookLeases.releaseEndpoint(db, { endpointId: 'x', owner: 'me' }),
  listWebhookDeliveries: () => webhookDeliveries.listWebhookDeliveries(db, { endpointId: 'x', before: 5, limit: 10 }),
  restartDelivery: () => webhookDeliveries.restartDelivery(db, { endpointId: 'x', id: 'y', at: 1 }),
  addTraces: () => addTraces(db, [{ flowId: 'f', connectionUid: 'con_1', kind: 'refresh', startedAt: 0, steps: [] }]),
  listTraces: () => listTraces(db, { connectionUid: 'con_1', beforeId: 9, limit: 20 }),
  listRecentCalls: () => listRecentCalls(db, { connectionUid: 'con_1', limit: 50 }),
}

it.each(Object.entries(statements))('%s scans no table', async (_name, run) => {
  const plans = await plansOf(run)
  expect(plans.length).toBeGreaterThan(0)
  expect(plans.filter((step) => SCANNED_TABLE.test(step))).toEqual([])
})

it('every foreign key is backed by an index, so that a deletion searches for its children', async () => {
  const { rows: keys } = await planner.execute(
    `SELECT child.name AS child, fk.id, group_concat(fk."from" ORDER BY fk.seq) AS columns
     FROM sqlite_master AS child, pragma_foreign_key_list(child.name) AS fk WHERE child.type = 'table' GROUP BY 1, 2`,
  )
  const { rows: indexes } = await planner.execute(
    `SELECT owner.name AS owner, group_concat(info.name ORDER BY info.seqno) AS columns
     FROM sqlite_master AS owner, pragma_index_list(owner.name) AS list, pragma_index_info(list.name) AS info
     WHERE owner.type = 'table' GROUP BY 1, list.name`,
  )
  const unbacked = keys.filter(({ child, columns }) => {
    const [first] = String(columns).split(',')
    return !indexes.some((index) => index.owner === child && String(index.columns).split(',')[0] === first)
  })
  expect(keys.length).toBeGreaterThan(4)
  expect(unbacked).toEqual([])
})
