// RFC 7636: proves that who exchanges the code is who asked for it.
import { calculatePKCECodeChallenge, generateRandomCodeVerifier } from 'oauth4webapi'

export interface PkcePair {
  /** 43 characters of 256 random bits; sealed until the code comes back. */
  verifier: string
  challenge: string
}

export async function createPkcePair(): Promise<PkcePair> {
  const verifier = generateRandomCodeVerifier()
  return { verifier, challenge: await calculatePKCECodeChallenge(verifier) }
}
