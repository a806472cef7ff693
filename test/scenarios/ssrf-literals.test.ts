// A private address is refused in every spelling, at every place that takes a URL, before a packet.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Egress, Trust } from '../../server/egress/egress.ts'
import { startTcpTrap, type TcpTrap } from '../support/tcp-trap.ts'
import { exchangeOf, failureOf, requestTo, stubLookup, testEgress } from '../support/test-egress.ts'

const SPELLINGS = [
  '127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '017700000001', '127.0.0.1.', '0', '0.0.0.0',
  '１２７.0.0.1', '127。0。0。1', '①②⑦.⓪.⓪.①', '127.255.255.254',
  '[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]', '[64:ff9b::127.0.0.1]', '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]', '[2001:0:7f00:1::]', '[fe80::1]', '[fe80::1%25lo]', '[fc00::1]', '[fec0::1]', '[ff02::1]',
  '10.0.0.1', '172.16.0.1', '192.168.0.1', '169.254.169.254', '168.63.129.16', '100.64.0.1', '198.18.0.1',
  'localhost', 'LOCALHOST', 'ｌocalhost', 'localhost.', 'a.localhost', 'metadata.google.internal', 'printer.local', 'intranet',
]
const lookup = stubLookup({})
const server = testEgress({ laptop: false, lookup: lookup.lookup })
const laptop = testEgress({ lookup: lookup.lookup })
const seats: [string, Egress, Trust][] = [
  ['a server', server, 'configured'],
  ['a server, from a stranger', server, 'learnt'],
  ['a laptop, from a stranger', laptop, 'learnt'],
]

let trap: TcpTrap
beforeAll(async () => void (trap = await startTcpTrap()))
afterAll(() => trap.stop())

/** What is no URL never gets as far as egress. */
const urls = (schemes: string[]): URL[] =>
  SPELLINGS.flatMap((spelling) => schemes.map((scheme) => `${scheme}://${spelling}:${trap.port}/mcp`))
    .filter((text) => URL.canParse(text))
    .map((text) => new URL(text))

/** The outcome at every place that takes a URL: none may have sent a packet. */
async function outcomes(egress: Egress, url: URL, trust: Trust) {
  const checked = new Promise((resolve) => resolve(egress.check(url, trust)))
  const failures = await Promise.all([checked, exchangeOf(egress, requestTo(url, { trust })), egress.fetchJson(url, { trust, maxBytes: 1000 })].map(failureOf))
  return { url: url.href, codes: failures.map((failure) => failure.code), sent: failures.some((failure) => failure.requestSent) }
}
const refused = (url: URL, code: string) => ({ url: url.href, codes: [code, code, code], sent: false })

it.each(seats)('on %s no spelling of a private address is connected to', async (_, egress, trust) => {
  for (const url of urls(['http', 'https'])) {
    expect(await outcomes(egress, url, trust)).toEqual(refused(url, url.protocol === 'http:' ? 'upstream.invalid_url' : 'upstream.unreachable'))
  }
  expect(trap.connections()).toBe(0)
  expect(lookup.asked).toEqual([])
})

it('on a laptop a configured URL reaches loopback only if it says loopback', async () => {
  const saysLoopback = /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/
  for (const url of urls(['https']).filter(({ hostname }) => !saysLoopback.test(hostname))) {
    expect(await outcomes(laptop, url, 'configured')).toEqual(refused(url, 'upstream.unreachable'))
  }
  expect(trap.connections()).toBe(0)
})
