import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { oauthClient } from '../../../server/connections/oauth-input.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const secret = { clientId: 'c', clientSecret: 'the secret', grant: 'client_credentials' }
const key = { clientId: 'c', privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }), grant: 'client_credentials' }
const identity = { issuer: 'https://sso.example', clientId: 'c', idToken: 'a.b.c' }

describe('a client of one’s own', () => {
  it.each([
    [{ clientId: 'c' }],
    [{ clientId: 'c', clientSecret: 's', tokenAuthMethod: 'client_secret_post' }],
    [secret],
    [key],
    [{ clientId: 'c', grant: 'jwt_bearer', assertion: 'a.b.c' }],
    [{ ...key, grant: 'jwt_bearer', identity }],
  ])('is taken: %j', (client) => {
    expect(oauthClient.safeParse(client).success).toBe(true)
  })

  it.each([
    ['clientSecret', { clientId: 'c', grant: 'client_credentials' }],
    ['privateKey', { ...secret, privateKey: key.privateKey }],
    ['privateKey', { ...key, privateKey: publicKey.export({ type: 'spki', format: 'pem' }) }],
    ['privateKey', { ...key, privateKey: { kty: 'oct', k: 'AAAA' } }],
    ['tokenAuthMethod', { clientId: 'c', tokenAuthMethod: 'client_secret_post' }],
    ['assertion', { clientId: 'c', grant: 'jwt_bearer' }],
    ['assertion', { clientId: 'c', grant: 'jwt_bearer', assertion: 'a.b.c', identity }],
    ['assertion', { ...secret, assertion: 'a.b.c' }],
    ['assertion', { clientId: 'c', grant: 'jwt_bearer', assertion: 'no JWT' }],
    ['identity', { ...secret, identity }],
    ['identity.issuer', { clientId: 'c', grant: 'jwt_bearer', identity: { ...identity, issuer: 'ftp://sso.example' } }],
    ['grant', { ...secret, grant: 'password' }],
  ])('that cannot work is refused by its field, %s, without its secret: %j', (field, client) => {
    const { issues } = oauthClient.safeParse(client).error!
    expect(issues.map(({ path }) => path.join('.'))).toEqual([field])
    expect(JSON.stringify(issues)).not.toContain('the secret')
  })
})
