// What the harness runs and we do not depend on is installed from npm once, beside the cache of other tools.
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { startProcess } from './child-process.ts'

const cacheDir = path.resolve(import.meta.dirname, '../../node_modules/.cache/plugboard-conformance')

export interface PackagesToInstall {
  /** Of its own, below the cache. */
  folder: string
  /** Name and version. */
  dependencies: Record<string, string>
  /** An installation that was interrupted leaves files but does not run. */
  canRun(modules: string): Promise<boolean>
  signal: AbortSignal
}

/** Their node_modules, installed unless they are there. */
export async function installPackages({ folder, dependencies, canRun, signal }: PackagesToInstall): Promise<string> {
  const cwd = path.join(cacheDir, folder)
  const modules = path.join(cwd, 'node_modules')
  if (await canRun(modules)) return modules

  const names = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`).join(', ')
  console.log(`Installing from npm: ${names}…`)
  await mkdir(cwd, { recursive: true })
  await writeFile(path.join(cwd, 'package.json'), JSON.stringify({ private: true, dependencies }))
  const npm = startProcess('npm', ['install', '--no-audit', '--no-fund'], { cwd, signal })
  if ((await npm.exited) !== 0 || !(await canRun(modules))) throw new Error(`${names} could not be installed:\n${npm.output()}`)
  return modules
}

/** Whether this program of theirs can say its version. */
export async function saysVersion(node: string, program: string, signal: AbortSignal): Promise<boolean> {
  try {
    return (await startProcess(node, [program, '--version'], { signal }).exited) === 0
  } catch {
    signal.throwIfAborted()
    return false
  }
}
