// A process that renews a grant is killed at one point of it, and another one goes on. Nothing in the product knows of these
// points: the authorization server and the database see how far it is, and they say when.
import { join } from 'node:path'
import { findGrant, leaseGrant } from '../../db/queries/oauth-grants.ts'
import { MINUTE_MS, SECOND_MS } from '../../server/lib/units.ts'
import { findCanariesOnDisk } from './canary.ts'
import { createGate } from './gate.ts'
import type { Rotation } from './hostile-grants.ts'
import { findRow } from './oauth-rows.ts'
import { type SharedSetting, startSharedSetting } from './shared-setting.ts'
import { type ListeningPlugboard, startSpawnedPlugboard } from './spawn-plugboard.ts'

export const KILL_POINTS = ['leased', 'sent', 'answered', 'committed'] as const
/** How far the renewal was: has the lease; the server acted on it, and the answer never came; the answer came, and nothing was stored; it is stored. */
export type KillPoint = (typeof KILL_POINTS)[number]

export const ROTATIONS: readonly Rotation[] = ['none', 'grace', 'strict']

export interface KillOutcome {
  /** What the next call is answered. */
  status: number
  state: string
  /** How often the refresh token of the killed process was shown, by anybody. */
  shown: number
  /** Whether another process could have begun while the dead one still had its lease. */
  hadTwoOwners: boolean
  /** Whether a token was readable in any file. */
  plaintext: string[]
  /** What a call is answered after the token has ended once more; undefined where a person is needed. */
  laterStatus: number | undefined
  /** Token sets that were stored, from 1 on. */
  generation: number
}

const LIFE_MS = 300 * SECOND_MS
const LEASING = /^update "oauth_grant" set "lease_owner" = \?, "lease_until" = \? where/
const STORING = /^update "oauth_grant" set .*"access_sealed"/

export async function killWhileRenewing(point: KillPoint, rotation: Rotation): Promise<KillOutcome> {
  const setting = await startSharedSetting({ rotation })
  try {
    await setting.connectAndConsent()
    await renewAndDie(setting, point)
    return await goOn(setting)
  } finally {
    await setting.close()
  }
}

async function renewAndDie(setting: SharedSetting, point: KillPoint): Promise<void> {
  const { environment, folder, plugboard } = setting
  const victim = await startSpawnedPlugboard({ env: environment, dataDir: join(folder, 'victim'), movableClock: true })
  try {
    await victim.advance(LIFE_MS + SECOND_MS)
    const release = killAt(point, victim, setting)
    const call = fetch(`${victim.url}/acme/wiki/.tools/echo`, {
      method: 'POST',
      headers: { authorization: `Bearer ${plugboard.key}`, 'content-type': 'application/json' },
      body: '{"message":"hello"}',
    })
    const [, { signal }] = await Promise.all([call.catch(() => undefined), victim.exited])
    release()
    if (signal !== 'SIGKILL') throw new Error(`The process was not killed: it left with ${signal}`)
  } finally {
    await victim.stop()
  }
}

function killAt(point: KillPoint, victim: ListeningPlugboard, { authorization, database }: SharedSetting): () => void {
  const kill = () => {
    victim.child.kill('SIGKILL')
    return victim.exited
  }
  if (point === 'sent') {
    const gate = createGate()
    authorization.set({ slowToken: gate.opened })
    void authorization.arrival('/token').then(kill)
    return () => {
      gate.open()
      authorization.set({ slowToken: null })
    }
  }
  const [pattern, moment] = { leased: [LEASING, 'done'] as const, answered: [STORING, 'arrived'] as const, committed: [STORING, 'done'] as const }[point]
  database.observe(async (statements, when) => {
    if (when !== moment || !pattern.test(statements)) return
    await kill()
    throw new Error('nobody is left to be answered')
  })
  return () => database.observe(undefined)
}

async function goOn(setting: SharedSetting): Promise<KillOutcome> {
  const { authorization, plugboard } = setting
  const { db } = plugboard.house
  const { uid } = await findRow(setting)
  const another = { connectionUid: uid, generation: 1, failures: 0, owner: 'another', at: db.now() + LIFE_MS, until: db.now() + LIFE_MS }
  const hadTwoOwners = await leaseGrant(db, another)
  plugboard.advance(LIFE_MS + MINUTE_MS)
  const { status } = await setting.call()
  const { state } = (await setting.view()).status
  const shownTokens = authorization.to('/token').map(({ form }) => form.get('refresh_token'))
  plugboard.advance(LIFE_MS + MINUTE_MS)
  return {
    status,
    state,
    shown: shownTokens.filter((token) => token === shownTokens[0]).length,
    hadTwoOwners,
    plaintext: (await findCanariesOnDisk(setting.folder, authorization.issued)).map(({ file }) => file),
    generation: (await findGrant(db, uid))!.generation,
    laterStatus: status === 200 ? (await setting.call()).status : undefined,
  }
}
