// What exists before anybody asked for it: an organization, a namespace, and on a laptop the demo
// connection, so that the very first call works.
import { join } from 'node:path'
import { findConnection } from '../../db/queries/connections.ts'
import { insertNamespace, listNamespaces } from '../../db/queries/namespaces.ts'
import { insertOrganization, listOrganizations } from '../../db/queries/organizations.ts'
import type { Database } from '../../db/database.ts'
import { deleteConnection } from '../connections/delete-connection.ts'
import { upsertConnection } from '../connections/upsert-connection.ts'
import { contextFor, type Context, type House } from '../context/context.ts'
import { startDemoServer, type DemoServer } from '../demo/demo-server.ts'
import { isAppError } from '../lib/app-error.ts'
import { newId, newRequestId } from '../lib/ids.ts'
import { resolveActor } from '../identity/resolve-actor.ts'
import type { RootKey } from './root-key.ts'
import { readSmallFile, writeSmallFile } from './small-file.ts'

export const FIRST_NAMESPACE = 'demo'
export const DEMO_CONNECTION = 'demo'

/** The oldest organization: the operator's. */
export async function ensureOrganization(db: Database, nowMs: number): Promise<string> {
  const [first] = await listOrganizations(db)
  if (first) return first.id
  await insertOrganization(db, { id: newId('org'), name: 'My organization', createdAt: nowMs })
  // Another process on the same database may have made one at the same moment: all take the first.
  const [winner] = await listOrganizations(db)
  return winner!.id
}

/** @returns the name of the organization's oldest namespace, whatever it is called by now. */
export async function ensureFirstNamespace(db: Database, organizationId: string, nowMs: number): Promise<string> {
  const existing = await listNamespaces(db, { organizationId })
  const [oldest] = existing.toSorted((one, other) => one.createdAt - other.createdAt)
  if (oldest) return oldest.name
  await insertNamespace(db, { name: FIRST_NAMESPACE, organizationId, createdAt: nowMs })
  return FIRST_NAMESPACE
}

/** On the port that it had last time, so that its connection stays what it was. */
export async function startDemo(house: House): Promise<DemoServer> {
  const file = join(house.config.dataDir, 'demo-port')
  const remembered = Number(readSmallFile(file) ?? 0)
  const demo = await startDemoServer(remembered).catch(() => startDemoServer(0))
  writeSmallFile(file, new URL(demo.url).port)
  return demo
}

/** Connects the demo once; afterwards it is the operator's, to keep or to delete. */
export async function connectDemo(house: House, rootKey: RootKey, namespace: string, demoUrl: string): Promise<void> {
  const marker = join(house.config.dataDir, 'demo-connected')
  const name = { namespace, connectionId: DEMO_CONNECTION }
  const connectedTo = readSmallFile(marker)
  if (connectedTo === demoUrl) return
  const context = await operatorContext(house, rootKey)
  // Deleted by the operator: it stays deleted.
  if (connectedTo !== undefined && !(await findConnection(house.db, name))) return
  try {
    await upsertConnection(context, { ...name, mcpUrl: demoUrl, name: 'Demo' })
  } catch (error) {
    // Its old port was taken: the demo moved, and its connection moves with it.
    if (!isAppError(error) || error.code !== 'connection.url_mismatch' || connectedTo === undefined) throw error
    await deleteConnection(context, name)
    await upsertConnection(context, { ...name, mcpUrl: demoUrl, name: 'Demo' })
  }
  writeSmallFile(marker, demoUrl)
}

async function operatorContext(house: House, rootKey: RootKey): Promise<Context> {
  const actor = await resolveActor(house, { authorization: `Bearer ${rootKey.key.reveal()}`, origin: undefined })
  return contextFor(house, actor, newRequestId())
}
