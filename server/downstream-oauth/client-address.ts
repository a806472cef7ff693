// Client ids that are addresses (Client ID Metadata Documents §3): what stands there says who the client is, and the host is all
// that can be trusted about it.

const MAX_LENGTH = 500

/** Whether it wants to be one. Ids that we gave out have no colon. */
export const isClientAddress = (clientId: string): boolean => clientId.includes(':')

/**
 * Undefined if it may not be one: https, with a path, without a fragment, a password or dot segments. A URL that is not spelt as
 * it would be written again has a second reading, so that includes dots in every encoding.
 */
export function readClientAddress(clientId: string): URL | undefined {
  if (clientId.length > MAX_LENGTH || !URL.canParse(clientId)) return undefined
  const url = new URL(clientId)
  const isPlain = url.href === clientId && !clientId.includes('#') && url.username === '' && url.password === ''
  return isPlain && url.protocol === 'https:' && url.pathname !== '/' ? url : undefined
}

/** Who vouches for a client; undefined for one that registered itself. */
export const hostOfClient = (clientId: string): string | undefined => (isClientAddress(clientId) ? new URL(clientId).host : undefined)
