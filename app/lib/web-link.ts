/** The address if a browser may be sent there: http and https, so nothing that runs or opens another program. */
export function webLink(uri: string): string | undefined {
  if (!URL.canParse(uri)) return undefined
  const { protocol, href } = new URL(uri)
  return protocol === 'https:' || protocol === 'http:' ? href : undefined
}
