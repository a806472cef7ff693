// A workspace is a convention of metadata: what is one person's, what a team shares and what everybody has are three grants in one policy.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DOORS, openDoor } from '../support/four-doors.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { bearer, mintServiceToken } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

const THINGS: Record<string, Record<string, string>> = {
  mine: { userId: 'user-123' },
  ours: { workspaceId: 'team-7' },
  everybodys: { scope: 'global' },
  'somebody-elses': { userId: 'user-456' },
  'another-teams': { workspaceId: 'team-8' },
  nobodys: {},
}

const POLICY = [
  { namespaces: 'shop', resources: 'connections', operations: ['read', 'write', 'execute'], metadata: { userId: 'user-123' } },
  { namespaces: 'shop', resources: 'connections', operations: ['read', 'execute'], metadata: { workspaceId: 'team-7' } },
  { namespaces: 'shop', resources: 'connections', operations: ['read', 'execute'], metadata: { scope: 'global' } },
]

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
let token: string
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
  for (const [id, metadata] of Object.entries(THINGS)) await plugboard.send('PUT', `/shop/${id}`, { mcpUrl: upstream.url, metadata })
  ;({ token } = await mintServiceToken(plugboard, { policy: POLICY, organizationId: plugboard.organizationId }))
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

it('a list has what each of the grants lets see, once', async () => {
  const { body } = await plugboard.send<{ connections: { connectionId: string }[] }>('GET', '/shop', undefined, bearer(token))
  expect(body.connections.map(({ connectionId }) => connectionId).toSorted()).toEqual(['everybodys', 'mine', 'ours'])
})

it.each(DOORS)('through %s all three can be called, and nothing else is there', async (door) => {
  const statuses = await Promise.all(
    Object.keys(THINGS).map(async (id) => {
      const call = await openDoor({ ...plugboard, key: token }, door, id)
      return [id, (await call()).status]
    }),
  )
  expect(Object.fromEntries(statuses)).toEqual({ mine: 200, ours: 200, everybodys: 200, 'somebody-elses': 404, 'another-teams': 404, nobodys: 404 })
})

it('what a grant does not let change stays as it is, and nothing moves from one to another', async () => {
  const put = async (id: string, metadata: object) => (await plugboard.send('PUT', `/shop/${id}`, { mcpUrl: upstream.url, name: 'Changed', metadata }, bearer(token))).status
  expect(await put('mine', THINGS.mine!)).toBe(200)
  expect(await put('ours', THINGS.ours!)).toBe(403)
  expect(await put('mine', THINGS.ours!)).not.toBe(200)
  expect((await plugboard.send('GET', '/shop/mine')).body).toMatchObject({ metadata: THINGS.mine })
})
