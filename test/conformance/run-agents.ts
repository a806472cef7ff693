// Programs that people point at an MCP server, unmodified, at the endpoint of a namespace: the Inspector's command line, and mcp-remote,
// which lends a remote server to clients that speak over pipes.
import path from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { startRealUpstream } from '../support/real-upstream.ts'
import { startProcess } from './child-process.ts'
import { installPackages, saysVersion } from './install-packages.ts'
import { startPlugboard } from './start-plugboard.ts'

const dependencies = { '@modelcontextprotocol/inspector': '2.12.0', 'mcp-remote': '0.15.1', node: '22' }

interface Setting {
  /** Their node_modules. */
  modules: string
  url: URL
  key: string
  stop: AbortSignal
}

/** What each program did, and whether all did what they should. */
export async function runAgents(stop: AbortSignal): Promise<boolean> {
  const canRun = (modules: string) => saysVersion(nodeIn(modules), inspectorIn(modules), stop)
  const modules = await installPackages({ folder: 'agents', dependencies, canRun, signal: stop })
  const [plugboard, upstream] = await Promise.all([startPlugboard(stop), startRealUpstream('everything')])
  try {
    await plugboard.connect('everything', { mcpUrl: upstream.url.href })
    const setting = { modules, url: new URL('/mcp/conformance', plugboard.mcpUrlOf('everything')), key: plugboard.key, stop }
    const listed = await askInspector(setting, ['--method', 'tools/list'])
    const called = await askInspector(setting, ['--method', 'tools/call', '--tool-name', 'everything.get-sum', '--tool-arg', 'a=2', 'b=40'])
    const lent = await askThroughRemote(setting)
    const verdicts = { 'Inspector lists': listed.includes('everything.echo'), 'Inspector calls': called.includes('42'), 'mcp-remote lists and calls': lent }
    for (const [what, isGood] of Object.entries(verdicts)) console.log(`${isGood ? 'ok  ' : 'FAIL'} ${what}`)
    return Object.values(verdicts).every(Boolean)
  } finally {
    await Promise.all([plugboard.close(), upstream.stop()])
  }
}

const nodeIn = (modules: string) => path.join(modules, '.bin/node')
const inspectorIn = (modules: string) => path.join(modules, '.bin/mcp-inspector')

async function askInspector({ modules, url, key, stop }: Setting, question: readonly string[]): Promise<string> {
  const target = ['--cli', url.href, '--transport', 'http', '--header', `Authorization: Bearer ${key}`]
  const inspector = startProcess(nodeIn(modules), [inspectorIn(modules), ...target, ...question], { env: homeOf(modules), signal: stop })
  const code = await inspector.exited
  if (code !== 0) console.log(inspector.output())
  return code === 0 ? inspector.output() : ''
}

async function askThroughRemote({ modules, url, key }: Setting): Promise<boolean> {
  const client = new Client({ name: 'plugboard-conformance', version: '1.0.0' })
  const args = [path.join(modules, '.bin/mcp-remote'), url.href, '--allow-http', '--transport', 'http-only', '--header', `Authorization: Bearer ${key}`]
  await client.connect(new StdioClientTransport({ command: nodeIn(modules), args, env: homeOf(modules), stderr: 'ignore' }))
  try {
    const { tools } = await client.listTools()
    const sum = await client.callTool({ name: 'everything.get-sum', arguments: { a: 2, b: 40 } })
    return tools.some(({ name }) => name === 'everything.echo') && JSON.stringify(sum).includes('42')
  } finally {
    await client.close()
  }
}

/** Both keep settings in the home folder, and shall not touch anybody's. */
const homeOf = (modules: string) => ({ PATH: process.env.PATH ?? '', HOME: path.join(modules, '.home') })
