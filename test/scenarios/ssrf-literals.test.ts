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

it.each(seats)('on %s no spelling of a private address is connected to', async (_, egress, trust) => {
  for (const spelling of SPELLINGS) {
    for (const scheme of ['http', 'https']) {
      // What is no URL never gets this far.
      const text = `${scheme}://${spelling}:${trap.port}/mcp`
      if (!URL.canParse(text)) continue
      const url = new URL(text)
      const code = scheme === 'http' ? 'upstream.invalid_url' : 'upstream.unreachable'
      expect(() => egress.check(url, trust), text).toThrow(expect.objectContaining({ code }))
      expect(await failureOf(exchangeOf(egress, requestTo(url, { trust }))), text).toMatchObject({ code, requestSent: false })
      expect(await failureOf(egress.fetchJson(url, { trust, maxBytes: 1000 })), text).toMatchObject({ code, requestSent: false })
    }
  }
  expect(trap.connections()).toBe(0)
  expect(lookup.asked).toEqual([])
})

it('on a laptop a configured URL reaches loopback only if it says loopback', async () => {
  const literal = /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/
  for (const spelling of SPELLINGS) {
    const text = `https://${spelling}:${trap.port}/mcp`
    if (!URL.canParse(text) || literal.test(new URL(text).hostname)) continue
    expect(() => laptop.check(new URL(text), 'configured'), text).toThrow(expect.objectContaining({ code: 'upstream.unreachable' }))
    expect(await failureOf(exchangeOf(laptop, requestTo(text))), text).toMatchObject({ code: 'upstream.unreachable' })
  }
  expect(trap.connections()).toBe(0)
})
