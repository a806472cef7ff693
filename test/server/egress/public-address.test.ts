import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalAddress, isPublicAddress } from '../../../server/egress/public-address.ts'

const NOT_PUBLIC = [
  '0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '100.100.100.200', '127.0.0.1', '127.255.255.254', '168.63.129.16', '169.254.169.254',
  '172.16.0.1', '172.31.255.255', '192.0.0.192', '192.0.2.1', '192.88.99.1', '192.168.1.1', '198.18.0.1', '198.51.100.1', '203.0.113.1',
  '224.0.0.1', '240.0.0.1', '255.255.255.255',
  '::', '::1', '::127.0.0.1', '::ffff:10.0.0.1', '::ffff:a9fe:a9fe', '64:ff9b::7f00:1', '64:ff9b:1::a00:1', '100::1', '2001::1',
  '2001:db8::1', '2002:7f00:1::', '3fff::1', '5f00::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', '2606:4700::1111%eth0', 'fec0::1', 'ff02::1',
]
const PUBLIC = ['1.1.1.1', '8.8.8.8', '11.0.0.1', '100.63.255.255', '100.128.0.1', '168.63.129.17', '172.32.0.1', '223.255.255.254', '::ffff:8.8.8.8', '2606:4700:4700::1111', '2a00:1450:4001::200e']

describe('a public address', () => {
  it.each(NOT_PUBLIC)('is not %s', (address) => expect(isPublicAddress(address)).toBe(false))
  it.each(PUBLIC)('is %s', (address) => expect(isPublicAddress(address)).toBe(true))

  it.each(['', 'localhost', '1.1.1', '0x7f000001', '1.1.1.1/8', '[2606:4700::1]'])('is not "%s", which is no address', (text) => {
    expect(isPublicAddress(text)).toBe(false)
    expect(canonicalAddress(text)).toBeUndefined()
  })

  it('is public or not in every spelling of it', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const [a, b, c, d] = address.split('.').map(Number) as [number, number, number, number]
        const mapped = `::ffff:${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
        expect(isPublicAddress(mapped)).toBe(isPublicAddress(address))
        expect(canonicalAddress(mapped)).toBe(address)
      }),
    )
  })
})
