// After many calls through every door, no stored credential is left in memory or in a file: it is opened
// for one call and kept by nobody.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createCanary, createPlainCanary, findCanaries, findCanariesOnDisk } from '../support/canary.ts'
import { createAsker, type Asker } from '../support/canary-asker.ts'
import { createHeapRecorder, type HeapRecorder } from '../support/canary-heap.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type ListeningPlugboard, startSpawnedPlugboard } from '../support/spawn-plugboard.ts'

const CALLS = 1000
const AT_ONCE = 20
const header = createCanary('a stored header')
const query = createPlainCanary('a value in the query of mcpUrl')
const replaced = createCanary('a header that was replaced')
/** No secret: the cache of connections holds it, so a snapshot that misses it proves nothing. */
const metadata = createCanary('metadata')
const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
}
const CALL = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'echo', arguments: { text: 'hello' } } }

let plugboard: ListeningPlugboard
let asker: Asker
let recorder: HeapRecorder
let json: FixtureUpstream
let sse: FixtureUpstream

beforeAll(async () => {
  recorder = await createHeapRecorder()
  ;[json, sse, plugboard] = await Promise.all([
    startFixtureUpstream(),
    startFixtureUpstream({ sse: true }),
    startSpawnedPlugboard({ nodeArgs: recorder.nodeArgs }),
  ])
  asker = createAsker(plugboard.url, plugboard.rootKey)
  for (const [id, upstream] of Object.entries({ json, sse })) {
    const mcpUrl = `${upstream.url.href}?token=${query.value}`
    await asker.ask('PUT', `/demo/${id}`, { mcpUrl, headers: { 'X-Api-Key': replaced.value }, metadata: { label: metadata.value } })
    await asker.ask('PUT', `/demo/${id}`, { headers: { 'X-Api-Key': header.value, Authorization: `Bearer ${header.value}` } })
  }
}, 60_000)
afterAll(() => Promise.all([plugboard, json, sse].map((each) => each?.stop())).then(() => recorder.remove()))

async function callEveryWay(id: string, ownSession: Record<string, string>): Promise<number[]> {
  const path = `/connect/demo/${id}/mcp`
  const answers = [
    await asker.askUnkept('POST', `/demo/${id}/.tools/echo`, { text: 'hello' }),
    await asker.askUnkept('POST', '/trpc/tools.invoke', {
      namespace: 'demo',
      connectionId: id,
      tool: 'echo',
      arguments: { text: 'hello' },
    }),
    await asker.askUnkept('POST', path, CALL),
    await asker.askUnkept('POST', path, CALL, ownSession),
  ]
  return answers.map(({ status }) => status)
}

it('a heap snapshot after 1,000 calls, the directory and the log hold no stored credential', async () => {
  const ways: [string, Record<string, string>][] = []
  for (const id of ['json', 'sse']) {
    const opened = await asker.ask('POST', `/connect/demo/${id}/mcp`, INITIALIZE)
    ways.push([id, { 'mcp-session-id': opened.headers.get('mcp-session-id')! }])
  }
  for (let done = 0; done < CALLS; done += 4 * AT_ONCE) {
    const statuses = await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => callEveryWay(...ways[index % 2]!)))
    expect(new Set(statuses.flat())).toEqual(new Set([200]))
  }
  expect(findCanaries(json.requests.at(-1)!.rawHeaders.join(), [header])).toEqual([header.name])

  const heap = await recorder.take(plugboard)
  expect(findCanaries(heap, [header, query, replaced, metadata])).toEqual([metadata.name])
  expect(await findCanariesOnDisk(plugboard.dataDir, [header, query, replaced])).toEqual([])
  expect(findCanaries(plugboard.stderr() + plugboard.stdout(), [header, query, replaced])).toEqual([])
}, 120_000)
