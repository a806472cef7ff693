// The first run belongs to the operator: whoever holds the setup code becomes the owner, once, and takes over what the start had made.
import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listApiKeys } from '../../db/queries/api-keys.ts'
import { listMembers } from '../../db/queries/members.ts'
import { accountPages } from '../support/account-pages.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'
import { openBrowser, openOwnersBrowser, OWNER, type Reply } from '../support/test-browser.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeEach(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard({ pages: accountPages }), startFixtureUpstream()])
})
afterEach(() => Promise.all([plugboard.stop(), upstream.stop()]))

const codeFile = () => join(plugboard.house.config.dataDir, 'setup-code')
const setupCode = () => plugboard.services.setUp.code!.code.reveal()
const become = (input: object = {}): Promise<Reply> => openBrowser(plugboard).post('/welcome', { ...OWNER, setupCode: setupCode(), ...input })
const members = () => listMembers(plugboard.house.db, { organizationId: plugboard.services.setUp.organizationId })

describe('the setup code', () => {
  it('lies in DATA_DIR for its owner alone, until there is an owner', async () => {
    expect((await readFile(codeFile(), 'utf8')).trim()).toBe(setupCode())
    expect(statSync(codeFile()).mode & 0o777).toBe(0o600)
    await become()
    expect(existsSync(codeFile())).toBe(false)
    expect(plugboard.services.setUp.code).toBeUndefined()
  })

  it('is taken with the blanks that come along when it is copied', async () => {
    expect((await become({ setupCode: ` ${setupCode()}\n` })).status).toBe(200)
  })

  it.each(['', 'guessed', 'x'.repeat(100_000)])('is not "%.10s"', async (guess) => {
    expect(await become({ setupCode: guess })).toMatchObject({ status: 400, body: { problem: { code: 'identity.setup_code', field: 'setupCode' } } })
    expect(await members()).toEqual([])
  })

  it('can be guessed fifty times in a quarter of an hour', async () => {
    const replies = await Promise.all(Array.from({ length: 55 }, () => become({ setupCode: 'guessed' })))
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(5)
    expect((await become()).status).toBe(429)
  })
})

describe('the first owner', () => {
  it('is one, if twenty try at once', async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, (_, index) => become({ email: `owner-${index}@example.com` })))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    const refusals = replies.filter(({ status }) => status !== 200)
    expect(refusals.map(({ body }) => (body.problem as { code: string }).code)).toEqual(Array<string>(19).fill('identity.owner_exists'))
    expect(await members()).toMatchObject([{ role: 'owner' }])
    const { organizationId } = plugboard.services.setUp
    const keys = await listApiKeys(plugboard.house.db, { organizationId })
    expect(keys.map(({ name }) => name).toSorted()).toEqual(['First key', 'Root key'])
  })

  it('is the last who comes this way', async () => {
    const owner = await openOwnersBrowser(plugboard)
    expect((await owner.get('/')).body).toMatchObject({ needsOwner: false })
    const second = await openBrowser(plugboard).post('/welcome', { ...OWNER, email: 'second@example.com', setupCode: '' })
    expect(second).toMatchObject({ status: 409, body: { problem: { code: 'identity.owner_exists' } } })
  })

  it('is signed in, with a key that works', async () => {
    const browser = openBrowser(plugboard)
    const { body } = await browser.post('/welcome', { ...OWNER, setupCode: setupCode() })
    expect(body).toEqual({ namespace: 'acme', key: expect.stringMatching(/^plug_/) })
    expect((await browser.query('organization.get')).body).toMatchObject({ result: { data: { name: 'Acme' } } })
    const listed = await plugboard.send('GET', '/acme', undefined, { authorization: `Bearer ${body.key as string}` })
    expect(listed.status).toBe(200)
    const made = await listApiKeys(plugboard.house.db, plugboard.services.setUp)
    expect(made.find(({ name }) => name === 'First key')).toMatchObject({ isRoot: false, lastFour: (body.key as string).slice(-4), revokedAt: null })
  })

  it.each([
    ['name', { name: ' ' }],
    ['email', { email: 'nobody' }],
    ['password', { password: 'short' }],
    ['password', { password: OWNER.email }],
    ['password', { organization: 'A very long name', password: 'a very long name' }],
    ['namespace', { namespace: 'No Name' }],
    ['organization', { organization: '' }],
  ])('hears what is wrong with the %s, and nothing has happened', async (field, input) => {
    expect(await become(input)).toMatchObject({ status: 400, body: { problem: { code: 'input.invalid', field } } })
    expect(await members()).toEqual([])
    expect((await become()).status).toBe(200)
  })
})

describe('the first namespace', () => {
  const root = () => ({ authorization: `Bearer ${plugboard.services.rootKey.key.reveal()}` })
  const connect = () => plugboard.send('PUT', '/demo/it', { mcpUrl: upstream.url, headers: { 'x-key': 'k' }, metadata: { userId: '1' } }, root())
  const call = (namespace: string) => plugboard.send('POST', `/${namespace}/it/.tools/echo`, { text: 'hello' }, root())

  it('takes its connections along when it gets another name: they work under the new one only', async () => {
    await connect()
    expect((await call('demo')).status).toBe(200)
    await become()
    expect((await call('acme')).status).toBe(200)
    expect((await call('demo')).status).toBe(404)
    expect((await plugboard.send('GET', '/acme?metadata.userId=1', undefined, root())).body).toMatchObject({ connections: [{ connectionId: 'it' }] })
  })

  it('keeps its name if that is what the owner wants', async () => {
    await connect()
    await become({ namespace: 'demo' })
    expect((await call('demo')).status).toBe(200)
  })

  it('leaves its old name to nobody else', async () => {
    await become()
    expect((await plugboard.send('PUT', '/namespaces/demo')).status).toBe(409)
  })

  it('cannot take a name that somebody has: nothing has happened then', async () => {
    await plugboard.send('PUT', '/namespaces/acme')
    expect(await become()).toMatchObject({ status: 409, body: { problem: { code: 'namespace.taken' } } })
    expect(await members()).toEqual([])
    expect((await become({ namespace: 'acme-2' })).status).toBe(200)
  })
})
