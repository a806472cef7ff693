import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

interface NamespacePage {
  namespaces: { name: string }[]
  pagination: { currentPage: number; pageSize: number; totalPages: number; totalCount: number }
}

let plugboard: RunningPlugboard
beforeAll(async () => {
  plugboard = await startPlugboard()
})
afterAll(() => plugboard.stop())

describe('a namespace', () => {
  it('gets a generated name from POST, with or without a body', async () => {
    for (const body of [undefined, {}]) {
      const made = await plugboard.send('POST', '/namespaces', body)
      expect(made).toMatchObject({ status: 201, body: { name: expect.stringMatching(/^[a-z0-9-]{3,39}$/), createdAt: expect.any(String) } })
    }
  })

  it('is made by PUT once, and found by the same PUT afterwards', async () => {
    const [first, second] = [await plugboard.send('PUT', '/namespaces/acme'), await plugboard.send('PUT', '/namespaces/acme', {})]
    expect(first.status).toBe(201)
    expect(second).toMatchObject({ status: 201, body: first.body })
  })

  it('that someone else has is a conflict in the words that clients look for', async () => {
    const stranger = await plugboard.createKey()
    await plugboard.send('PUT', '/namespaces/theirs', undefined, { authorization: `Bearer ${stranger.key}` })
    const taken = await plugboard.send('PUT', '/namespaces/theirs')
    expect(taken).toMatchObject({ status: 409, body: { error: 'conflict', message: expect.stringMatching(/already exists/i) } })
    expect(taken.headers.get('x-should-retry')).toBe('false')
    expect(await plugboard.send('DELETE', '/namespaces/theirs')).toMatchObject({ status: 404 })
  })

  it.each(['ab', 'Acme', 'keys', '-acme', 'a'.repeat(40)])('cannot be called %s', async (name) => {
    expect(await plugboard.send('PUT', `/namespaces/${name}`)).toMatchObject({ status: 400, body: { details: { field: 'name' } } })
  })

  it('may be asked for with its own organization and with no other', async () => {
    const { organizationId } = plugboard
    expect(await plugboard.send('PUT', '/namespaces/mine', { organizationId })).toMatchObject({ status: 201 })
    expect(await plugboard.send('PUT', '/namespaces/mine', { organizationId: 'org_other' })).toMatchObject({ status: 400, body: { details: { field: 'organizationId' } } })
  })

  it('is gone when DELETE answers', async () => {
    await plugboard.send('PUT', '/namespaces/short-lived')
    expect(await plugboard.send('DELETE', '/namespaces/short-lived')).toMatchObject({ status: 200, body: { success: true, name: 'short-lived' } })
    expect(await plugboard.send('DELETE', '/namespaces/short-lived')).toMatchObject({ status: 404 })
  })
})

describe('the list of namespaces', () => {
  it('comes in pages, and a page past the last one is empty', async () => {
    const owner = await plugboard.createKey()
    const list = (query: string) => plugboard.send<NamespacePage>('GET', `/namespaces?${query}`, undefined, { authorization: `Bearer ${owner.key}` })
    for (const name of ['page-a', 'page-b', 'page-c']) await plugboard.send('PUT', `/namespaces/${name}`, undefined, { authorization: `Bearer ${owner.key}` })

    const pages = await Promise.all([1, 2, 3].map((page) => list(`page=${page}&pageSize=2`)))
    expect(pages.map(({ body }) => body.namespaces.length)).toEqual([2, 1, 0])
    expect(pages[0]!.body.pagination).toEqual({ currentPage: 1, pageSize: 2, totalPages: 2, totalCount: 3 })
    expect((await list('q=e-b')).body.namespaces).toMatchObject([{ name: 'page-b' }])
  })

  it.each(['page=0', 'pageSize=51', 'page=x', 'ownerId=me'])('refuses %s instead of answering another question', async (query) => {
    expect(await plugboard.send('GET', `/namespaces?${query}`)).toMatchObject({ status: 400 })
  })
})
