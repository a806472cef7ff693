// What the document at a client's address must be, to be believed (Client ID Metadata Documents §4.1).
import { z } from 'zod'
import type { JsonDocument } from '../egress/egress.ts'
import { clientMetadata, shownName, usesCodes } from './client-metadata.ts'
import { clientDocumentInvalid } from './downstream-errors.ts'
import { isAcceptableRedirect } from './redirect-uri.ts'

export interface DescribedClient {
  name: string
  redirectUris: string[]
}

const document = clientMetadata.extend({ client_id: z.string(), token_endpoint_auth_method: z.string().optional() })

/** @throws downstream.client_document */
export function readClientDocument(address: string, { status, headers, json }: Pick<JsonDocument, 'status' | 'headers' | 'json'>): DescribedClient {
  if (status !== 200) throw clientDocumentInvalid('is not there')
  if (!/^\s*application\/([\w.-]+\+)?json\s*(;|$)/i.test(String(headers['content-type'] ?? ''))) throw clientDocumentInvalid('is not served as application/json')
  const parsed = document.safeParse(json)
  if (!parsed.success) throw clientDocumentInvalid('lacks a client_id or redirect_uris, or has another type of value than RFC 7591 says')
  const { client_id, client_name, redirect_uris, token_endpoint_auth_method: method = 'none' } = parsed.data
  // As they are spelt: two spellings could be two people's (RFC 3986 §6.2.1).
  if (client_id !== address) throw clientDocumentInvalid('names another client_id than its own address')
  // A client that wants to prove itself is not let in without.
  if (method !== 'none') throw clientDocumentInvalid('asks for a token_endpoint_auth_method other than none')
  if (!usesCodes(parsed.data)) throw clientDocumentInvalid('is for clients without the grant type authorization_code and the response type code')
  // It is written for many servers: an address that none of ours is sent to does not count.
  const redirectUris = redirect_uris.filter(isAcceptableRedirect)
  if (redirectUris.length === 0) throw clientDocumentInvalid('lists no redirect URI that is https or on the person’s own machine')
  return { name: shownName(client_name), redirectUris }
}
