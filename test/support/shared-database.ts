// A database that several Plugboards share, and what each of them is started with.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type HranaServer, startHranaServer } from './hrana-server.ts'

export interface SharedDatabase extends HranaServer {
  /** Whoever is started with it is part of the same service. */
  environment: { DATABASE_URL: string; SECRETS_KEKS: string; PLUGBOARD_ROOT_KEY: string }
  /** It lies in there, and so may what else is written to a disk. */
  folder: string
}

export async function startSharedDatabase(): Promise<SharedDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'plugboard-shared-'))
  const server = await startHranaServer({ path: join(folder, 'shared.db') })
  return {
    ...server,
    folder,
    environment: {
      DATABASE_URL: server.url,
      SECRETS_KEKS: `k1:${randomBytes(32).toString('base64')}`,
      PLUGBOARD_ROOT_KEY: randomBytes(32).toString('base64url'),
    },
    async close() {
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
