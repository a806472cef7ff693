import type { Rotation } from './hostile-grants.ts'
import type { KillOutcome, KillPoint } from './kill-while-renewing.ts'

/** Nobody but the authorization server can know whether the refresh token was used up. */
const isInDoubt = (point: KillPoint): boolean => point === 'sent' || point === 'answered'

/** Only where the server ends a grant over a second use, and only in doubt. */
export const needsPerson = (rotation: Rotation, point: KillPoint): boolean => rotation === 'strict' && isInDoubt(point)

export const expectedAfterKill = (rotation: Rotation, point: KillPoint): KillOutcome => ({
  ...(needsPerson(rotation, point)
    ? { status: 401, state: 'auth_required', generation: 1, laterStatus: undefined }
    : { status: 200, state: 'connected', generation: 2, laterStatus: 200 }),
  shown: isInDoubt(point) ? 2 : 1,
  hadTwoOwners: false,
  plaintext: [],
})
