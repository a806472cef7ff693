import { createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { importPrivateKey, readPrivateKey } from '../../../server/oauth/private-key.ts'

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwk = ec.privateKey.export({ format: 'jwk' }) as Record<string, unknown>

describe('a private key', () => {
  it.each([
    ['PKCS#8 in PEM', ec.privateKey.export({ type: 'pkcs8', format: 'pem' }), 'ES256'],
    ['SEC1 in PEM', ec.privateKey.export({ type: 'sec1', format: 'pem' }), 'ES256'],
    ['PKCS#1 in PEM', rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }), 'RS256'],
    ['a JWK', jwk, 'ES256'],
    ['the text of a JWK', ` ${JSON.stringify(jwk)}`, 'ES256'],
  ])('is read, and can sign, as %s', async (_form, value, algorithm) => {
    const text = readPrivateKey(value as string | Record<string, unknown>)
    const { key } = await importPrivateKey(text!)
    expect([key.algorithm.name, key.usages, key.extractable]).toEqual([algorithm === 'ES256' ? 'ECDSA' : 'RSASSA-PKCS1-v1_5', ['sign'], false])
    expect(createPublicKey({ key: JSON.parse(text!) as JsonWebKey, format: 'jwk' }).asymmetricKeyType).toBe(algorithm === 'ES256' ? 'ec' : 'rsa')
  })

  it('keeps its name, and nothing else that was said of it', async () => {
    const text = readPrivateKey({ ...jwk, kid: 'ours', use: 'enc', key_ops: ['decrypt'], x5c: ['none'] })!
    expect(Object.keys(JSON.parse(text) as object).toSorted()).toEqual(['crv', 'd', 'kid', 'kty', 'x', 'y'])
    expect((await importPrivateKey(text)).kid).toBe('ours')
  })
})

describe('what cannot sign', () => {
  it.each([
    ['a public key', ec.publicKey.export({ type: 'spki', format: 'pem' })],
    ['a public JWK', ec.publicKey.export({ format: 'jwk' })],
    ['another curve', generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export({ format: 'jwk' })],
    ['Ed25519', generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })],
    ['RSA of 1024 bits', generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' })],
    ['a key under a passphrase', ec.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' })],
    ['a shared secret', { kty: 'oct', k: 'c2VjcmV0' }],
    ['a JWK whose point is on no curve', { ...jwk, x: 'AAAA' }],
    ['a broken text', '{"kty":"EC"'],
    ['nothing', ''],
  ])('is no private key: %s', (_what, value) => {
    expect(readPrivateKey(value as string | Record<string, unknown>)).toBeUndefined()
  })
})
