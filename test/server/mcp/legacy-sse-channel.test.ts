import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import type { AppError } from '../../../server/lib/app-error.ts'
import { LegacySseChannel } from '../../../server/mcp/legacy-sse-channel.ts'
import { testEgress } from '../../support/test-egress.ts'
import { targetOf } from './fake-upstream.ts'

interface Server {
  origin: string
  posts: { url: string; key: string | undefined; body: string }[]
  stream: ServerResponse | undefined
}

async function startServer(
  greet: (stream: ServerResponse, server: Server) => void,
  acceptPost: (server: Server, body: string) => number = () => 202
): Promise<Server> {
  const state: Server = { origin: '', posts: [], stream: undefined }
  async function post(request: IncomingMessage, response: ServerResponse) {
    const body = (await request.toArray()).join('')
    state.posts.push({ url: request.url!, key: request.headers['x-api-key'] as string | undefined, body })
    response.writeHead(acceptPost(state, body)).end()
  }
  const server = createServer((request, response) => {
    if (request.method === 'POST') return void post(request, response)
    state.stream = response
    greet(response, state)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  state.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  })
  return state
}

async function open(server: Server): Promise<LegacySseChannel> {
  const egress = testEgress()
  onTestFinished(() => egress.close())
  return LegacySseChannel.open(
    egress,
    targetOf({ open: () => ({ url: new URL('/sse?key=1', server.origin), headers: { 'x-api-key': 'secret' } }) })
  )
}

const greetWith =
  (...events: string[]) =>
  (stream: ServerResponse) => {
    stream.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const event of events) stream.write(event)
  }
const endpoint = (url: string) => `event: endpoint\ndata: ${url}\n\n`
const message = (value: object) => `data: ${JSON.stringify(value)}\n\n`
const codeOf = (failing: Promise<unknown>): Promise<string> =>
  failing.then(
    () => 'no error',
    (error: AppError) => error.code
  )
const ping = (id: number) => Buffer.from(`{"jsonrpc":"2.0","id":${id},"method":"ping"}`)

it('a request goes to the endpoint with the credential, and its answer comes from the stream', async () => {
  const server = await startServer(greetWith(endpoint('/post?session=1')), ({ stream }, body) => {
    const { id } = JSON.parse(body) as { id: number }
    stream?.write(
      message({ jsonrpc: '2.0', id: id + 100, result: { of: 'another' } }) + message({ jsonrpc: '2.0', id, result: { of: id } })
    )
    return 202
  })
  const channel = await open(server)
  const answers = await Promise.all([channel.request(1, ping(1)), channel.request(2, ping(2))])
  expect(answers.map(({ result }) => result)).toEqual([{ of: 1 }, { of: 2 }])
  expect(server.posts.map(({ url, key }) => [url, key])).toEqual([
    ['/post?session=1', 'secret'],
    ['/post?session=1', 'secret'],
  ])
  channel.close()
})

it.each([
  'https://evil.example/post',
  '//evil.example/post',
  'http://127.0.0.1:1/post',
  'http://[::1]/x',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'http://',
])('an endpoint on another origin gets neither the credential nor a request: %s', async (url) => {
  expect(await codeOf(open(await startServer(greetWith(endpoint(url)))))).toBe('upstream.invalid_response')
})

it('the first endpoint counts: a later one does not move the channel', async () => {
  const server = await startServer(greetWith(endpoint('/first'), endpoint('http://127.0.0.1:1/second')))
  const channel = await open(server)
  await channel.send(ping(1))
  expect(server.posts.map(({ url }) => url)).toEqual(['/first'])
  channel.close()
})

it.each([
  ['an error page', (stream: ServerResponse) => void stream.writeHead(500).end(), 'upstream.not_mcp'],
  ['a web page', (stream: ServerResponse) => void stream.writeHead(200, { 'content-type': 'text/html' }).end('<p>'), 'upstream.not_mcp'],
  ['a refused credential', (stream: ServerResponse) => void stream.writeHead(401).end(), 'upstream.credential_refused'],
  [
    'a stream that ends at once',
    (stream: ServerResponse) => void stream.writeHead(200, { 'content-type': 'text/event-stream' }).end(),
    'upstream.stream_cut',
  ],
  [
    'an endless event',
    (stream: ServerResponse) => void stream.writeHead(200, { 'content-type': 'text/event-stream' }).write('x'.repeat(5_000_000)),
    'upstream.invalid_response',
  ],
])('%s does not open a channel', async (_title, greet, code) => {
  expect(await codeOf(open(await startServer(greet)))).toBe(code)
})

it('a stream that is cut fails whoever waits, and whoever comes after', async () => {
  const server = await startServer(greetWith(endpoint('/post')), ({ stream }) => {
    stream?.destroy()
    return 202
  })
  const channel = await open(server)
  const closed = new Promise<AppError>((resolve) => (channel.onClosed = resolve))
  expect((await codeOf(channel.request(1, ping(1)))).startsWith('upstream.')).toBe(true)
  expect((await closed).kind).toBe('upstream')
  expect(channel.closed).toBe(true)
  expect(await codeOf(channel.request(2, ping(2)))).not.toBe('no error')
  expect(await codeOf(channel.send(ping(3)))).not.toBe('no error')
})

it('a post that is refused fails its request alone', async () => {
  const server = await startServer(greetWith(endpoint('/post')), ({ stream }, body) => {
    if (body.includes('"id":1')) return 500
    stream?.write(message({ jsonrpc: '2.0', id: 2, result: {} }))
    return 202
  })
  const channel = await open(server)
  expect(await codeOf(channel.request(1, ping(1)))).toBe('upstream.http_status')
  expect(await channel.request(2, ping(2))).toMatchObject({ id: 2 })
  channel.close()
})

it('what nobody waits for is told apart from answers, and garbage is passed over', async () => {
  const server = await startServer(greetWith(endpoint('/post')))
  const channel = await open(server)
  const unclaimed: unknown[] = []
  const both = new Promise<void>((resolve) => {
    channel.onUnclaimed = (_bytes, got) => {
      unclaimed.push(got.method ?? got.id)
      if (unclaimed.length === 2) resolve()
    }
  })
  channel.requestWith(
    1,
    ping(1),
    () => unclaimed.push('answered'),
    () => undefined
  )
  channel.forget(1)
  server.stream!.write(
    `data: {not json\n\n: ping\n\n${message({ jsonrpc: '2.0', id: 1, method: 'sampling/createMessage' })}${message({
      jsonrpc: '2.0',
      id: 1,
      result: {},
    })}`
  )
  await both
  expect(unclaimed).toEqual(['sampling/createMessage', 1])
  channel.close()
})
