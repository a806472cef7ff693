// What a credential may do, in words, and whether it may do one thing: for whoever holds it, and for whoever may list it.
import { findServiceToken } from '../../db/queries/service-tokens.ts'
import type { ServiceTokenRow } from '../../db/schema/service-token.ts'
import type { Context } from '../context/context.ts'
import type { Actor, ServiceTokenActor } from '../policy/actor.ts'
import { authorize, requirePermission } from '../policy/authorize.ts'
import { readStoredPolicy } from '../policy/constraint.ts'
import { compileBlock } from '../policy/policy-block.ts'
import { describeActor } from './describe-actor.ts'
import type { ExplainInput, Explanation } from './explain-view.ts'
import { findAsked, NOTHING_KNOWN, type Question } from './find-asked.ts'
import { findMinter } from './find-minter.ts'
import { readMinterName } from './minter-name.ts'
import { tokenNotFound } from './token-errors.ts'

/** @throws tokens.not_found, policy.forbidden for a token that is not the asker's to list */
export async function explainAccess(context: Context, { id, operation, ...rest }: ExplainInput): Promise<Explanation> {
  const question = operation && { ...rest, operation }
  if (id === undefined) {
    return { ...describeActor(context.actor), ...(question && { decision: await decide(context, context.actor, question) }) }
  }
  const { organizationId } = context.actor
  requirePermission(context.actor, { operation: 'read', resource: 'tokens', organizationId }, tokenNotFound)
  const row = await findServiceToken(context.db, { organizationId, id })
  if (!row) throw tokenNotFound()
  const minter = (await findMinter(context, row.mintedBy))?.actor
  const actor = actorOf(row, minter)
  const ended = whyEnded(row, minter !== undefined, context.db.now())
  const decision = ended === undefined ? question && (await decide(context, actor, question)) : { allowed: false, reason: ended }
  return { ...describeActor(actor), ...(decision && { decision }) }
}

type Answer = NonNullable<Explanation['decision']>

/** Who holds a credential is not told whether something exists that it does not see; who owns it can look for themselves. */
async function decide(context: Context, actor: Actor, question: Question): Promise<Answer> {
  const asked = await findAsked(context, actor, question)
  const decision = asked && authorize(actor, asked)
  if (decision?.allowed) return { allowed: true, reason: null }
  const isTold = decision && (decision.as === 'refused' || actor !== context.actor)
  return { allowed: false, reason: isTold ? decision.reason : NOTHING_KNOWN }
}

/** As its holder has it who has not narrowed it. */
function actorOf(row: ServiceTokenRow, minter: ServiceTokenActor['minter'] | undefined): ServiceTokenActor {
  const { id, organizationId, createdAt: issuedAtMs, expiresAt: expiresAtMs } = row
  const gone = { ...readMinterName(row.mintedBy), organizationId, role: 'member', sessionHandle: '' } as ServiceTokenActor['minter']
  const blocks = [compileBlock(readStoredPolicy(row.policy) ?? [], row.signatureHash)]
  return { kind: 'service_token', id, organizationId, minter: minter ?? gone, blocks, scopeHash: '', signatureHashes: [row.signatureHash], issuedAtMs, expiresAtMs }
}

function whyEnded(row: ServiceTokenRow, hasMinter: boolean, nowMs: number): string | undefined {
  if (row.revokedAt !== null) return 'it was revoked'
  if (row.expiresAt <= nowMs) return 'it has expired'
  return hasMinter ? undefined : 'whoever minted it is gone'
}
