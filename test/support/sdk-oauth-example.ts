// The MCP SDK's example server with `--oauth`: an authorization server and an MCP server behind it, in one process, neither
// of them ours. Both are told their ports, because they name themselves by them.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

const program = resolve(import.meta.dirname, '../../node_modules/@modelcontextprotocol/sdk/dist/esm/examples/server/simpleStreamableHttp.js')

export interface SdkOAuthExample {
  url: string
  close(): Promise<void>
}

export async function startSdkOAuthExample(): Promise<SdkOAuthExample> {
  const [port, authPort] = await freePorts()
  const child = spawn(process.execPath, [program, '--oauth-strict', '--oauth'], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', MCP_PORT: String(port), MCP_AUTH_PORT: String(authPort) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const close = async () => {
    child.kill('SIGKILL')
    await exited
  }
  const waiting = new Set([`MCP Streamable HTTP Server listening on port ${port}`, `OAuth Authorization Server listening on port ${authPort}`])
  // Until both have said so; the rest of what it prints is read and dropped, or the pipe would fill.
  const lines = createInterface(child.stdout)
  await new Promise<void>((ready, fail) => {
    lines.on('line', (line) => waiting.delete(line) && waiting.size === 0 && ready())
    void exited.then(() => fail(new Error('the example server ended before it listened')))
  })
  return { url: `http://localhost:${port}/mcp`, close }
}

/** Both held at the same time, so that they differ. */
async function freePorts(): Promise<[number, number]> {
  const probes = [createServer(), createServer()]
  await Promise.all(probes.map((probe) => once(probe.listen(0), 'listening')))
  const ports = probes.map((probe) => (probe.address() as AddressInfo).port)
  await Promise.all(probes.map((probe) => once(probe.close(), 'close')))
  return [ports[0]!, ports[1]!]
}
