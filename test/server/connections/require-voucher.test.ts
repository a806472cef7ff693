// Who may say of an authorization server that it is right although it deviates from the book.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createConnection } from '../../../server/connections/create-connection.ts'
import { updateConnection } from '../../../server/connections/update-connection.ts'
import type { Context } from '../../../server/context/context.ts'
import type { Actor, ApiKeyActor } from '../../../server/policy/actor.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

const minter = (): ApiKeyActor => ({ kind: 'api_key', id: 'key_1', organizationId: plugboard.organizationId })
/** Which has all the rights that its minter has. */
const token = (): Actor => ({
  kind: 'service_token',
  id: 'tok_1',
  organizationId: plugboard.organizationId,
  minter: minter(),
  blocks: [],
  scopeHash: 'hash',
  signatureHashes: [],
  issuedAtMs: plugboard.house.now(),
  expiresAtMs: plugboard.house.now() + 1000,
})
const as = (actor: Actor): Context => ({ ...plugboard.house, actor, requestId: 'req_1' })
const oauth = { legacyEndpoints: true } as const
const made = () => ({ namespace: 'shop', mcpUrl: upstream.url.href })

describe('a service token', () => {
  it('cannot vouch for an authorization server when it makes a connection', async () => {
    await expect(createConnection(as(token()), { ...made(), oauth })).rejects.toMatchObject({ code: 'connection.vouching_forbidden' })
    expect((await createConnection(as(token()), made())).status).toEqual({ state: 'connected' })
  })

  it('cannot when it changes one', async () => {
    const it1 = { namespace: 'shop', connectionId: 'it' }
    await expect(updateConnection(as(token()), { ...it1, oauth })).rejects.toMatchObject({ code: 'connection.vouching_forbidden' })
    expect(await updateConnection(as(token()), { ...it1, name: 'It' })).toMatchObject({ name: 'It' })
  })
})

it('an API key can', async () => {
  expect(await createConnection(as(minter()), { ...made(), oauth })).toMatchObject({ oauth })
})
