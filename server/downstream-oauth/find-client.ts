// Who asks: a client that registered here, or one that is described at the address which is its id.
import { findDownstreamClient, upsertDescribedClient } from '../../db/queries/downstream-clients.ts'
import type { DownstreamClientRow } from '../../db/schema/downstream-client.ts'
import type { House } from '../context/context.ts'
import type { JsonDocument } from '../egress/egress.ts'
import { networkOf } from '../identity/attempts.ts'
import { tooManyAttempts } from '../identity/identity-errors.ts'
import { isAppError } from '../lib/app-error.ts'
import { KIB } from '../lib/units.ts'
import { isClientAddress, readClientAddress } from './client-address.ts'
import { readClientDocument } from './client-document.ts'
import { freshForMs } from './document-freshness.ts'
import { clientAddressInvalid, clientDocumentInvalid, clientDocumentUnreachable, unknownClient } from './downstream-errors.ts'

/** Client ID Metadata Documents §6.6. */
const MAX_DOCUMENT_KIB = 5

/**
 * `address`: of whoever has it looked up. Undefined for strangers, who make us fetch nothing: then so is the answer, for a
 * client that is described elsewhere. @throws downstream.*, identity.too_many_attempts
 */
export async function findClient(house: House, clientId: string, address: string | undefined): Promise<DownstreamClientRow | undefined> {
  if (isClientAddress(clientId)) return findDescribedClient(house, clientId, address)
  const client = await findDownstreamClient(house.db, clientId)
  if (!client) throw unknownClient()
  return client
}

async function findDescribedClient(house: House, clientId: string, address: string | undefined): Promise<DownstreamClientRow | undefined> {
  const { db, attempts } = house
  const url = readClientAddress(clientId)
  if (!url) throw clientAddressInvalid()
  if (address === undefined) return undefined
  const known = await findDownstreamClient(db, clientId)
  if (known && (known.freshUntil ?? 0) > db.now()) return known
  const wait = attempts.atClientDocument.take(networkOf(address))
  if (wait !== undefined) throw tooManyAttempts(wait)
  const answer = await fetchDocument(house, url)
  const described = readClientDocument(clientId, answer)
  const now = db.now()
  const row = { id: clientId, ...described, createdAt: now, usedAt: known?.usedAt ?? null, freshUntil: now + freshForMs(answer.headers) }
  await upsertDescribedClient(db, row)
  return row
}

/** A stranger's address: never one of our own network, and where it leads is not followed (§4). */
async function fetchDocument({ egress }: House, url: URL): Promise<JsonDocument> {
  try {
    return await egress.fetchJson(url, { trust: 'learnt', maxBytes: MAX_DOCUMENT_KIB * KIB, maxRedirects: 0 })
  } catch (error) {
    if (isAppError(error) && error.code === 'upstream.response_too_large') throw clientDocumentInvalid(`is larger than ${MAX_DOCUMENT_KIB} KB`)
    throw clientDocumentUnreachable(error)
  }
}
