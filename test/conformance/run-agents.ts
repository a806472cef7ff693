// Programs that people point at an MCP server, at the endpoint of a namespace: with a key, and signing somebody in by themselves.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startRealUpstream } from '../support/real-upstream.ts'
import { installPackages } from './install-packages.ts'
import { askInspector, askThroughRemote, canRunPrograms, dependencies, type Programs } from './programs.ts'
import { spoilAccessToken } from './spoil-access-token.ts'
import { type Browser, startBrowser } from './start-browser.ts'
import { findFreePort, startPlugboard } from './start-plugboard.ts'

type Verdict = [what: string, isGood: boolean]

const LIST = ['--method', 'tools/list']
const CALL = ['--method', 'tools/call', '--tool-name', 'everything.get-sum', '--tool-arg', 'a=2', 'b=40']

/** What each program did, and whether all did what they should. */
export async function runAgents(stop: AbortSignal): Promise<boolean> {
  const modules = await installPackages({ folder: 'agents', dependencies, canRun: canRunPrograms(stop), signal: stop })
  const home = await mkdtemp(path.join(tmpdir(), 'plugboard-conformance-home-'))
  const [plugboard, upstream] = await Promise.all([startPlugboard(stop), startRealUpstream('everything')])
  try {
    await plugboard.connect('everything', { mcpUrl: upstream.url.href })
    const url = new URL('/mcp/conformance', plugboard.origin)
    const programs = (folder: string, environment = {}): Programs => ({ modules, home: path.join(home, folder), url, environment, stop })
    const verdicts = await withKey(programs('key'), plugboard.key)
    const browser = await startBrowser(plugboard, 'everything')
    try {
      const signingIn = (folder: string) => programs(folder, { ...browser.environment, MCP_AUTO_OPEN_ENABLED: 'true' })
      verdicts.push(...(await remoteSignsIn(signingIn('remote'), browser)), ...(await inspectorSignsIn(signingIn('inspector'), browser)))
    } finally {
      await browser.close()
    }
    for (const [what, isGood] of verdicts) console.log(`${isGood ? 'ok  ' : 'FAIL'} ${what}`)
    return verdicts.every(([, isGood]) => isGood)
  } finally {
    await Promise.all([plugboard.close(), upstream.stop(), rm(home, { recursive: true, force: true })])
  }
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
  const before = browser.visits()
  const first = await askThroughRemote(programs, [])
  const second = await askThroughRemote(programs, [])
  await spoilAccessToken(programs.home)
  const third = await askThroughRemote(programs, [])
  return [
    ['mcp-remote registers, signs somebody in, lists and calls', first],
    ['mcp-remote starts again with the token that it kept', second],
    ['mcp-remote renews a token that is not taken any more', third],
    ['mcp-remote opened a browser once', browser.visits() - before === 1],
  ]
}

async function inspectorSignsIn(programs: Programs, browser: Browser): Promise<Verdict[]> {
  const before = browser.visits()
  const callback = ['--callback-url', `http://127.0.0.1:${await findFreePort()}/oauth/callback`]
  return [
    ['Inspector registers, signs somebody in and lists', (await askInspector(programs, callback, LIST)).includes('everything.echo')],
    ['Inspector calls with the token that it kept', (await askInspector(programs, callback, CALL)).includes('42')],
    ['Inspector opened a browser once', browser.visits() - before === 1],
  ]
}
