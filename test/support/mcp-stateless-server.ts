// An MCP server that speaks 2026-07-28 and nothing older, made with the official SDK.
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { createMcpHandler, createRequestStateCodec, type McpHttpHandler } from '@modelcontextprotocol/server'
import { createFixtureMcp } from '../fixtures/conformance-server/create-fixture-mcp.ts'
import type { RoundState } from '../fixtures/conformance-server/input-required-tools.ts'
import type { RealUpstream } from './real-upstream.ts'

export interface StatelessServer extends RealUpstream {
  /** Tells subscribers of changes. */
  notify: McpHttpHandler['notify']
}

export async function startStatelessServer(): Promise<StatelessServer> {
  const states = createRequestStateCodec<RoundState>({ key: randomBytes(32) })
  const handler: McpHttpHandler = createMcpHandler(() => createFixtureMcp(states, handler.notify), { legacy: 'reject' })
  const listener = createServer(getRequestListener((request) => handler.fetch(request), { overrideGlobalObjects: false }))
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done))
  return {
    url: new URL(`http://127.0.0.1:${(listener.address() as AddressInfo).port}/mcp`),
    sse: false,
    notify: handler.notify,
    async stop() {
      const closed = new Promise((done) => listener.close(done))
      await handler.close()
      listener.closeAllConnections()
      await closed
    },
  }
}
