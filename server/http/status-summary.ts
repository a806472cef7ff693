// What the start page tells: on a laptop enough for a first call, on a server nothing about the
// installation, because the page is public.
import { countConnectionsByState } from '../../db/queries/connections.ts'
import { findConnection } from '../../db/queries/connections.ts'
import { relative } from 'node:path'
import type { House } from '../context/context.ts'
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
  const { config } = house
  const publicUrl = config.publicUrl.origin
  if (!config.laptop) return { mode: 'server', publicUrl, detail: undefined }
  const kind = config.databaseUrl.startsWith('file:') ? 'file' : 'remote'
  const [connections, demo] = await Promise.all([
    countConnectionsByState(house.db),
    findConnection(house.db, { namespace: firstNamespace, connectionId: demoConnection }),
  ])
  const works = demo?.connection.status.state === 'connected'
  return {
    mode: 'laptop',
    publicUrl,
    detail: {
      version: PRODUCT.version,
      uptimeSeconds: (house.now() - startedAtMs) / SECOND_MS,
      database: { kind, reachable: true },
      connections,
      keyFile: rootKeyFile && relative(process.cwd(), rootKeyFile),
      firstCall: works ? { namespace: firstNamespace, connectionId: demoConnection, tool: 'echo', arguments: { message: 'hello' } } : undefined,
    },
  }
}
