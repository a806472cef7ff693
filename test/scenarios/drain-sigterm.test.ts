// SIGTERM in the middle of work: whoever was let in gets an answer, nobody new is, what was counted is
// written, and the process leaves with 0.
import { createClient } from '@libsql/client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { Agent, request } from 'undici'
import { createGate } from '../support/gate.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type ListeningPlugboard, startSpawnedPlugboard } from '../support/spawn-plugboard.ts'

const CALLS = 40
let plugboard: ListeningPlugboard
let upstream: FixtureUpstream
let agent: Agent
beforeEach(async () => {
  agent = new Agent()
  ;[plugboard, upstream] = await Promise.all([startSpawnedPlugboard(), startFixtureUpstream()])
  await send('PUT', '/demo/it', { mcpUrl: upstream.url })
})
afterEach(() => Promise.all([plugboard.stop(), upstream.stop(), agent.destroy()]))

async function send(method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await request(plugboard.url + path, {
    method,
    dispatcher: agent,
    headers: {
      authorization: `Bearer ${plugboard.rootKey}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() }
}

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
}
const CALL = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'echo', arguments: { text: 'hi' } } }
const isCall = (message: { method?: string } | undefined) => message?.method === 'tools/call'
const callsSeen = () => upstream.requests.filter(({ message }) => isCall(message)).length
const untilCallsSeen = (count: number) => upstream.request(({ message }) => isCall(message) && callsSeen() >= count)

const ways = [
  () => send('POST', '/demo/it/.tools/echo', { text: 'hi' }),
  () => send('POST', '/trpc/tools.invoke', { namespace: 'demo', connectionId: 'it', tool: 'echo', arguments: { text: 'hi' } }),
  () => send('POST', '/connect/demo/it/mcp', CALL),
]

it('every call that was let in is answered, streams are ended, and the exit code is 0', async () => {
  const gate = createGate()
  upstream.set({ slowHeaders: gate.opened })
  const opened = await send('POST', '/connect/demo/it/mcp', INITIALIZE)
  const stream = send('GET', '/connect/demo/it/mcp', undefined, { 'mcp-session-id': String(opened.headers['mcp-session-id']) })
  await upstream.request(({ method }) => method === 'GET')
  const calls = Array.from({ length: CALLS }, (_, index) => ways[index % ways.length]!())
  await untilCallsSeen(CALLS)
  plugboard.child.kill('SIGTERM')
  expect((await stream).status).toBe(200)
  gate.open()
  for (const answer of await Promise.all(calls)) expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('hi') })
  expect(await plugboard.exited).toMatchObject({ code: 0, signal: null })
})

it('what was called is counted in the database when the process is gone', async () => {
  await Promise.all(ways.map((way) => way()))
  plugboard.child.kill('SIGTERM')
  expect((await plugboard.exited).code).toBe(0)
  const client = createClient({ url: pathToFileURL(join(plugboard.dataDir, 'plugboard.db')).href })
  const { rows } = await client.execute(`SELECT sum(calls) AS calls FROM usage_bucket WHERE tool = 'echo'`)
  expect(rows[0]?.calls).toBe(ways.length)
  client.close()
})

it('under a steady stream of calls, none that reached the upstream is left without its answer', async () => {
  const statuses: (number | undefined)[] = []
  const keepCalling = async (way: (typeof ways)[number]) => {
    for (;;) {
      const status = await way().then(
        (answer) => answer.status,
        () => undefined
      )
      statuses.push(status)
      if (status === undefined) return
    }
  }
  const callers = Array.from({ length: 12 }, (_, index) => keepCalling(ways[index % ways.length]!))
  await untilCallsSeen(200)
  plugboard.child.kill('SIGTERM')
  await Promise.all(callers)
  expect((await plugboard.exited).code).toBe(0)
  // What found no open door is undefined, once for each caller; everything else worked.
  expect(new Set(statuses)).toEqual(new Set([200, undefined]))
  expect(statuses.filter((status) => status === 200)).toHaveLength(callsSeen())
})
