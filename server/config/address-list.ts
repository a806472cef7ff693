// Addresses and CIDRs as one list that an address is in, or not.
import { BlockList, isIP, isIPv6 } from 'node:net'

export interface AddressList {
  includes(address: string): boolean
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4')

/** Of what `parseAddressRange` lets pass. What is no address is in no list. */
export function createAddressList(ranges: readonly string[]): AddressList {
  const listed = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    if (bits === undefined) listed.addAddress(address, familyOf(address))
    else listed.addSubnet(address, Number(bits), familyOf(address))
  }
  return { includes: (address) => isIP(address) !== 0 && listed.check(address, familyOf(address)) }
}
