import { describe, expect, it, onTestFinished } from 'vitest'
import { findApiKeyByDigest, insertApiKey, revokeApiKey as revokeRow } from '../../../db/queries/api-keys.ts'
import type { House } from '../../../server/context/context.ts'
import { createApiKey, keyRow, revokeApiKey } from '../../../server/identity/api-keys.ts'
import { digestOfKey, generateKey } from '../../../server/identity/key-format.ts'
import { resolveActor } from '../../../server/identity/resolve-actor.ts'
import { createGate } from '../../support/gate.ts'
import { lateDatabase } from '../../support/late-database.ts'
import { startPlugboard } from '../../support/start-plugboard.ts'

const START_MS = 1_800_000_000_000

async function start(environment: Record<string, string> = {}) {
  const plugboard = await startPlugboard({ environment })
  onTestFinished(() => plugboard.stop())
  const { id } = (await findApiKeyByDigest(plugboard.house.db, digestOfKey(plugboard.key)))!
  const actor = { kind: 'api_key', id, organizationId: plugboard.organizationId } as const
  return { ...plugboard, actor, context: { ...plugboard.house, actor, requestId: 'req_1' } }
}
/** As the doors ask: a refusal may come at once or later. */
const ask = async (house: House, key: string | undefined, origin?: string, scheme = 'Bearer') =>
  resolveActor(house, { authorization: key === undefined ? undefined : `${scheme} ${key}`, origin })
const codeOf = (asking: Promise<unknown>): Promise<string> =>
  asking.then(
    () => 'permitted',
    (error: { code: string }) => error.code
  )

describe('who presents a key', () => {
  it("is that key's row, and the second time without a look at the database", async () => {
    const { house, key, actor } = await start()
    expect(await ask(house, key)).toEqual(actor)
    expect(resolveActor(house, { authorization: `bearer   ${key}`, origin: undefined })).toEqual(actor)
  })

  it.each([
    ['nothing', undefined],
    ['an empty one', ''],
    ['one of our shape that nobody has', generateKey()],
    ['one that was mistyped', 'plug_0000'],
    ['two', 'plug_a plug_b'],
    ['a huge one', 'x'.repeat(5000)],
  ])('is nobody with %s', async (_title, key) => {
    const { house } = await start()
    expect(await codeOf(ask(house, key))).toBe('identity.unauthenticated')
  })

  it('is nobody under another scheme', async () => {
    const { house, key } = await start()
    for (const scheme of ['Basic', 'Token', '']) expect(await codeOf(ask(house, key, undefined, scheme))).toBe('identity.unauthenticated')
  })
})

describe('a verdict', () => {
  it("that a key is good ends with the key's life, to the millisecond", async () => {
    const { house, advance, context } = await start()
    const { key } = await createApiKey(context, { name: 'short', expiresAt: new Date(START_MS + 1000).toISOString() })
    expect(await codeOf(ask(house, key))).toBe('permitted')
    advance(999)
    expect(await codeOf(ask(house, key))).toBe('permitted')
    advance(1)
    expect(await codeOf(ask(house, key))).toBe('identity.unauthenticated')
  })

  it('falls at once when this process revokes the key', async () => {
    const { house, context } = await start()
    const { key, id } = await createApiKey(context, { name: 'leaked' })
    expect(await codeOf(ask(house, key))).toBe('permitted')
    await revokeApiKey(context, { id })
    expect(await codeOf(ask(house, key))).toBe('identity.unauthenticated')
  })

  it("outlives another process's revocation by two seconds at most", async () => {
    const { house, key, actor, advance } = await start()
    await ask(house, key)
    await revokeRow(house.db, { organizationId: actor.organizationId, id: actor.id, at: START_MS })
    advance(1999)
    expect(await codeOf(ask(house, key))).toBe('permitted')
    advance(1)
    expect(await codeOf(ask(house, key))).toBe('identity.unauthenticated')
  })

  it('is not believed when the clock was set back', async () => {
    const { house, key, actor, advance } = await start()
    await ask(house, key)
    await revokeRow(house.db, { organizationId: actor.organizationId, id: actor.id, at: START_MS })
    advance(-3_600_000)
    expect(await codeOf(ask(house, key))).toBe('identity.unauthenticated')
  })

  it('that was being found while this process revoked the key is not remembered', async () => {
    const { house, context } = await start()
    const { key, id } = await createApiKey(context, { name: 'leaked' })
    const gate = createGate()
    const asking = ask({ ...house, db: lateDatabase(house.db, gate.opened) }, key)
    await revokeApiKey(context, { id })
    gate.open()
    // It was asked before the revocation, and answered as it was then.
    expect((await asking).id).toBe(id)
    expect(await codeOf(ask(house, key))).toBe('identity.unauthenticated')
  })

  it('is remembered without the key itself', async () => {
    const { house, key } = await start()
    await ask(house, key)
    const remembered: string[] = []
    house.caches.keys.forgetWhere((value, cacheKey) => remembered.push(cacheKey + JSON.stringify(value)) > 0)
    expect(remembered).toHaveLength(1)
    expect(remembered[0]).not.toContain(key.slice(5, 20))
  })
})

it('a root key may have any shape; without being the root key, that shape is not looked up', async () => {
  const { house, organizationId } = await start()
  const key = 'a-root-key-of-the-operators-own-making'
  await insertApiKey(house.db, keyRow({ key, name: 'root', organizationId, isRoot: true, createdAt: START_MS, expiresAt: null }))
  expect(await codeOf(ask(house, key))).toBe('identity.unauthenticated')
  expect(await codeOf(ask({ ...house, rootKeyDigest: digestOfKey(key) }, key))).toBe('permitted')
})

describe('a key in a browser is refused', () => {
  it.each([
    'https://app.example',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'null',
    '',
    'file://',
    'https://127.0.0.1@evil.example',
  ])('on a page of %j, before the key is looked at', async (origin) => {
    const { house, key } = await start()
    expect(await codeOf(ask(house, key, origin))).toBe('identity.api_key_in_browser')
    expect(await codeOf(ask(house, 'plug_nobodys', origin))).toBe('identity.api_key_in_browser')
  })

  it.each(['http://localhost:5173', 'http://127.0.0.1:3000', 'http://[::1]:8080'])(
    "but on a laptop not on the developer's own %s",
    async (origin) => {
      const { house, key } = await start()
      expect(await codeOf(ask(house, key, origin))).toBe('permitted')
      expect(await codeOf(ask({ ...house, config: { ...house.config, laptop: false } }, key, origin))).toBe('identity.api_key_in_browser')
    }
  )
})
