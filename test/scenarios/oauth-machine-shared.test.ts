// Two Plugboards on one libSQL server ask for the token of a connection without a person as one. (A stand-in speaks the
// libSQL server's protocol.)
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SECOND_MS } from '../../server/lib/units.ts'
import { type AssertionServer, startAssertionTaker } from '../support/assertion-servers.ts'
import { type ProtectedUpstream, startProtectedUpstream } from '../support/protected-upstream.ts'
import { type SharedDatabase, startSharedDatabase } from '../support/shared-database.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

const LIFE_MS = 300 * SECOND_MS
const ASSERTION = 'eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmVk'

let database: SharedDatabase
let authorization: AssertionServer
let upstream: ProtectedUpstream
let left: RunningPlugboard
let right: RunningPlugboard

beforeEach(async () => {
  database = await startSharedDatabase()
  const { environment } = database
  authorization = await startAssertionTaker()
  authorization.trust(ASSERTION)
  upstream = await startProtectedUpstream(authorization)
  left = await startPlugboard({ environment })
  right = await startPlugboard({ environment })
  await left.send('PUT', '/namespaces/acme')
  await left.send('PUT', '/acme/wiki', { mcpUrl: upstream.url, oauthClient: { clientId: 'workload', grant: 'jwt_bearer', assertion: ASSERTION } })
})
afterEach(async () => {
  await right?.stop()
  await left?.stop()
  await upstream?.close()
  await authorization?.close()
  await database?.close()
})

const call = (at: RunningPlugboard) => at.send('POST', '/acme/wiki/.tools/echo', { message: 'hello' }, { authorization: `Bearer ${left.key}` })
const expire = () => [left, right].forEach((each) => each.advance(LIFE_MS + 1))

describe('a token without a person that two processes need', () => {
  it('is asked for once each time it ends, for ten calls at each of them', async () => {
    for (let round = 1; round <= 2; round++) {
      expire()
      const answers = await Promise.all(Array.from({ length: 10 }, () => [call(left), call(right)]).flat())
      expect([new Set(answers.map(({ status }) => status)), authorization.seen.length]).toEqual([new Set([200]), round + 1])
    }
  })

  it('is refused to both of them in the same words, and asked for by one', async () => {
    authorization.distrust(ASSERTION)
    expire()
    const answers = await Promise.all([call(left), call(right)])
    expect([answers.map(({ status }) => status).every((status) => status >= 400), authorization.seen.length]).toEqual([true, 2])
    expect((await call(left)).body.code).toBe('authorization.identity_refused')
    expect((await call(right)).body.code).toBe('authorization.identity_refused')
    expect(authorization.seen.length).toBe(2)
  })
})
