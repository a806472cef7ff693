import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { exchangeOf, failureOf, requestTo, stubLookup, testEgress } from '../../support/test-egress.ts'
import { TEST_CERTIFICATE, TEST_CERTIFICATE_KEY } from '../../support/tls-certificate.ts'

let server: Server
let port: number
const seen: { host: string | undefined; servername: string | false | null; resumed: boolean }[] = []
beforeAll(async () => {
  server = createServer({ cert: TEST_CERTIFICATE, key: TEST_CERTIFICATE_KEY }, (req, res) => {
    const socket = req.socket as TLSSocket & { servername?: string | false }
    seen.push({ host: req.headers.host, servername: socket.servername ?? null, resumed: socket.isSessionReused() })
    res.writeHead(200, { connection: 'close' }).end('private')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))

// A listed name may resolve to loopback, which stands in for the internet here.
const { lookup } = stubLookup({ 'mcp.example': ['127.0.0.1'], 'other.example': ['127.0.0.1'] })
const allow = ['mcp.example', 'other.example'].map((host) => ({ kind: 'host' as const, host, port: 'any' as const }))
const egress = (extraAuthority?: string) => testEgress({ lookup, allow, ...(extraAuthority !== undefined && { extraAuthority }) })

it('TLS is spoken with the name in the URL, whatever address that is, and resumed', async () => {
  const trusting = egress(TEST_CERTIFICATE)
  for (let turn = 0; turn < 2; turn += 1) expect((await exchangeOf(trusting, requestTo(`https://mcp.example.:${port}/`))).body).toBe('private')
  expect(seen.splice(0)).toEqual([
    { host: `mcp.example.:${port}`, servername: 'mcp.example', resumed: false },
    { host: `mcp.example.:${port}`, servername: 'mcp.example', resumed: true },
  ])
  await trusting.close()
})

it('an address is proven by its certificate and sends no server name', async () => {
  const trusting = egress(TEST_CERTIFICATE)
  expect((await exchangeOf(trusting, requestTo(`https://127.0.0.1:${port}/`))).body).toBe('private')
  expect(seen.splice(0)).toMatchObject([{ servername: false }])
  await trusting.close()
})

it.each([
  ['an authority nobody trusts', undefined, 'mcp.example', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['another name', TEST_CERTIFICATE, 'other.example', 'ERR_TLS_CERT_ALTNAME_INVALID'],
])('a certificate of %s makes the upstream unreachable, and nothing is sent', async (_, authority, host, reason) => {
  expect(await failureOf(exchangeOf(egress(authority), requestTo(`https://${host}:${port}/`)))).toMatchObject({ code: 'upstream.unreachable', requestSent: false, reason })
  expect(seen).toEqual([])
})
