// An OAuth setting whose Plugboard keeps its data on a libSQL server, and what other processes need to join it.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HostileKnobs } from './hostile-authorization-server.ts'
import { type HranaServer, startHranaServer } from './hrana-server.ts'
import { type OAuthSetting, startOAuthSetting } from './oauth-setting.ts'

export interface SharedSetting extends OAuthSetting {
  database: HranaServer
  /** Whoever is started with it is part of the same service. */
  environment: Record<string, string>
  /** All that anybody wrote to a disk lies below it. */
  folder: string
}

export async function startSharedSetting(knobs: Partial<HostileKnobs> = {}): Promise<SharedSetting> {
  const folder = await mkdtemp(join(tmpdir(), 'plugboard-shared-'))
  const database = await startHranaServer({ path: join(folder, 'shared.db') })
  const environment = {
    DATABASE_URL: database.url,
    SECRETS_KEKS: `k1:${randomBytes(32).toString('base64')}`,
    PLUGBOARD_ROOT_KEY: randomBytes(32).toString('base64url'),
  }
  const setting = await startOAuthSetting(knobs, { environment: { ...environment, DATA_DIR: join(folder, 'first') } })
  return {
    ...setting,
    database,
    environment,
    folder,
    async close() {
      await setting.close()
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
