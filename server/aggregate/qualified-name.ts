// What things of several connections are called behind one endpoint: the connection's id, then their own name. An id has no dot and
// no slash, so the first one ends it, whatever the server called its things.

/** A tool or a prompt. */
export const qualifyName = (connectionId: string, name: string): string => `${connectionId}.${name}`

/** A resource or a template. The server's own URI follows as it is: what a client fills into a template stays what it was. */
export const qualifyUri = (connectionId: string, uri: string): string => `${SCHEME}${connectionId}/${uri}`

const SCHEME = 'plugboard://'

export interface Qualified {
  connectionId: string
  /** As the server knows it. */
  own: string
}

export const readName = (text: string): Qualified | undefined => splitAt(text, '.')

export const readUri = (text: string): Qualified | undefined => (text.startsWith(SCHEME) ? splitAt(text.slice(SCHEME.length), '/') : undefined)

function splitAt(text: string, separator: string): Qualified | undefined {
  const at = text.indexOf(separator)
  return at > 0 && at < text.length - 1 ? { connectionId: text.slice(0, at), own: text.slice(at + 1) } : undefined
}
