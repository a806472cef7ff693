// Programs that people point at an MCP server, unmodified: the Inspector's command line, and mcp-remote, which lends a remote
// server to clients that speak over pipes.
import path from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { startProcess } from './child-process.ts'
import { saysVersion } from './install-packages.ts'

export const dependencies = { '@modelcontextprotocol/inspector': '2.12.0', 'mcp-remote': '0.15.1', node: '22' }

export interface Programs {
  /** Their node_modules. */
  modules: string
  /** Where they keep what they remember; nobody's own home folder. */
  home: string
  url: URL
  environment: Record<string, string>
  stop: AbortSignal
}

const nodeIn = (modules: string) => path.join(modules, '.bin/node')
const inspectorIn = (modules: string) => path.join(modules, '.bin/mcp-inspector')

export const canRunPrograms = (stop: AbortSignal) => (modules: string) => saysVersion(nodeIn(modules), inspectorIn(modules), stop)

/** No keychain of whoever runs this. */
const environmentOf = ({ home, environment }: Programs) => ({ PATH: process.env.PATH ?? '', HOME: home, MCP_INSPECTOR_SECRET_STORE: 'file', ...environment })

/** Everything that it printed; empty if it failed. */
export async function askInspector(programs: Programs, how: readonly string[], question: readonly string[]): Promise<string> {
  const { modules, url, stop } = programs
  const args = [inspectorIn(modules), '--cli', url.href, '--transport', 'http', ...how, ...question]
  const inspector = startProcess(nodeIn(modules), args, { env: environmentOf(programs), signal: stop })
  const code = await inspector.exited
  if (code !== 0) console.log(inspector.output())
  return code === 0 ? inspector.output() : ''
}

/** A client that speaks to it over pipes lists tools and calls one: whether both went well. */
export async function askThroughRemote(programs: Programs, how: readonly string[]): Promise<boolean> {
  const { modules, url, stop } = programs
  const args = [path.join(modules, '.bin/mcp-remote'), url.href, '--allow-http', '--transport', 'http-only', ...how]
  const transport = new StdioClientTransport({ command: nodeIn(modules), args, env: environmentOf(programs), stderr: 'pipe' })
  let printed = ''
  transport.stderr?.on('data', (chunk: Buffer) => void (printed += chunk.toString()))
  const client = new Client({ name: 'plugboard-conformance', version: '1.0.0' })
  try {
    await client.connect(transport, { signal: stop })
    const { tools } = await client.listTools()
    const sum = await client.callTool({ name: 'everything.get-sum', arguments: { a: 2, b: 40 } })
    return tools.some(({ name }) => name === 'everything.echo') && JSON.stringify(sum).includes('42')
  } catch (error) {
    console.log(`${String(error)}\n${printed}`)
    return false
  } finally {
    await client.close()
  }
}
