// Who belongs to an organization, how one comes in, what each role may do, and that there is always an owner.
import { beforeEach, afterEach, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../server/lib/units.ts'
import { accountPages } from '../support/account-pages.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'
import { openBrowser, openMembersBrowser, openOwnersBrowser, OWNER, type Reply, type TestBrowser } from '../support/test-browser.ts'

let plugboard: RunningPlugboard
let owner: TestBrowser
beforeEach(async () => {
  plugboard = await startPlugboard({ pages: accountPages })
  owner = await openOwnersBrowser(plugboard)
})
afterEach(() => plugboard.stop())

const dataOf = <Data>({ body }: Reply) => (body as { result: { data: Data } }).result.data
const codeOf = ({ body }: Reply) => (body as { error?: { data: { plugboard: { code: string } } } }).error?.data.plugboard.code
const members = async () => dataOf<{ id: string; email: string; role: string }[]>(await owner.query('members.list'))
const idOf = async (email: string) => (await members()).find((member) => member.email === email)!.id
const ofRole = (role: string) => openMembersBrowser(plugboard, owner, { role, email: `${role}@example.com` })

async function invite(input: object = {}, browser = owner): Promise<string> {
  return dataOf<{ url: string }>(await browser.mutate('invitations.create', { email: 'mia@example.com', role: 'member', ...input })).url.split('/').at(-1)!
}
const accept = (token: string, input: object = {}) =>
  openBrowser(plugboard).post('/invite/accept', { token, name: 'Mia', password: 'several kinds of weather', ...input })
const find = async (token: string) => (await openBrowser(plugboard).post('/invite/find', { token })).body

describe('an invitation', () => {
  it('says who invites whom to what, and makes that member, signed in', async () => {
    const token = await invite()
    plugboard.advance(1)
    expect(await find(token)).toEqual({ email: 'mia@example.com', organization: 'Acme', role: 'member', invitedBy: 'Olivia Owner' })
    expect(await accept(token)).toMatchObject({ status: 200 })
    expect(await members()).toMatchObject([
      { email: OWNER.email, role: 'owner', isYou: true },
      { email: 'mia@example.com', name: 'Mia', role: 'member', isYou: false },
    ])
  })

  it('works once, if twenty open it at once', async () => {
    const token = await invite()
    const replies = await Promise.all(Array.from({ length: 20 }, () => accept(token)))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await members()).toHaveLength(2)
    expect(await find(token)).toEqual({})
  })

  it('works for a week', async () => {
    const token = await invite()
    plugboard.advance(7 * DAY_MS - 1)
    expect(await find(token)).toMatchObject({ role: 'member' })
    plugboard.advance(1)
    expect(await find(token)).toEqual({})
    expect((await accept(token)).body).toMatchObject({ problem: { code: 'identity.invitation_not_found', status: 404 } })
  })

  it('can be withdrawn, and is replaced by another to the same address', async () => {
    const [first, second] = [await invite(), await invite()]
    expect(await find(first)).toEqual({})
    const [open] = dataOf<{ id: string }[]>(await owner.query('invitations.list'))
    await owner.mutate('invitations.revoke', { id: open!.id })
    expect(await find(second)).toEqual({})
    expect(dataOf(await owner.query('invitations.list'))).toEqual([])
    expect(codeOf(await owner.mutate('invitations.revoke', { id: open!.id }))).toBe('identity.invitation_not_found')
  })

  it('is of no use for an address that is a member’s already', async () => {
    expect(codeOf(await owner.mutate('invitations.create', { email: OWNER.email, role: 'member' }))).toBe('identity.email_taken')
  })

  it('whose link is only guessed is nobody’s, and guessing ends', async () => {
    const replies = await Promise.all(Array.from({ length: 55 }, () => accept('x'.repeat(43))))
    expect(replies.filter(({ status }) => status === 404)).toHaveLength(50)
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(5)
  })

  it('with a poor password is still open', async () => {
    const token = await invite()
    expect((await accept(token, { password: 'short' })).body).toMatchObject({ problem: { field: 'password' } })
    expect((await accept(token)).status).toBe(200)
  })

  it('cannot give more than the one who invites has', async () => {
    const admin = await ofRole('admin')
    expect(codeOf(await admin.mutate('invitations.create', { email: 'new@example.com', role: 'owner' }))).toBe('identity.owners_only')
    expect(await find(await invite({ role: 'admin', email: 'new@example.com' }, admin))).toMatchObject({ role: 'admin', invitedBy: 'admin@example.com' })
  })
})

