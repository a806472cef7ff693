// The audit log of an organization: for its administrators and its own backend, filtered, exported, whole.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditEntryView, AuditPage } from '../../server/history/audit-view.ts'
import { createCaller } from '../../server/api/caller.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
beforeAll(async () => {
  plugboard = await startPlugboard()
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/namespaces/other')
  plugboard.advance(1000)
  await plugboard.send('POST', '/keys', { name: '=cmd|"calc"' })
})
afterAll(() => plugboard?.stop())

const list = async (query = '', headers = {}) => (await plugboard.send<AuditPage>('GET', `/api/audit${query}`, undefined, headers)).body
const own = () => list()

describe('the list', () => {
  it('is newest first, and is found by who, what, where, how and when', async () => {
    const { entries } = await own()
    expect(entries.map(({ action }) => action)).toEqual(['key.create', 'namespace.create', 'namespace.create'])
    const { at, actor, target } = entries[0]!
    const found = async (query: string) => (await list(query)).entries.map(({ action, namespace }) => namespace ?? action)
    expect(await found('?action=namespace.create')).toEqual(['other', 'shop'])
    expect(await found('?namespace=shop')).toEqual(['shop'])
    expect(await found(`?actor=${actor.id}&action=key.create`)).toEqual(['key.create'])
    expect(await found(`?target=${target!.id}`)).toEqual(['key.create'])
    expect(await found('?result=failed')).toEqual([])
    expect(await found(`?from=${at}`)).toEqual(['key.create'])
    expect(await found(`?to=${at}`)).toEqual(['other', 'shop'])
  })

  it('comes in pages', async () => {
    const first = await list('?limit=2')
    const second = await list(`?limit=2&cursor=${first.nextCursor}`)
    expect([...first.entries, ...second.entries].map(({ seq }) => seq)).toEqual([3, 2, 1])
    expect(second).not.toHaveProperty('nextCursor')
  })

  it('is each organization’s own', async () => {
    const other = await plugboard.createKey()
    expect(await list('', { authorization: `Bearer ${other.key}` })).toEqual({ entries: [] })
  })

  it('is not for members without a say in the organization, and says that they asked', async () => {
    const { organizationId, house } = plugboard
    const member = createCaller(house, { kind: 'member', id: 'mem_1', organizationId, role: 'member', sessionHandle: 'here' })
    await expect(member.audit.list({})).rejects.toMatchObject({ cause: { code: 'policy.forbidden' } })
    expect((await list('?result=denied')).entries).toMatchObject([
      { action: 'access.request', actor: { kind: 'member', id: 'mem_1' }, code: 'policy.forbidden', details: { route: 'audit.list', operation: 'read', resource: 'audit' } },
    ])
  })
})

describe('a refusal', () => {
  it('is in the log of whoever asked, also where the answer was that there is no such thing', async () => {
    const { key } = await plugboard.createKey()
    const authorization = `Bearer ${key}`
    expect((await plugboard.send('GET', '/shop', undefined, { authorization })).status).toBe(404)
    expect((await plugboard.send('GET', '/nobodys', undefined, { authorization })).status).toBe(404)
    expect((await list('', { authorization })).entries).toMatchObject([
      { action: 'access.request', result: 'denied', code: 'namespace.not_found', target: null, namespace: null, details: { route: 'GET /{namespace}' } },
    ])
  })
})

describe('the export', () => {
  const download = async (query: string) => {
    const response = await fetch(`${plugboard.url}/api/audit/export${query}`, { headers: { authorization: `Bearer ${plugboard.key}` } })
    return { response, text: await response.text() }
  }

  it('has an entry a line as JSON, and is an entry itself', async () => {
    const { response, text } = await download('?action=namespace.create')
    expect(response.headers.get('content-type')).toBe('application/jsonl')
    expect(text.trimEnd().split('\n').map((line) => (JSON.parse(line) as AuditEntryView).namespace)).toEqual(['other', 'shop'])
    expect((await list('?action=audit.export')).entries[0]).toMatchObject({ details: { format: 'jsonl' } })
  })

  it('is CSV that no spreadsheet runs', async () => {
    const { response, text } = await download('?format=csv&action=key.create')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="audit.csv"')
    const [heading, line] = text.split('\r\n')
    expect(heading).toMatch(/^seq,at,actor_kind/)
    expect(line).toMatch(/^3,/)
    expect(text).not.toMatch(/(^|,|\n)[=+\-@]/)
  })

  it('of a log that is longer than a piece is all of it', async () => {
    const { key, organizationId } = await plugboard.createKey()
    const { audit } = plugboard.house
    for (let number = 0; number < 1200; number++) audit.note({ actor: { kind: 'api_key', id: 'key_1', organizationId } }, { action: 'account.rename' })
    const response = await fetch(`${plugboard.url}/api/audit/export?action=account.rename`, { headers: { authorization: `Bearer ${key}` } })
    const seqs = (await response.text()).trimEnd().split('\n').map((line) => (JSON.parse(line) as AuditEntryView).seq)
    expect(seqs).toEqual(Array.from({ length: 1200 }, (_, index) => 1200 - index))
  })

  it('is refused with a status and a reason before anything is sent', async () => {
    const { response, text } = await download('?format=xml')
    expect([response.status, JSON.parse(text)]).toMatchObject([400, { code: 'input.invalid' }])
  })
})

it('whether the chain is whole can be asked', async () => {
  const { organizationId, house } = plugboard
  const owner = createCaller(house, { kind: 'member', id: 'mem_2', organizationId, role: 'owner', sessionHandle: 'here' })
  expect(await owner.audit.verify()).toMatchObject({ whole: true, problems: [] })
})
