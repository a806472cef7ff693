// RFC 7523 §2.2, RFC 7518 §3.1: the key with which a client signs who it is. Kept as a JWK in JSON, whichever way it came.
import { createPrivateKey, type JsonWebKey, type KeyObject, webcrypto } from 'node:crypto'
import type { PrivateKey } from 'oauth4webapi'

/** RFC 7518 §3.3 wants 2048 bits; far more only cost time. */
const MIN_RSA_BITS = 2048
const MAX_RSA_BITS = 8192

/** As a JWK in JSON text; undefined for what is no P-256 or RSA private key, in PEM, as a JWK, or as a JWK's text. */
export function readPrivateKey(value: string | Record<string, unknown>): string | undefined {
  try {
    const jwk = typeof value === 'string' && value.trimStart().startsWith('{') ? (JSON.parse(value) as Record<string, unknown>) : value
    const isPem = typeof jwk === 'string'
    const key = createPrivateKey(isPem ? jwk : { key: jwk as JsonWebKey, format: 'jwk' })
    if (!canSign(key)) return undefined
    return JSON.stringify({ ...key.export({ format: 'jwk' }), ...(!isPem && typeof jwk.kid === 'string' && { kid: jwk.kid }) })
  } catch {
    return undefined
  }
}

function canSign({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): boolean {
  if (type === 'ec') return details?.namedCurve === 'prime256v1'
  const bits = details?.modulusLength ?? 0
  return type === 'rsa' && bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS
}

const ES256 = { name: 'ECDSA', namedCurve: 'P-256' }
const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }

/** `text` is what `readPrivateKey` made. */
export async function importPrivateKey(text: string): Promise<PrivateKey> {
  const { kid, ...jwk } = JSON.parse(text) as JsonWebKey & { kid?: string }
  const key = await webcrypto.subtle.importKey('jwk', jwk, jwk.kty === 'EC' ? ES256 : RS256, false, ['sign'])
  return { key, ...(kid !== undefined && { kid }) }
}
