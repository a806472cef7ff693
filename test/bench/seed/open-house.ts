// The services without a listener: to fill a database, or to measure a use case by itself.
import { loadConfig } from '../../../server/config/load.ts'
import { systemNow } from '../../../server/lib/clock.ts'
import { silentLogger } from '../../../server/lib/logger.ts'
import { createServices, type Services } from '../../../server/services.ts'

export const openHouse = (dataDir: string, rootKey: string): Promise<Services> =>
  createServices({
    config: loadConfig({ DATA_DIR: dataDir, DEMO: '0', PLUGBOARD_ROOT_KEY: rootKey }, dataDir),
    now: systemNow,
    log: silentLogger,
    ownListeners: () => [],
  })
