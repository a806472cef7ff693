// From a stored key to who acts with it, limits included.
import type { ApiKeyRow } from '../../db/schema/api-key.ts'
import { createAddressList } from '../config/address-list.ts'
import type { ApiKeyActor } from '../policy/actor.ts'
import { compileBlock, type PolicyBlock } from '../policy/policy-block.ts'

export function apiKeyActorOf(row: ApiKeyRow): ApiKeyActor {
  const { id, organizationId, addresses } = row
  const limits = limitsOf(row)
  return { kind: 'api_key', id, organizationId, ...(limits && { limits }), ...(addresses && { addresses: createAddressList(addresses) }) }
}

function limitsOf({ id, namespaces, operations }: ApiKeyRow): PolicyBlock | undefined {
  if (!namespaces && !operations) return undefined
  return compileBlock([{ ...(namespaces && { namespaces }), ...(operations && { operations }) }], `api_key:${id}`)
}
