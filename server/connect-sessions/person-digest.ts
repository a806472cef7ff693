import type { Vault } from '../vault/vault.ts'

/** Whom an app sent is compared, never read again. The organization's keys must be prepared. */
export const personDigest = (vault: Vault, organizationId: string, person: string): string => vault.digest(organizationId, 'person', person)
