// MCP servers as they come from npm, each in a process of its own on a free port of loopback.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const modules = resolve(import.meta.dirname, '../../node_modules')
const preload = pathToFileURL(resolve(import.meta.dirname, 'listen-on-free-port.mjs')).href
const example = (name: string) => ({
  script: `@modelcontextprotocol/sdk/dist/esm/examples/server/${name}.js`,
  args: [] as string[],
  path: '/mcp',
  sse: false,
})

const EVERYTHING = '@modelcontextprotocol/server-everything/dist/index.js'

/** What to run, and where its MCP endpoint is. */
const programs = {
  everything: { script: EVERYTHING, args: ['streamableHttp'], path: '/mcp', sse: false },
  everythingOverSse: { script: EVERYTHING, args: ['sse'], path: '/sse', sse: true },
  // Playwright compares the Host header with the port that it was told, which is not the one it gets.
  playwright: { script: '@playwright/mcp/cli.js', args: ['--port', '1', '--headless', '--allowed-hosts', '*'], path: '/mcp', sse: false },
  statelessExample: example('simpleStatelessStreamableHttp'),
  jsonExample: example('jsonResponseStreamableHttp'),
  pollingExample: example('ssePollingExample'),
  elicitationExample: example('elicitationFormExample'),
  sseExample: { ...example('simpleSseServer'), sse: true },
}

export type RealUpstreamName = keyof typeof programs

export interface RealUpstream {
  url: URL
  /** It speaks HTTP+SSE, the transport of 2024-11-05. */
  sse: boolean
  stop(): Promise<void>
}

/** Resolves when it listens; rejects with its last words if it ends before. */
export async function startRealUpstream(name: RealUpstreamName): Promise<RealUpstream> {
  const { script, args, path, sse } = programs[name]
  const child = spawn(process.execPath, ['--import', preload, resolve(modules, script), ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let said = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => void (said = (said + text).slice(-4000)))
  const exited = once(child, 'exit')
  const listening = once(child, 'message') as Promise<[{ port: number }]>
  const [first] = await Promise.race([
    listening,
    exited.then(() => {
      throw new Error(`${script} ended before it listened:\n${said}`)
    }),
  ])
  return {
    url: new URL(`http://127.0.0.1:${first.port}${path}`),
    sse,
    async stop() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
