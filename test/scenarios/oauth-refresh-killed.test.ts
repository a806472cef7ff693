// A process is killed in the middle of a renewal, and another one goes on: never two at once, and no person is asked for
// anything where the authorization server leaves a way. (`npm run soak` does the same ten times over.)
import { describe, expect, it } from 'vitest'
import { expectedAfterKill, needsPerson } from '../support/expected-after-kill.ts'
import { KILL_POINTS, killWhileRenewing, ROTATIONS } from '../support/kill-while-renewing.ts'

const SERVERS = {
  none: 'never replaces a refresh token',
  grace: 'takes a replaced refresh token for a while',
  strict: 'ends a grant when a replaced refresh token is shown',
}
const cases = ROTATIONS.flatMap((rotation) =>
  KILL_POINTS.map((point) => ({ rotation, point, what: needsPerson(rotation, point) ? 'leaves a question for a person, after one attempt,' : 'costs nobody anything' })),
)

describe.each(cases)('a process that is killed once a renewal is $point', ({ rotation, point, what }) => {
  it(`${what} at a server that ${SERVERS[rotation]}`, async () => {
    expect(await killWhileRenewing(point, rotation)).toEqual(expectedAfterKill(rotation, point))
  })
})
