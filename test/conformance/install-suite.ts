// The suite is no dependency of ours: it needs a newer Node than we do, and brings 100 packages. It comes with a Node that runs it.
import path from 'node:path'
import { installPackages, saysVersion } from './install-packages.ts'

export interface InstalledSuite {
  /** The program that runs it. */
  node: string
  /** The suite's command line. */
  cli: string
}

const suiteIn = (modules: string): InstalledSuite => ({
  node: path.join(modules, '.bin/node'),
  cli: path.join(modules, '@modelcontextprotocol/conformance/dist/index.js'),
})

/** Installs one version of the suite from npm, unless it is there. */
export async function installSuite(version: string, signal: AbortSignal): Promise<InstalledSuite> {
  const canRun = (modules: string) => saysVersion(suiteIn(modules).node, suiteIn(modules).cli, signal)
  const dependencies = { '@modelcontextprotocol/conformance': version, node: '22' }
  return suiteIn(await installPackages({ folder: version, dependencies, canRun, signal }))
}
