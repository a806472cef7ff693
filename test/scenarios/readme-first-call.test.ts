// What README.md tells a reader to type works as it stands there. Only what differs from one machine to
// another is replaced: ports, and npx by the package that it would fetch.
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { transform } from 'esbuild'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { loadRootKey } from '../../server/boot/root-key.ts'
import { DEMO_CONNECTION, FIRST_NAMESPACE } from '../../server/boot/first-run.ts'
import { loadConfig } from '../../server/config/load.ts'
import { banner } from '../../server/http/banner.ts'
import { type RealUpstream, startRealUpstream } from '../support/real-upstream.ts'
import { hasCurl, pasteScript, readmeBlocks } from '../support/readme.ts'
import { type ListeningPlugboard, startSpawnedPlugboard } from '../support/spawn-plugboard.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const REAL_SERVER = '@modelcontextprotocol/server-everything'
/** What the tester exported is not part of what the reader typed. */
const ENVIRONMENT = { PATH: process.env.PATH, NODE_ENV: 'production' as const }

let clone: string
let plugboard: ListeningPlugboard
let everything: RealUpstream

beforeAll(async () => {
  clone = await mkdtemp(join(tmpdir(), 'plugboard-readme-'))
  ;[plugboard, everything] = await Promise.all([
    startSpawnedPlugboard({ dataDir: join(clone, 'data'), env: { DEMO: '1' } }),
    startRealUpstream('everything'),
  ])
})
afterAll(async () => {
  await Promise.all([plugboard?.stop(), everything?.stop()])
  await rm(clone, { recursive: true, force: true })
})

/** The connection of the README's three lines, which is not there when a test starts. */
async function askAboutEverything(method: 'PUT' | 'DELETE', body?: object): Promise<Response> {
  const headers = { authorization: `Bearer ${plugboard.rootKey}`, 'content-type': 'application/json' }
  const url = `${plugboard.url}/connect/${FIRST_NAMESPACE}/everything`
  return fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) })
}
afterEach(async () => {
  await askAboutEverything('DELETE')
})

const here = (text: string) =>
  text
    .replaceAll(/(127\.0\.0\.1|localhost):3000/g, (_found, host: string) => `${host}:${new URL(plugboard.url).port}`)
    .replaceAll('127.0.0.1:3001', everything.url.host)

const paste = (script: string) => pasteScript(here(script), { cwd: clone })

/** A TypeScript block and what its last constant is then, as JSON. */
async function evaluate(typescript: string, result: string): Promise<unknown> {
  const { code } = await transform(`${here(typescript)}\nconsole.log(JSON.stringify(${result}))`, { loader: 'ts' })
  const env = { ...ENVIRONMENT, PLUGBOARD_KEY: plugboard.rootKey }
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], { cwd: root, env })
  return JSON.parse(stdout)
}

describe.skipIf(!hasCurl)('the start', () => {
  it('prints a curl line that calls the demo server', async () => {
    const config = loadConfig({ PUBLIC_URL: plugboard.url, DATA_DIR: plugboard.dataDir })
    const demo = `${FIRST_NAMESPACE}/${DEMO_CONNECTION}`
    const printed = banner({ config, port: config.port, rootKey: loadRootKey(config), setupCode: undefined, demo, showKey: true })
    const [line] = /^ +curl [\s\S]*?(?=\n\n)/m.exec(printed)!
    expect(await paste(line)).toEqual([{ content: [{ type: 'text', text: 'hello' }] }])
  })

  it('connects a real MCP server and calls it in three more lines', async () => {
    const [server, calls] = readmeBlocks('## Start', 'sh')
    expect(server).toBe(`PORT=3001 npx -y ${REAL_SERVER} streamableHttp\n`)
    expect(packageJson.devDependencies).toHaveProperty(REAL_SERVER)
    const [connection, result] = await paste(calls!)
    expect(connection).toMatchObject({ connectionId: 'everything', status: { state: 'connected' } })
    expect(result).toMatchObject({ content: [{ type: 'text', text: 'The sum of 2 and 3 is 5.' }] })
    expect(calls!.trim().split('\n')).toHaveLength(3)
  })
})

it.skipIf(!hasCurl)('the credential of the REST example reaches no answer', async () => {
  const [block] = readmeBlocks('### REST', 'sh')
  const script = block!.replace('https://mcp.example.com/mcp', everything.url.href).replace('"…"', '"a-key-of-the-reader"')
  const answers = await paste(`export PLUGBOARD_KEY="$(cat data/root-key)"\n${script}`)
  expect(answers).toMatchObject([{ status: { state: 'connected' }, metadata: { userId: '123' } }])
  expect(JSON.stringify(answers)).not.toMatch(/a-key-of-the-reader|region=eu/)
})

describe('a client', () => {
  it('calls a tool with the lines about tRPC', async () => {
    const [block] = readmeBlocks('### tRPC', 'ts')
    expect(await evaluate(block!, 'result')).toMatchObject({ structuredContent: { sum: 3 } })
  })

  it('connects with the lines about MCP', async () => {
    expect((await askAboutEverything('PUT', { mcpUrl: everything.url.href })).ok).toBe(true)
    const [block] = readmeBlocks('### MCP', 'ts')
    const imports = [
      `import { Client } from '@modelcontextprotocol/sdk/client/index.js'`,
      `import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'`,
    ]
    const connect = `const client = new Client({ name: 'reader', version: '1' })\nawait client.connect(transport)`
    const session = [...imports, block!, connect, `const { tools } = await client.listTools()\nawait client.close()`].join('\n')
    expect(await evaluate(session, 'tools.map(({ name }) => name)')).toContain('get-sum')
  })

  it('of the hosted service is sent here by the variables of the migration guide', async () => {
    const [block] = readmeBlocks('## Coming from Smithery Connect', 'sh')
    const script = `const { default: Smithery } = await import('@smithery/api')
      const { connections } = await new Smithery().connections.list('${FIRST_NAMESPACE}')
      console.log(JSON.stringify(connections.map(({ connectionId }) => connectionId)))`
    const env = { ...ENVIRONMENT, PLUGBOARD_KEY: plugboard.rootKey, NODE: process.execPath, SCRIPT: script }
    const { stdout } = await run('sh', ['-e', '-c', `${here(block!)}\nexec "$NODE" --input-type=module -e "$SCRIPT"`], { cwd: root, env })
    expect(JSON.parse(stdout)).toContain(DEMO_CONNECTION)
  })
})

it('a server starts with the settings of the line about operating one', async () => {
  const [block] = readmeBlocks('## Operating it', 'sh')
  const [makeKey, start] = block!.trim().split('\n')
  expect(makeKey).toBe('openssl rand -base64 32 > kek && chmod 600 kek')
  const kek = join(clone, 'kek')
  await writeFile(kek, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
  expect(start).toMatch(/ HOST=0\.0\.0\.0 .* npm start$/)
  const settings = Object.fromEntries([...start!.matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name, value]))
  // Tests listen on loopback; PUBLIC_URL alone makes this a server.
  const env = { ...settings, HOST: '127.0.0.1', SECRETS_KEK_FILE: kek, DATA_DIR: join(clone, 'server-data') }
  const server = await startSpawnedPlugboard({ dataDir: join(clone, 'server-data'), env })
  try {
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    // Under another name than PUBLIC_URL's it does not serve: a laptop would.
    expect((await fetch(`${server.url}/openapi.json`)).status).toBe(403)
  } finally {
    await server.stop()
  }
})
