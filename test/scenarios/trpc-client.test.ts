// The unmodified tRPC client against a real listener, typed by the router.
import { createTRPCClient, httpBatchLink, httpBatchStreamLink, httpSubscriptionLink, splitLink, type TRPCClientError } from '@trpc/client'
import { EventSource } from 'eventsource'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppRouter } from '../../server/api/router.ts'
import { createGate } from '../support/gate.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
/** Paths of the HTTP requests that the clients made. */
const sent: string[] = []

beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await client().namespaces.ensure.mutate({ name: 'shop' })
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

function client(link: typeof httpBatchLink | typeof httpBatchStreamLink = httpBatchLink, key = plugboard.key) {
  const record: typeof fetch = (input, init) => {
    sent.push(String(input))
    return fetch(input, init)
  }
  const options = { url: `${plugboard.url}/trpc`, headers: { authorization: `Bearer ${key}` }, fetch: record }
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({
          url: options.url,
          EventSource,
          // EventSource of a browser cannot send headers, and a key has no place in a URL.
          eventSourceOptions: () => ({
            fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, authorization: `Bearer ${key}` } }),
          }),
        }),
        false: link(options),
      }),
    ],
  })
}

describe.each([
  ['httpBatchLink', httpBatchLink],
  ['httpBatchStreamLink', httpBatchStreamLink],
] as const)('with %s', (name, link) => {
  it('a connection is made, listed, read, renamed, checked, called and deleted', async () => {
    const { connections, tools } = client(link)
    const address = { namespace: 'shop', connectionId: name }
    const { connection, created } = await connections.upsert.mutate({ ...address, mcpUrl: upstream.url.href, metadata: { via: name } })
    expect(created).toBe(true)
    expect(connection.status).toEqual({ state: 'connected' })
    const listed = await connections.list.query({ namespace: 'shop', metadata: { via: name } })
    expect(listed.connections.map((each) => each.connectionId)).toEqual([name])
    expect((await connections.update.mutate({ ...address, name: 'Renamed' })).name).toBe('Renamed')
    expect((await connections.check.mutate(address)).status).toEqual({ state: 'connected' })
    expect((await tools.list.query(address)).tools.map((tool) => tool.name)).toContain('echo')
    const result = await tools.invoke.mutate({ ...address, tool: 'echo', arguments: { text: 'over tRPC' } })
    expect(result.content).toEqual([{ type: 'text', text: 'over tRPC' }])
    await connections.delete.mutate(address)
    await expect(connections.get.query(address)).rejects.toMatchObject({
      data: { code: 'NOT_FOUND', plugboard: { code: 'connection.not_found' } },
    })
  })

  it('calls made together travel as one request, and one that fails does not spoil the others', async () => {
    const { key } = await plugboard.createKey()
    const { namespaces, connections } = client(link, key)
    const namespace = `together-${name.toLowerCase()}`
    await namespaces.ensure.mutate({ name: namespace })
    sent.length = 0
    const [list, missing] = await Promise.allSettled([
      namespaces.list.query(),
      connections.get.query({ namespace, connectionId: 'nobody' }),
    ])
    expect(sent).toHaveLength(1)
    expect(list).toMatchObject({ status: 'fulfilled', value: [{ name: namespace }] })
    expect(missing).toMatchObject({ status: 'rejected', reason: { data: { code: 'NOT_FOUND' } } })
  })
})

it('an answer of a streamed batch arrives while another call of it still runs', async () => {
  const gate = createGate()
  const { connections, tools, namespaces } = client(httpBatchStreamLink)
  const address = { namespace: 'shop', connectionId: 'slow-head' }
  await connections.upsert.mutate({ ...address, mcpUrl: upstream.url.href })
  upstream.set({ slowHeaders: gate.opened })
  const slow = tools.invoke.mutate({ ...address, tool: 'echo', arguments: { text: 'late' } })
  const quick = namespaces.create.mutate()
  expect((await quick).name).toMatch(/^[a-z]/)
  gate.open()
  upstream.set({ slowHeaders: null })
  expect((await slow).content).toEqual([{ type: 'text', text: 'late' }])
})

it('keys are made, listed and revoked', async () => {
  const { keys } = client()
  const made = await keys.create.mutate({ name: 'worker' })
  expect((await client(httpBatchLink, made.key).namespaces.list.query()).map(({ name }) => name)).toContain('shop')
  expect((await keys.list.query()).map((key) => key.id)).toContain(made.id)
  await keys.revoke.mutate({ id: made.id })
  await expect(client(httpBatchLink, made.key).namespaces.list.query()).rejects.toMatchObject({ data: { code: 'UNAUTHORIZED' } })
})

describe('a subscription', () => {
  it('tells what changes in the namespace, with the connection as its caller sees it', async () => {
    const api = client()
    const namespace = 'watched-shop'
    await api.namespaces.ensure.mutate({ name: namespace })
    const events: unknown[] = []
    const listening = createGate()
    const deleted = createGate()
    const subscription = api.connections.watch.subscribe(
      { namespace },
      {
        onData({ data }) {
          events.push(data)
          if (data.type === 'listening') listening.open()
          if (data.type === 'deleted') deleted.open()
        },
        onError: (error) => events.push(error),
      },
    )
    await listening.opened
    const address = { namespace, connectionId: 'watched' }
    await api.connections.upsert.mutate({ ...address, mcpUrl: upstream.url.href })
    await api.connections.delete.mutate(address)
    await deleted.opened
    subscription.unsubscribe()
    expect(events).toEqual([
      { type: 'listening', resumed: false },
      expect.objectContaining({ connectionId: 'watched' }),
      expect.objectContaining({ type: 'deleted', connectionId: 'watched' }),
    ])
  })

  it('of a namespace that is not the caller\'s is refused before it listens', async () => {
    const stranger = await plugboard.createKey()
    const error = await new Promise<TRPCClientError<AppRouter>>((resolve, reject) => {
      const subscription = client(httpBatchLink, stranger.key).connections.watch.subscribe(
        { namespace: 'shop' },
        {
          onData: reject,
          onError(problem) {
            subscription.unsubscribe()
            resolve(problem)
          },
        },
      )
    })
    expect(error.data).toMatchObject({ code: 'NOT_FOUND', plugboard: { code: 'namespace.not_found' } })
  })

  it('ends with the key that opened it, and says nothing of what happened afterwards', async () => {
    const api = client()
    const namespace = 'closing-shop'
    await api.namespaces.ensure.mutate({ name: namespace })
    const temporary = await plugboard.createKey(plugboard.organizationId)
    const events: unknown[] = []
    const listening = createGate()
    const ended = createGate()
    const subscription = client(httpBatchLink, temporary.key).connections.watch.subscribe(
      { namespace },
      {
        onData({ data }) {
          events.push(data)
          listening.open()
        },
        onError(error) {
          events.push(error.data?.code)
          ended.open()
        },
      },
    )
    await listening.opened
    await api.keys.revoke.mutate({ id: temporary.id })
    await api.connections.upsert.mutate({ namespace, connectionId: 'afterwards', mcpUrl: upstream.url.href })
    await ended.opened
    subscription.unsubscribe()
    expect(events).toEqual([{ type: 'listening', resumed: false }, 'UNAUTHORIZED'])
  })
})
