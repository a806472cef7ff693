// What is wrong with a connection, and what mends it, in one sentence. It asks and changes nothing.
import { requireStoredHandle, type ConnectionName } from '../connections/find-handle.ts'
import type { ConnectionHandle } from '../context/caches.ts'
import type { Context, House } from '../context/context.ts'
import type { Examination, ToldExamination } from '../context/examination.ts'
import { SECOND_MS } from '../lib/units.ts'
import type { Actor } from '../policy/actor.ts'
import { authorize } from '../policy/authorize.ts'
import { type Evidence, isRefused } from './evidence.ts'
import { gatherEvidence } from './gather-evidence.ts'
import { judgeClient } from './judge-client.ts'
import { judgeClock } from './judge-clock.ts'
import { judgeDiscovery } from './judge-discovery.ts'
import { judgeGrant } from './judge-grant.ts'
import { judgeHandshake } from './judge-handshake.ts'
import { judgeRoute } from './judge-route.ts'
import { judgeScopes } from './judge-scopes.ts'
import { reachVerdict } from './reach-verdict.ts'
import { tellMachine } from './tell-machine.ts'

const TIME_MS = 20 * SECOND_MS

/**
 * Once at a time for a connection: who asks meanwhile hears the same. `over` says when its time is over.
 * @throws connection.not_found, policy.forbidden
 */
export async function examineConnection(context: Context, input: ConnectionName, over = AbortSignal.timeout(TIME_MS)): Promise<Examination> {
  const handle = await requireStoredHandle(context, input, 'write')
  const told = await context.flights.examinations.run(handle.row.uid, () => examine(context, handle, over))
  return isOperator(context.actor) ? told.toOperator : told.toTenant
}

async function examine(house: House, handle: ConnectionHandle, over: AbortSignal): Promise<ToldExamination> {
  const evidence = await gatherEvidence(house, handle, AbortSignal.any([over, house.flights.ending]))
  return { toOperator: judge(evidence, true), toTenant: judge(evidence, false) }
}

function judge(evidence: Evidence, toOperator: boolean): Examination {
  const judged = [
    ...judgeRoute(evidence, toOperator),
    judgeHandshake(evidence),
    ...judgeDiscovery(evidence),
    ...judgeClient(evidence),
    judgeScopes(evidence),
    ...judgeGrant(evidence),
    judgeClock(evidence),
  ]
  const checks = evidence.connection.machineGrant === null ? judged : tellMachine(judged)
  return { examinedAt: new Date(evidence.nowMs).toISOString(), verdict: reachVerdict(checks, isRefused(evidence)), checks }
}

/** Whoever may read what the operator allows may know where it leads. */
const isOperator = (actor: Actor): boolean =>
  authorize(actor, { operation: 'read', resource: 'settings', organizationId: actor.organizationId }).allowed
