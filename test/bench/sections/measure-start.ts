// How long it takes until somebody is served: the first tool call of a new process, and readiness.
import type { Bench } from '../bench.ts'
import { connectionName } from '../children/request-template.ts'
import { median } from '../measure/median.ts'
import { prepareDataDir } from '../processes/data-dir.ts'
import { startChild } from '../processes/start-child.ts'
import { startServer } from '../processes/start-server.ts'
import type { SectionResult } from '../report/figure.ts'
import { openSession } from '../sessions.ts'

export async function measureStart({ plan, upstream }: Bench): Promise<SectionResult[]> {
  const dataDir = await prepareDataDir(1, upstream.ready)
  const sessionId = await openSession(upstream.ready, 'key')
  const results = { firstCall: [] as number[], ready: [] as number[], bare: [] as number[] }

  async function timeServer(ask: (url: string) => Promise<unknown>): Promise<number> {
    const startedAt = performance.now()
    const server = await startServer(dataDir.path, dataDir.rootKey)
    try {
      await ask(`http://127.0.0.1:${server.port}`)
      return performance.now() - startedAt
    } finally {
      await server.stop()
    }
  }

  async function timeBareProxy(): Promise<number> {
    const startedAt = performance.now()
    const proxy = await startChild<number>('bare-proxy', [String(upstream.ready)])
    try {
      await call(`http://127.0.0.1:${proxy.ready}/session/mcp`, { 'x-api-key': 'key', 'mcp-session-id': sessionId })
      return performance.now() - startedAt
    } finally {
      await proxy.stop()
    }
  }

  const headers = { authorization: `Bearer ${dataDir.rootKey}`, 'mcp-session-id': 'smithery-stateless' }
  try {
    for (let start = 0; start < plan.starts; start++) {
      results.firstCall.push(await timeServer((url) => call(`${url}/connect/demo/${connectionName(0)}/mcp`, headers)))
      results.bare.push(await timeBareProxy())
      results.ready.push(await timeServer((url) => expectOk(fetch(`${url}/readyz`))))
    }
  } finally {
    await dataDir.remove()
  }
  const basis = `median of ${plan.starts} starts`
  const ratio = median(results.firstCall.map((ms, index) => ms / results.bare[index]!))
  return [
    {
      title: 'Start',
      figures: [
        { what: 'second start until /readyz answers', value: median(results.ready), unit: 'ms', aim: { atMost: 3000 }, basis },
        { what: 'start until the first tool result', value: median(results.firstCall), unit: 'ms', basis },
        { what: 'bare proxy: start until the first tool result', value: median(results.bare), unit: 'ms', basis },
        { what: 'first tool result: Plugboard ÷ bare proxy', value: ratio, aim: { atMost: 2 }, basis },
      ],
      raw: results,
    },
  ]
}

const call = (url: string, headers: Record<string, string>) =>
  expectOk(
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'echo', arguments: { nonce: '1' } } }),
    }),
  )

async function expectOk(answer: Promise<Response>): Promise<void> {
  const response = await answer
  const text = await response.text()
  if (!response.ok) throw new Error(`A started process answered ${response.status}: ${text}`)
}
