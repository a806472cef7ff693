import { afterAll, beforeAll, expect, it } from 'vitest'
import { findConnection } from '../../../db/queries/connections.ts'
import { checkConnection } from '../../../server/connections/check-connection.ts'
import { readHandle } from '../../../server/connections/find-handle.ts'
import { updateConnection } from '../../../server/connections/update-connection.ts'
import type { Context } from '../../../server/context/context.ts'
import { startFixtureUpstream, type FixtureUpstream } from '../../support/fixture-upstream.ts'
import { startPlugboard, type RunningPlugboard } from '../../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
const name = { namespace: 'shop', connectionId: 'it' }
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

it.each([
  ['changes', (context: Context) => updateConnection(context, { ...name, headers: { 'x-key': 'planted' } })],
  ['asks', (context: Context) => checkConnection(context, name)],
])('who owned a connection of this name before %s nothing of the one that has it now, whatever memory says', async (_what, act) => {
  const { house } = plugboard
  const { organizationId } = await plugboard.createKey()
  const context: Context = { ...house, actor: { kind: 'api_key', id: 'key_1', organizationId }, requestId: 'req_1' }
  const before = await findConnection(house.db, name)
  const current = (await readHandle(house, name))!
  // As another process may have left it, for the seconds that memory is believed.
  await house.caches.connections.lookUp('shop/it', async () => ({ ...current, row: { ...current.row, organizationId } }))
  await expect(act(context)).rejects.toMatchObject({ code: 'connection.not_found' })
  expect(await findConnection(house.db, name)).toEqual(before)
})
