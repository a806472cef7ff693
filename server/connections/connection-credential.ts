// A connection's configured credential: headers and a query, sealed together with the address that
// they may be sent to.
import type { CredentialRow } from '../../db/schema/credential.ts'
import type { CredentialWrite } from '../../db/queries/connection-children.ts'
import { credentialPlace } from '../vault/credential-place.ts'
import type { Vault } from '../vault/vault.ts'
import { credentialDestinationMismatch } from './connection-errors.ts'

export interface ConfiguredCredential {
  /** Origin and path. Compared before every use. */
  destination: string
  headers: Record<string, string>
  /** `?…` or ''. */
  search: string
}

export const CREDENTIAL_KIND = 'configured'

/** What to store, or `undefined` when there is nothing to keep secret. */
export function sealCredential(
  vault: Vault,
  owner: { organizationId: string; connectionUid: string; generation: number; nowMs: number },
  credential: ConfiguredCredential,
): CredentialWrite | undefined {
  if (credential.search === '' && Object.keys(credential.headers).length === 0) return undefined
  const sealed = vault.seal(credentialPlace(owner), JSON.stringify(credential))
  return { generation: owner.generation, kind: CREDENTIAL_KIND, sealed, createdAt: owner.nowMs, updatedAt: owner.nowMs }
}

type SealedCredential = Pick<CredentialRow, 'organizationId' | 'connectionUid' | 'generation' | 'sealed'>

/** Each run opens the credential for one call. @throws connection.credential_destination_mismatch, vault.* */
export function credentialOpener(vault: Vault, row: SealedCredential, destination: string): () => ConfiguredCredential {
  const open = vault.opener(credentialPlace(row), row.sealed)
  return () => {
    const opened = JSON.parse(open()) as ConfiguredCredential
    if (opened.destination !== destination) throw credentialDestinationMismatch()
    return opened
  }
}
