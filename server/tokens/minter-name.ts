/** Who minted a token, as its row has it: `api_key:…` or `member:…`. */
export interface MinterName {
  kind: 'api_key' | 'member'
  id: string
}

export function readMinterName(mintedBy: string): MinterName {
  const colon = mintedBy.indexOf(':')
  return { kind: mintedBy.slice(0, colon) === 'member' ? 'member' : 'api_key', id: mintedBy.slice(colon + 1) }
}
