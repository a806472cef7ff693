import { expect, it } from 'vitest'
import { exchangeCode } from '../../../../server/oauth/grant/exchange-code.ts'
import { checkAuthorizationResponse } from '../../../../server/oauth/grant/authorization-response.ts'
import type { OAuthWire } from '../../../../server/oauth/wire.ts'

const server = { issuer: 'https://as.example', tokenEndpoint: 'https://as.example/token', revocationEndpoint: undefined, issParameterSupported: false }

it.each([
  ['as it is, if form encoding leaves it alone', 'my-client_1.x', 'a-b_c.d*', 'my-client_1.x:a-b_c.d*'],
  ['form encoded, if it could be read in two ways', 'https://us.example/c', 'a:b c%', 'https%3A%2F%2Fus.example%2Fc:a%3Ab+c%25'],
])('a client and its secret are sent by Basic %s', async (_how, clientId, clientSecret, expected) => {
  const seen: Record<string, string>[] = []
  const wire: OAuthWire = {
    getJson: () => Promise.reject(new Error('nothing here reads documents')),
    async post(_url, { headers }) {
      seen.push(headers)
      return Response.json({ access_token: 't', token_type: 'bearer' })
    },
  }
  const response = checkAuthorizationResponse(server, clientId, new URLSearchParams({ code: 'c', state: 's' }))
  const client = { clientId, clientSecret, tokenAuthMethod: 'client_secret_basic' as const }
  await exchangeCode(wire, { server, client, response, redirectUri: 'https://us.example/back', verifier: 'v'.repeat(43), resource: undefined })
  const [, encoded = ''] = new Headers(seen[0]).get('authorization')!.split(' ')
  expect(Buffer.from(encoded, 'base64').toString()).toBe(expected)
})
