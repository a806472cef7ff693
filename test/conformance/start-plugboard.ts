// A Plugboard as `npm start` runs it, but alone: its own data folder, its own port, no demo, and one connection to the fixture.
import { randomBytes } from 'node:crypto'
import { access, mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startProcess, type StartedProcess } from './child-process.ts'

const main = path.resolve(import.meta.dirname, '../../build/plugboard/main.js')
const namespace = 'conformance'
const connectionId = 'fixture'
const startLimitMs = 30_000
const stopLimitMs = 10_000

export interface RunningPlugboard {
  /** The connection's MCP endpoint. */
  mcpUrl: URL
  key: string
  /** Throws, with its last words, if the process has ended by itself. */
  requireAlive(): void
  close(): Promise<void>
}

/** Starts the built Plugboard on a laptop's terms and connects it to the given upstream. */
export async function startPlugboard(upstream: URL, stop: AbortSignal): Promise<RunningPlugboard> {
  await access(main).catch(() => Promise.reject(new Error(`${main} is missing: run \`npm run build\` first`)))
  const key = `plug_conformance_${randomBytes(32).toString('base64url')}`
  const dataDir = await mkdtemp(path.join(tmpdir(), 'plugboard-conformance-data-'))
  const port = await findFreePort()
  const env = { DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1', DEMO: '0', PLUGBOARD_ROOT_KEY: key, NODE_ENV: 'production' }
  const server = startProcess(process.execPath, [main], { env, signal: stop })
  const origin = `http://127.0.0.1:${port}`

  function requireAlive(): void {
    const { exitCode, signalCode } = server.child
    if (exitCode === null && signalCode === null) return
    throw new Error(`Plugboard ended during the run (${exitCode ?? signalCode}):\n${server.output()}`)
  }

  async function close(): Promise<void> {
    server.child.kill('SIGTERM')
    const late = setTimeout(() => server.child.kill('SIGKILL'), stopLimitMs)
    await server.exited.catch(() => null)
    clearTimeout(late)
    await rm(dataDir, { recursive: true, force: true })
  }

  try {
    await waitUntilReady(origin, server)
    await put(`${origin}/namespaces/${namespace}`, key, {})
    await put(`${origin}/connect/${namespace}/${connectionId}`, key, { mcpUrl: upstream.href })
    return { mcpUrl: new URL(`/connect/${namespace}/${connectionId}/mcp`, origin), key, requireAlive, close }
  } catch (error) {
    await close()
    throw new Error(`Plugboard did not come up with its connection:\n${server.output()}`, { cause: error })
  }
}

async function waitUntilReady(origin: string, server: StartedProcess): Promise<void> {
  const deadline = AbortSignal.timeout(startLimitMs)
  while (!deadline.aborted && server.child.exitCode === null) {
    const answer = await fetch(`${origin}/readyz`, { signal: deadline }).catch(() => undefined)
    if (answer?.ok) return
    await pause(100)
  }
  throw new Error(server.child.exitCode === null ? 'It was not ready in time' : `It exited with ${server.child.exitCode}`)
}

async function put(url: string, key: string, body: unknown): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'PUT', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`PUT ${new URL(url).pathname} answered ${answer.status}: ${await answer.text()}`)
}

async function findFreePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