describe('a role', () => {
  it('holds for the next request, in every browser of that member', async () => {
    const mia = await ofRole('member')
    expect(codeOf(await mia.query('keys.list'))).toBe('policy.forbidden')
    await owner.mutate('members.changeRole', { id: await idOf('member@example.com'), role: 'admin' })
    expect((await mia.query('keys.list')).status).toBe(200)
    await owner.mutate('members.changeRole', { id: await idOf('member@example.com'), role: 'member' })
    expect(codeOf(await mia.query('keys.list'))).toBe('policy.forbidden')
  })

  it.each<[string, string, object | undefined, Record<string, boolean>]>([
    ['query', 'members.list', undefined, { admin: true, member: true }],
    ['query', 'organization.get', undefined, { admin: true, member: true }],
    ['query', 'invitations.list', undefined, { admin: true, member: false }],
    ['query', 'installation.get', undefined, { admin: true, member: false }],
    ['mutate', 'invitations.create', { email: 'x@example.com', role: 'member' }, { admin: true, member: false }],
    ['mutate', 'organization.rename', { name: 'New' }, { admin: true, member: false }],
    ['mutate', 'namespaces.create', {}, { admin: true, member: false }],
    ['mutate', 'keys.create', { name: 'x' }, { admin: true, member: false }],
    ['query', 'webhooks.list', { namespace: OWNER.namespace }, { admin: true, member: false }],
    ['mutate', 'webhooks.create', { namespace: OWNER.namespace, url: 'https://app.example.com/' }, { admin: true, member: false }],
  ])('says who may %s %s', async (kind, path, input, allowed) => {
    for (const [role, may] of Object.entries(allowed)) {
      const browser = await ofRole(role)
      const reply = kind === 'query' ? await browser.query(path, input) : await browser.mutate(path, input)
      expect([role, reply.status]).toEqual([role, may ? 200 : 403])
    }
  })

  it('of an owner is made and unmade by owners alone', async () => {
    const admin = await ofRole('admin')
    const adminId = await idOf('admin@example.com')
    const ownerId = await idOf(OWNER.email)
    expect(codeOf(await admin.mutate('members.changeRole', { id: adminId, role: 'owner' }))).toBe('identity.owners_only')
    expect(codeOf(await admin.mutate('members.changeRole', { id: ownerId, role: 'member' }))).toBe('identity.owners_only')
    expect(codeOf(await admin.mutate('members.remove', { id: ownerId }))).toBe('identity.owners_only')
    expect((await owner.mutate('members.changeRole', { id: adminId, role: 'owner' })).status).toBe(200)
    expect((await admin.mutate('members.changeRole', { id: ownerId, role: 'member' })).status).toBe(200)
  })
})

describe('the last owner', () => {
  it('can neither be demoted nor removed, by nobody', async () => {
    const id = await idOf(OWNER.email)
    expect(codeOf(await owner.mutate('members.changeRole', { id, role: 'admin' }))).toBe('identity.last_owner')
    expect(codeOf(await owner.mutate('members.remove', { id }))).toBe('identity.last_owner')
    expect((await owner.mutate('members.changeRole', { id, role: 'owner' })).status).toBe(200)
  })

  it('stays when two owners remove each other at the same moment', async () => {
    const other = await ofRole('owner')
    const [mine, theirs] = [await idOf(OWNER.email), await idOf('owner@example.com')]
    await Promise.all([owner.mutate('members.remove', { id: theirs }), other.mutate('members.remove', { id: mine })])
    const statuses = await Promise.all([owner, other].map(async (browser) => (await browser.query('account.get')).status))
    expect(statuses.toSorted()).toEqual([200, 401])
  })
})

describe('a member who is removed', () => {
  it('is out at once, everywhere, and can be invited again', async () => {
    const mia = await ofRole('member')
    expect((await mia.query('account.get')).status).toBe(200)
    await owner.mutate('members.remove', { id: await idOf('member@example.com') })
    expect((await mia.query('account.get')).status).toBe(401)
    expect((await mia.get('/app')).body).toMatchObject({ visitor: null })
    const again = openBrowser(plugboard)
    expect((await again.post('/sign-in', { email: 'member@example.com', password: 'several kinds of weather' })).status).toBe(401)
    expect((await (await ofRole('member')).query('account.get')).status).toBe(200)
  })

  it('who is not there is not found', async () => {
    expect(codeOf(await owner.mutate('members.remove', { id: 'mem_nobody' }))).toBe('identity.member_not_found')
    expect(codeOf(await owner.mutate('members.changeRole', { id: 'mem_nobody', role: 'admin' }))).toBe('identity.member_not_found')
  })
})

describe('a name', () => {
  it('of one’s own or of the organization is changed for all who look', async () => {
    await owner.mutate('account.rename', { name: 'Olive' })
    await owner.mutate('organization.rename', { name: 'Acme Two' })
    expect((await owner.get('/app')).body).toMatchObject({ visitor: { name: 'Olive', organization: { name: 'Acme Two' } } })
  })
})

it('people are none of an API key’s business', async () => {
  const { key } = await plugboard.createKey(plugboard.services.setUp.organizationId)
  for (const path of ['account.get', 'account.sessions', 'members.list', 'invitations.list', 'organization.get', 'installation.get']) {
    const { status, body } = await plugboard.send('GET', `/trpc/${path}`, undefined, { authorization: `Bearer ${key}` })
    expect([path, status, JSON.stringify(body)]).toEqual([path, 403, expect.stringContaining('policy.forbidden')])
  }
})

it('an administrator sees how the installation is set up, and no secret of it', async () => {
  expect(dataOf(await owner.query('installation.get'))).toEqual({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    mode: 'laptop',
    publicUrl: 'http://127.0.0.1:3000',
    database: 'file',
    egress: { rules: [], loopbackOverHttp: true },
    encryption: {
      source: 'generated',
      keks: [{ id: expect.any(String), label: 'generated', primary: true, wraps: expect.any(Number) }],
      dataKeys: expect.any(Number),
      lastRotatedAt: expect.stringMatching(/Z$/),
    },
    trustedProxies: [],
  })
})
