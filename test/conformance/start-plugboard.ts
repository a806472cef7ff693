// A Plugboard as `npm start` runs it, but alone: its own data folder, its own port, no demo.
import { randomBytes } from 'node:crypto'
import { access, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startProcess, type StartedProcess } from './child-process.ts'

const main = path.resolve(import.meta.dirname, '../../build/plugboard/main.js')
const namespace = 'conformance'
const startLimitMs = 30_000
const stopLimitMs = 10_000

export interface ConnectionStatus {
  state: string
  setupUrl?: string
}

export interface ShownConnection {
  status: ConnectionStatus
}

export interface RunningPlugboard {
  origin: string
  key: string
  /** What makes its owner of whoever types it. */
  readSetupCode(): Promise<string>
  connect(connectionId: string, input: { mcpUrl: string; [name: string]: unknown }): Promise<ShownConnection>
  readConnection(connectionId: string): Promise<ShownConnection>
  /** The connection's MCP endpoint. */
  mcpUrlOf(connectionId: string): URL
  /** Throws, with its last words, if the process has ended by itself. */
  requireAlive(): void
  close(): Promise<void>
}

/** Starts the built Plugboard on a laptop's terms. */
export async function startPlugboard(stop: AbortSignal, environment: Record<string, string> = {}): Promise<RunningPlugboard> {
  await access(main).catch(() => Promise.reject(new Error(`${main} is missing: run \`npm run build\` first`)))
  const key = `plug_conformance_${randomBytes(32).toString('base64url')}`
  const dataDir = await mkdtemp(path.join(tmpdir(), 'plugboard-conformance-data-'))
  const port = await findFreePort()
  const own = { DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1', DEMO: '0', PLUGBOARD_ROOT_KEY: key, NODE_ENV: 'production' }
  const env = { ...own, ...environment }
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

  const pathOf = (connectionId: string) => `/connect/${namespace}/${connectionId}`
  try {
    await waitUntilReady(origin, server)
    await send('PUT', `${origin}/namespaces/${namespace}`, key, {})
  } catch (error) {
    await close()
    throw new Error(`Plugboard did not come up:\n${server.output()}`, { cause: error })
  }
  return {
    origin,
    key,
    readSetupCode: async () => (await readFile(path.join(dataDir, 'setup-code'), 'utf8')).trim(),
    connect: (connectionId, input) => send('PUT', origin + pathOf(connectionId), key, input) as Promise<ShownConnection>,
    readConnection: (connectionId) => send('GET', origin + pathOf(connectionId), key) as Promise<ShownConnection>,
    mcpUrlOf: (connectionId) => new URL(`${pathOf(connectionId)}/mcp`, origin),
    requireAlive,
    close,
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

async function send(method: string, url: string, key: string, body?: unknown): Promise<unknown> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const answer = await fetch(url, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
  if (!answer.ok) throw new Error(`${method} ${new URL(url).pathname} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}

export async function findFreePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
