// An OAuth setting whose Plugboard keeps its data on a libSQL server, and what other processes need to join it.
import { join } from 'node:path'
import type { HostileKnobs } from './hostile-authorization-server.ts'
import { type OAuthSetting, startOAuthSetting } from './oauth-setting.ts'
import { type SharedDatabase, startSharedDatabase } from './shared-database.ts'

export interface SharedSetting extends OAuthSetting {
  database: SharedDatabase
  environment: SharedDatabase['environment']
  /** All that anybody wrote to a disk lies below it. */
  folder: string
}

export async function startSharedSetting(knobs: Partial<HostileKnobs> = {}): Promise<SharedSetting> {
  const database = await startSharedDatabase()
  const { environment, folder } = database
  const setting = await startOAuthSetting(knobs, { environment: { ...environment, DATA_DIR: join(folder, 'first') } })
  return {
    ...setting,
    database,
    environment,
    folder,
    async close() {
      await setting.close()
      await database.close()
    },
  }
}
