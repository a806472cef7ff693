// Programs that people point at an MCP server, at the endpoint of a namespace: with a key, and signing somebody in by themselves.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DOCUMENT_ORIGIN, startDocumentServer } from '../support/document-server.ts'
import { startRealUpstream } from '../support/real-upstream.ts'
import { TEST_CERTIFICATE } from '../support/tls-certificate.ts'
import { installPackages } from './install-packages.ts'
import { askInspector, askThroughRemote, canRunPrograms, dependencies, type Programs } from './programs.ts'
import { spoilAccessToken } from './spoil-access-token.ts'
import { type Browser, startBrowser } from './start-browser.ts'
import { findFreePort, startPlugboard } from './start-plugboard.ts'

type Verdict = [what: string, isGood: boolean]

const LIST = ['--method', 'tools/list']
const CALL = ['--method', 'tools/call', '--tool-name', 'everything.get-sum', '--tool-arg', 'a=2', 'b=40']

/** Who they are without registering (Client ID Metadata Documents). */
const DESCRIBED = {
  client_id: `${DOCUMENT_ORIGIN}/client.json`,
  client_name: 'A described program',
  redirect_uris: ['http://localhost/oauth/callback', 'http://127.0.0.1/oauth/callback'],
}

/** What each program did, and whether all did what they should. */
export async function runAgents(stop: AbortSignal): Promise<boolean> {
  const modules = await installPackages({ folder: 'agents', dependencies, canRun: canRunPrograms(stop), signal: stop })
  const home = await mkdtemp(path.join(tmpdir(), 'plugboard-conformance-home-'))
  const authority = path.join(home, 'authority.pem')
  await writeFile(authority, TEST_CERTIFICATE)
  const documents = await startDocumentServer()
  documents.serve('/client.json', { body: DESCRIBED })
  const plugboard = await startPlugboard(stop, { ...documents.environment, NODE_EXTRA_CA_CERTS: authority })
  const upstream = await startRealUpstream('everything')
  try {
    await plugboard.connect('everything', { mcpUrl: upstream.url.href })
    const browser = await startBrowser(plugboard, 'everything')
    try {
      const environment = { ...browser.environment, MCP_AUTO_OPEN_ENABLED: 'true' }
      const url = new URL('/mcp/conformance', plugboard.origin)
      const programs = (folder: string): Programs => ({ modules, home: path.join(home, folder), url, environment, stop })
      return report([
        ...(await withKey(programs('key'), plugboard.key)),
        ...(await remoteSignsIn(programs('remote'), browser)),
        ...(await inspectorSignsIn(programs('inspector'), browser)),
        ...(await describedSignIn(programs('described'), browser)),
      ])
    } finally {
      await browser.close()
    }
  } finally {
    await Promise.all([plugboard.close(), upstream.stop(), documents.stop(), rm(home, { recursive: true, force: true })])
  }
}

function report(verdicts: readonly Verdict[]): boolean {
  for (const [what, isGood] of verdicts) console.log(`${isGood ? 'ok  ' : 'FAIL'} ${what}`)
  return verdicts.every(([, isGood]) => isGood)
}

async function withKey(programs: Programs, key: string): Promise<Verdict[]> {
  const header = ['--header', `Authorization: Bearer ${key}`]
  return [
    ['Inspector lists', (await askInspector(programs, header, LIST)).includes('everything.echo')],
    ['Inspector calls', (await askInspector(programs, header, CALL)).includes('42')],
    ['mcp-remote lists and calls', await askThroughRemote(programs, header)],
  ]
}

/** Each start is a new process: what it knows of the one before is in its folder. */
async function remoteSignsIn(programs: Programs, browser: Browser): Promise<Verdict[]> {
  const before = browser.clients.length
  const first = await askThroughRemote(programs, [])
  const second = await askThroughRemote(programs, [])
  await spoilAccessToken(programs.home)
  const third = await askThroughRemote(programs, [])
  return [
    ['mcp-remote registers, signs somebody in, lists and calls', first],
    ['mcp-remote starts again with the token that it kept', second],
    ['mcp-remote renews a token that is not taken any more', third],
    ['mcp-remote opened a browser once', browser.clients.length - before === 1],
  ]
}

async function inspectorSignsIn(programs: Programs, browser: Browser): Promise<Verdict[]> {
  const before = browser.clients.length
  const callback = await callbackOption()
  return [
    ['Inspector registers, signs somebody in and lists', (await askInspector(programs, callback, LIST)).includes('everything.echo')],
    ['Inspector calls with the token that it kept', (await askInspector(programs, callback, CALL)).includes('42')],
    ['Inspector opened a browser once', browser.clients.length - before === 1],
  ]
}

async function describedSignIn(programs: Programs, browser: Browser): Promise<Verdict[]> {
  const before = browser.clients.length
  const document = ['--client-metadata-url', DESCRIBED.client_id]
  const remote = await askThroughRemote(programs, document)
  const inspector = await askInspector(programs, [...document, ...(await callbackOption())], LIST)
  const clients = browser.clients.slice(before)
  return [
    ['mcp-remote signs somebody in with a metadata document', remote && clients[0] === DESCRIBED.client_id],
    ['Inspector signs somebody in with a metadata document', inspector.includes('everything.echo') && clients[1] === DESCRIBED.client_id],
  ]
}

const callbackOption = async () => ['--callback-url', `http://127.0.0.1:${await findFreePort()}/oauth/callback`]
