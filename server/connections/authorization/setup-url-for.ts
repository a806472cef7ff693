import type { ConnectionRow } from '../../../db/schema/connection.ts'
import type { Context } from '../../context/context.ts'
import { authorize } from '../../policy/authorize.ts'
import { type OwnedConnection, requestFor } from '../../policy/permission.ts'
import { setupUrlOf } from './setup-link.ts'

/**
 * Where this actor may send somebody to sign in; nowhere if the connection does without a person. Who opens the link decides whose account the connection uses, so it is for
 * those who may change the connection. Whoever holds a service token may be anybody's guest and could send the link to a
 * third person: they get a connect session, where the app's backend has the last word.
 */
export function setupUrlFor(context: Context, row: OwnedConnection & Pick<ConnectionRow, 'uid' | 'credentialGeneration' | 'machineGrant'>): string | undefined {
  if (row.machineGrant !== null || context.actor.kind === 'service_token') return undefined
  return authorize(context.actor, requestFor('write', row)).allowed ? setupUrlOf(context, row) : undefined
}
