// Processes on one database, and callers at each of them, when a token ends: in front of a server that ends the grant if a
// refresh token is shown twice.
import { join } from 'node:path'
import { SECOND_MS } from '../../server/lib/units.ts'
import { startSharedSetting } from './shared-setting.ts'
import { startSpawnedPlugboard } from './spawn-plugboard.ts'

export interface Storm {
  processes: number
  callers: number
  /** How often the token ends. */
  rounds: number
}

export interface StormOutcome {
  /** Requests to the token endpoint, for each time the token ended. */
  tokenRequests: number[]
  reuses: number
  /** What callers were answered, each status once. */
  statuses: number[]
  calls: number
}

const LIFE_MS = 300 * SECOND_MS

export async function stormOnToken({ processes, callers, rounds }: Storm): Promise<StormOutcome> {
  const setting = await startSharedSetting({ rotation: 'strict' })
  const { authorization, environment, folder, plugboard } = setting
  await setting.connectAndConsent()
  const starting = Array.from({ length: processes }, (_, index) =>
    startSpawnedPlugboard({ env: environment, dataDir: join(folder, `process-${index}`), movableClock: true }),
  )
  try {
    const running = await Promise.all(starting)
    const call = async (url: string) => {
      const response = await fetch(`${url}/acme/wiki/.tools/echo`, {
        method: 'POST',
        headers: { authorization: `Bearer ${plugboard.key}`, 'content-type': 'application/json' },
        body: '{"message":"hello"}',
      })
      await response.arrayBuffer()
      return response.status
    }
    const tokenRequests: number[] = []
    const statuses: number[] = []
    for (let round = 0; round < rounds; round++) {
      const before = authorization.to('/token').length
      await Promise.all(running.map((each) => each.advance(LIFE_MS + SECOND_MS)))
      statuses.push(...(await Promise.all(running.flatMap(({ url }) => Array.from({ length: callers }, () => call(url))))))
      tokenRequests.push(authorization.to('/token').length - before)
    }
    return { tokenRequests, reuses: authorization.grants.reuses, statuses: [...new Set(statuses)], calls: statuses.length }
  } finally {
    for (const each of await Promise.allSettled(starting)) if (each.status === 'fulfilled') await each.value.stop()
    await setting.close()
  }
}
