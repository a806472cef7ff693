// The suite is no dependency of ours: it needs a newer Node than we do, and brings 100 packages. It is installed once, beside
// the cache of other tools, together with a Node that runs it.
import { access, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { startProcess } from './child-process.ts'

const cacheDir = path.resolve(import.meta.dirname, '../../node_modules/.cache/plugboard-conformance')

export interface InstalledSuite {
  /** The program that runs it. */
  node: string
  /** The suite's command line. */
  cli: string
}

/** Installs one version of the suite from npm, unless it is there. */
export async function installSuite(version: string, signal: AbortSignal): Promise<InstalledSuite> {
  const cwd = path.join(cacheDir, version)
  const suite = {
    node: path.join(cwd, 'node_modules/.bin/node'),
    cli: path.join(cwd, 'node_modules/@modelcontextprotocol/conformance/dist/index.js'),
  }
  if (await canRun(suite, signal)) return suite

  console.log(`Installing the conformance suite ${version} from npm…`)
  await mkdir(cwd, { recursive: true })
  const dependencies = { '@modelcontextprotocol/conformance': version, node: '22' }
  await writeFile(path.join(cwd, 'package.json'), JSON.stringify({ private: true, dependencies }))
  const npm = startProcess('npm', ['install', '--no-audit', '--no-fund'], { cwd, signal })
  if ((await npm.exited) !== 0 || !(await canRun(suite, signal))) {
    throw new Error(`The conformance suite ${version} could not be installed:\n${npm.output()}`)
  }
  return suite
}

/** An installation that was interrupted leaves files but does not run. */
async function canRun({ node, cli }: InstalledSuite, signal: AbortSignal): Promise<boolean> {
  try {
    await Promise.all([access(node), access(cli)])
    return (await startProcess(node, [cli, '--version'], { signal }).exited) === 0
  } catch {
    signal.throwIfAborted()
    return false
  }
}
