// What the tRPC door refuses, spoken to as raw HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appRouter } from '../../server/api/router.ts'
import { createCaller } from '../../server/api/caller.ts'
import type { House } from '../../server/context/context.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

interface Failure {
  error: { message: string; code: number; data: { code: string; httpStatus: number; stack?: string; plugboard: Record<string, unknown> } }
}

let plugboard: RunningPlugboard
beforeAll(async () => {
  plugboard = await startPlugboard()
})
afterAll(() => plugboard.stop())

const input = (value: unknown) => `input=${encodeURIComponent(JSON.stringify(value))}`
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>).map(
  ([path, procedure]) => ({ path, type: procedure._def.type }),
)

describe('every procedure', () => {
  const answering = procedures.filter(({ type }) => type !== 'subscription')
  it.each(answering)('$path refuses a stranger before it looks at the input', async ({ path, type }) => {
    const strange = { authorization: '' }
    const refused =
      type === 'query'
        ? await plugboard.send<Failure>('GET', `/trpc/${path}?input=%7Bbroken`, undefined, strange)
        : await plugboard.send<Failure>('POST', `/trpc/${path}`, '{broken', { ...strange, 'content-type': 'application/json' })
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer/)
    expect(refused.body.error.data).toMatchObject({
      code: 'UNAUTHORIZED',
      plugboard: { code: 'identity.unauthenticated', requestId: refused.headers.get('x-request-id') },
    })
    expect(refused.body.error.data).not.toHaveProperty('stack')
  })

  it('that changes something is out of reach for GET', async () => {
    const { key } = await plugboard.createKey()
    const own = { authorization: `Bearer ${key}` }
    for (const { path } of procedures.filter(({ type }) => type === 'mutation')) {
      expect(await plugboard.send('GET', `/trpc/${path}?${input({ name: 'made-by-get' })}`, undefined, own)).toMatchObject({
        status: 405,
        body: { error: { data: { code: 'METHOD_NOT_SUPPORTED' } } },
      })
    }
    expect((await plugboard.send('GET', '/trpc/namespaces.list', undefined, own)).body).toEqual({ result: { data: [] } })
  })
})

describe('a request', () => {
  it('with bad input gets the same words as at the REST door', async () => {
    const bad = { namespace: 'shop', mcpUrl: 'https://x', headers: { 'x key': '1' } }
    const refused = await plugboard.send<Failure>('POST', '/trpc/connections.create', bad)
    expect(refused.status).toBe(400)
    expect(refused.body.error).toMatchObject({
      message: 'headers.x key: is not a header name',
      data: { code: 'BAD_REQUEST', plugboard: { code: 'input.invalid', details: { field: 'headers.x key' } } },
    })
    expect(await plugboard.send('POST', '/trpc/namespaces.ensure', {})).toMatchObject({ body: { error: { message: 'name: is required' } } })
  })

  it.each([
    ['application/x-www-form-urlencoded', 'name=x'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/octet-stream', 'x'],
    ['text/plain', '{}'],
  ])('with a body of type %s is refused', async (type, body) => {
    expect(await plugboard.send('POST', '/trpc/namespaces.create', body, { 'content-type': type })).toMatchObject({
      status: 415,
      body: { error: { data: { code: 'UNSUPPORTED_MEDIA_TYPE', plugboard: { code: 'body.media_type' } } } },
    })
  })

  it('of more than 4 MB is refused', async () => {
    const answer = await plugboard.send('POST', '/trpc/namespaces.ensure', JSON.stringify({ name: 'x'.repeat(4 * 1024 * 1024) }))
    expect(answer).toMatchObject({ status: 413, body: { error: { data: { code: 'PAYLOAD_TOO_LARGE' } } } })
  })

  it('may hold ten calls and no more', async () => {
    const batch = (count: number) => plugboard.send('GET', `/trpc/${Array(count).fill('namespaces.list').join(',')}?batch=1&${input({})}`)
    expect((await batch(10)).status).toBe(200)
    expect((await batch(11)).status).toBe(400)
  })

  it('for a procedure that does not exist is 404 without an echo of its name', async () => {
    const answer = await plugboard.send<Failure>('GET', '/trpc/no.such.thing')
    expect(answer).toMatchObject({ status: 404, body: { error: { data: { plugboard: { code: 'procedure.not_found' } } } } })
    expect(answer.body.error.message).not.toContain('no.such')
  })

  it('with broken JSON is told so, and gets none of it back', async () => {
    const answer = await plugboard.send<Failure>('POST', '/trpc/namespaces.ensure', '{"name": s3cret}')
    expect(answer).toMatchObject({ status: 400, body: { error: { message: 'The input is not valid JSON.' } } })
    expect(JSON.stringify(answer.body)).not.toContain('s3cret')
  })

  it('does not take a key from the URL', async () => {
    const params = encodeURIComponent(JSON.stringify({ authorization: `Bearer ${plugboard.key}` }))
    const answer = await plugboard.send('GET', `/trpc/namespaces.list?connectionParams=${params}`, undefined, { authorization: '' })
    expect(answer.status).toBe(401)
  })
})

describe('the caller inside the process', () => {
  it('makes the same calls with the same errors', async () => {
    const { organizationId } = await plugboard.createKey()
    const caller = createCaller(plugboard.house, { kind: 'api_key', id: 'key_console', organizationId })
    await caller.namespaces.ensure({ name: 'inside' })
    expect(await caller.namespaces.list()).toMatchObject([{ name: 'inside' }])
    await expect(caller.connections.get({ namespace: 'inside', connectionId: 'nobody' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      cause: { code: 'connection.not_found' },
    })
  })

  it('says nothing of what went wrong inside, and logs it', async () => {
    const logged: unknown[] = []
    const { house, organizationId } = plugboard
    const cause = new Error('s3cret of the database')
    const broken: House = {
      ...house,
      db: { ...house.db, read: () => Promise.reject(cause) },
      log: { ...house.log, error: (message, fields) => void logged.push({ message, ...fields }) },
    }
    const caller = createCaller(broken, { kind: 'api_key', id: 'key_console', organizationId }, 'req_1')
    await expect(caller.namespaces.list()).rejects.toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
      message: expect.not.stringContaining('s3cret'),
    })
    expect(logged).toEqual([
      { message: 'a tRPC call failed', requestId: 'req_1', route: 'namespaces.list', code: 'internal.unexpected', error: cause },
    ])
  })
})
