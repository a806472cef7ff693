// The authorization server has replaced the refresh token, and the database does not take the new one: it is not lost, not with
// the patience of the process and not with the process.
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findGrant } from '../../db/queries/oauth-grants.ts'
import { renewDueGrants } from '../../server/connections/authorization/renew-due-grants.ts'
import { renewGrant } from '../../server/connections/authorization/renew-grant.ts'
import { setupUrlOf } from '../../server/connections/authorization/setup-link.ts'
import { createFlights } from '../../server/context/flights.ts'
import type { House } from '../../server/context/context.ts'
import { SECOND_MS } from '../../server/lib/units.ts'
import { findCanariesOnDisk } from '../support/canary.ts'
import { consentTo } from '../support/oauth-connection.ts'
import { findRow } from '../support/oauth-rows.ts'
import { type OAuthSetting, startOAuthSetting } from '../support/oauth-setting.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

const LIFE_MS = 300 * SECOND_MS

let dataDir: string
let setting: OAuthSetting
let next: RunningPlugboard | undefined
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'plugboard-journal-'))
  setting = await startOAuthSetting({}, { environment: { DATA_DIR: dataDir } })
  await setting.connectAndConsent()
  setting.plugboard.advance(LIFE_MS + 1)
})
afterEach(async () => {
  await next?.stop()
  next = undefined
  await setting.close()
  await rm(dataDir, { recursive: true, force: true })
})

const tokenRequests = () => setting.authorization.to('/token').length
const journal = () => readFile(join(dataDir, 'refresh-journal'), 'utf8')

/** From the moment on in which a token was renewed. Resolves when it was tried. */
function fillDisk({ db }: House): Promise<void> {
  const { write } = db
  return new Promise((refused) => {
    db.write = (statement) => {
      if (tokenRequests() === 0) return write(statement)
      refused()
      return Promise.reject(new Error('the disk is full'))
    }
  })
}

/** The disk is full, and the process ends while it tries again. */
async function endWhileDiskIsFull(): Promise<void> {
  const isFull = fillDisk(setting.plugboard.house)
  const call = setting.call().catch(() => undefined)
  await isFull
  await setting.plugboard.stop()
  await call
}

async function startAgain(): Promise<() => Promise<number>> {
  const again = await startPlugboard({ environment: { DATA_DIR: dataDir } })
  next = again
  again.advance(LIFE_MS + 2)
  return async () => (await again.send('POST', '/acme/wiki/.tools/echo', { message: 'hello' }, { authorization: `Bearer ${setting.plugboard.key}` })).status
}

describe('a renewed token that cannot be written before the process ends', () => {
  it('is there after the next start: calls work, and the server is not asked again', async () => {
    await endWhileDiskIsFull()
    const call = await startAgain()
    expect([await call(), tokenRequests(), setting.authorization.grants.reuses]).toEqual([200, 1, 0])
  })

  it('lies there sealed, for the owner of the directory alone, and no longer than it has to', async () => {
    await endWhileDiskIsFull()
    expect(JSON.parse((await journal()).trim())).toMatchObject({ generation: 1 })
    expect((await stat(join(dataDir, 'refresh-journal'))).mode & 0o777).toBe(0o600)
    expect(await findCanariesOnDisk(dataDir, setting.authorization.issued)).toEqual([])
    await startAgain()
    expect((await journal()).trim()).toBe('')
  })
})

describe('a renewed token that could not be written for half a minute', () => {
  /** Patience ends at once: with the first refusal this renewal is told that nobody has time. */
  async function loseHope(): Promise<void> {
    const { house } = setting.plugboard
    const db = { ...house.db }
    const flights = createFlights()
    const hopeless = { ...house, db, flights }
    void fillDisk(hopeless).then(() => flights.end())
    const { uid } = await findRow(setting)
    await expect(renewGrant(hopeless, { connectionUid: uid, generation: 1 })).rejects.toThrow('the disk is full')
  }

  it('is written with the next call, which does not ask the server again', async () => {
    await loseHope()
    expect((await setting.call()).status).toBe(200)
    expect([tokenRequests(), setting.authorization.grants.reuses, (await journal()).trim()]).toEqual([1, 0, ''])
  })

  it('does not take the place of what a person granted meanwhile', async () => {
    await loseHope()
    const { house } = setting.plugboard
    const row = await findRow(setting)
    await consentTo(house, { ...(await setting.view()), status: { state: 'auth_required', setupUrl: setupUrlOf(house, row) } })
    const granted = await findGrant(house.db, row.uid)
    await renewDueGrants(house)
    expect([await findGrant(house.db, row.uid), (await journal()).trim()]).toEqual([granted, ''])
  })
})
