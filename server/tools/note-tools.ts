// Remembers what a server offered when it was last listed in whole, so that whoever wants to know hears that it changed.
import { hash } from 'node:crypto'
import { setToolsDigest } from '../../db/queries/webhook-events.ts'
import { forgetHandle } from '../connections/find-handle.ts'
import { noteReadOnlyTools } from '../connections/read-only-tools.ts'
import type { ConnectionHandle } from '../context/caches.ts'
import type { House } from '../context/context.ts'
import type { Tool } from './tool.ts'

/** Writes only where the list is another than the last one; a failure is logged, for the list is good. */
export async function noteTools(house: House, { row }: ConnectionHandle, tools: readonly Tool[]): Promise<void> {
  const digest = digestOfTools(tools)
  if (digest === row.toolsDigest) return
  try {
    await noteReadOnlyTools(house, row, tools)
    await setToolsDigest(house.db, { uid: row.uid, digest, at: house.now() })
  } catch (error) {
    house.log.error('a list of tools could not be noted', { connectionUid: row.uid, error })
  } finally {
    forgetHandle(house, row)
  }
}

/** The order of a list says nothing. */
const digestOfTools = (tools: readonly Tool[]): string =>
  hash('sha256', JSON.stringify(tools.map((tool) => JSON.stringify(tool)).toSorted()), 'hex')
