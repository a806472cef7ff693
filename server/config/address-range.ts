import { isIP } from 'node:net'

/** An address or a CIDR (RFC 4632, RFC 4291 §2.3), as it was written; undefined if it is neither, or names a zone of one machine (RFC 4007 §11). */
export function parseAddressRange(text: string): string | undefined {
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || address.includes('%') || rest.length > 0) return undefined
  if (bits === undefined) return text
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128) ? text : undefined
}
