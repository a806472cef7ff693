// How a refresh token is spelt: `plugr_`, the secret that all of a grant share, the one of this token alone. Who knows the first
// has held one of them, so that an old one is recognised without keeping any.
import { digestOfToken, isSecretToken, newSecretToken } from '../identity/secret-token.ts'

const PREFIX = 'plugr_'

export interface RefreshTokenParts {
  family: string
  current: string
}

export const newRefreshToken = (family: string = newSecretToken()): RefreshTokenParts => ({ family, current: newSecretToken() })

export const writeRefreshToken = ({ family, current }: RefreshTokenParts): string => `${PREFIX}${family}.${current}`

export function readRefreshToken(text: string): RefreshTokenParts | undefined {
  if (!text.startsWith(PREFIX)) return undefined
  const [family = '', current = '', ...more] = text.slice(PREFIX.length).split('.', 3)
  return more.length === 0 && isSecretToken(family) && isSecretToken(current) ? { family, current } : undefined
}

/** What is stored of it. */
export const hashesOf = ({ family, current }: RefreshTokenParts) => ({ familyHash: digestOfToken(family), refreshHash: digestOfToken(current) })
