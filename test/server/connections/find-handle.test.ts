import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { deleteConnection } from '../../../server/connections/delete-connection.ts'
import { readHandle, requireHandle } from '../../../server/connections/find-handle.ts'
import { updateConnection } from '../../../server/connections/update-connection.ts'
import type { Context } from '../../../server/context/context.ts'
import { createGate } from '../../support/gate.ts'
import { startFixtureUpstream, type FixtureUpstream } from '../../support/fixture-upstream.ts'
import { lateDatabase } from '../../support/late-database.ts'
import { startPlugboard, type RunningPlugboard } from '../../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
let context: Context
/** One namespace for each test: one of them deletes its own. */
let name: { namespace: string; connectionId: string }
let namespaces = 0
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  context = { ...plugboard.house, actor: { kind: 'api_key', id: 'key_1', organizationId: plugboard.organizationId }, requestId: 'req_1' }
})
beforeEach(async () => {
  namespaces += 1
  name = { namespace: `shop-${namespaces}`, connectionId: 'it' }
  await plugboard.send('PUT', `/namespaces/${name.namespace}`)
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

/** A lookup whose row was read before `change`, and that ends after it. */
async function lookUpAround(change: () => Promise<unknown>): Promise<void> {
  await plugboard.send('PUT', `/${name.namespace}/it`, { mcpUrl: upstream.url, headers: { 'x-key': 'old' } })
  const gate = createGate()
  const looking = readHandle({ ...context, db: lateDatabase(context.db, gate.opened) }, name)
  await change()
  gate.open()
  expect((await looking)?.row.connectionId).toBe('it')
}

it('a connection that was looked up while it was deleted does not go on working from memory', async () => {
  await lookUpAround(() => deleteConnection(context, name))
  await expect(Promise.resolve(requireHandle(context, name, 'execute'))).rejects.toMatchObject({ code: 'connection.not_found' })
})

it('a credential that was looked up while it was replaced is not used again', async () => {
  await lookUpAround(() => updateConnection(context, { ...name, headers: { 'x-key': 'new' } }))
  const handle = await requireHandle(context, name, 'execute')
  expect(handle.target.open().headers).toEqual({ 'x-key': 'new' })
})

it('a connection of a namespace that was deleted meanwhile is forgotten with it', async () => {
  await lookUpAround(() => plugboard.send('DELETE', `/namespaces/${name.namespace}`))
  await expect(Promise.resolve(requireHandle(context, name, 'execute'))).rejects.toMatchObject({ code: 'connection.not_found' })
})
