import type { Vault } from '../vault/vault.ts'
import { verifyToken, type VerifiedToken } from './token-chain.ts'

/** Whether it is one of ours, whatever time it is and whatever became of it. */
export async function verifyWithVault(vault: Vault, token: string): Promise<VerifiedToken | undefined> {
  let unknownKey = false
  const findKey = (keyId: string) => {
    const key = vault.derivedKeyById('service-token', keyId)
    unknownKey = key === undefined
    return key
  }
  const verified = verifyToken(token, findKey)
  if (verified || !unknownKey) return verified
  // Another process may have made the key since we last looked.
  await vault.refresh()
  return verifyToken(token, findKey)
}
