// What the start page tells: on a laptop enough for a first call, on a server nothing about the
// installation, because the page is public.
import { relative } from 'node:path'
import type { House } from '../context/context.ts'
import { readInstallation } from '../installation/read-installation.ts'
import { PRODUCT } from '../lib/product.ts'
import { SECOND_MS } from '../lib/units.ts'
import type { StatusSummary } from './page-context.ts'

export interface StatusSource {
  house: House
  startedAtMs: number
  firstNamespace: string
  demoConnection: string
  rootKeyFile: string | undefined
}

export async function readStatus({ house, startedAtMs, firstNamespace, demoConnection, rootKeyFile }: StatusSource): Promise<StatusSummary> {
  const publicUrl = house.config.publicUrl.origin
  if (!house.config.laptop) return { mode: 'server', publicUrl, detail: undefined }
  const demo = { namespace: firstNamespace, connectionId: demoConnection }
  const { database, connections, demoWorks } = await readInstallation(house, demo)
  return {
    mode: 'laptop',
    publicUrl,
    detail: {
      version: PRODUCT.version,
      uptimeSeconds: (house.now() - startedAtMs) / SECOND_MS,
      database: { kind: database, reachable: true },
      connections,
      keyFile: rootKeyFile && fromHere(rootKeyFile),
      firstCall: demoWorks ? { ...demo, tool: 'echo', arguments: { message: 'hello' } } : undefined,
    },
  }
}

/** As one would type it in the directory where Plugboard was started. */
function fromHere(path: string): string {
  const short = relative(process.cwd(), path)
  return short.startsWith('..') ? path : short
}
