// RFC 9110 §11.6.1, RFC 6750 §3, RFC 9728 §5.1: what a 401 or 403 asks for. Several challenges may share a
// header, separated by the same commas that separate parameters.

export interface BearerChallenge {
  /** Where the resource's metadata is, as text: it has still to pass the guard. */
  resourceMetadata: string | undefined
  scope: string | undefined
  error: string | undefined
}

const MAX_HEADER = 8192
const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+"
/** A parameter, or the start of a challenge: `Scheme` followed by a space, a comma or the end. */
const PARAMETER = new RegExp(`^(${TOKEN})[ \\t]*=[ \\t]*(?:"((?:[^"\\\\]|\\\\.)*)"|(${TOKEN}))`)
const SCHEME = new RegExp(`^(${TOKEN})(?=[ \\t,]|$)`)
const TOKEN68 = /^[A-Za-z0-9\-._~+/]+=*(?=[ \t]*(?:,|$))/

/** The first Bearer challenge, or undefined. A header that cannot be read to its end says nothing after that point. */
export function readBearerChallenge(header: string | undefined): BearerChallenge | undefined {
  let rest = (header ?? '').slice(0, MAX_HEADER)
  let scheme = ''
  let bearer: Map<string, string> | undefined
  for (;;) {
    rest = rest.replace(/^[ \t,]+/, '')
    const parameter = scheme === '' ? null : PARAMETER.exec(rest)
    if (parameter) {
      const name = parameter[1]!.toLowerCase()
      // RFC 6750 §3: no parameter may appear twice; the first one stands.
      if (scheme === 'bearer' && bearer && !bearer.has(name)) bearer.set(name, parameter[3] ?? unquote(parameter[2]!))
      rest = rest.slice(parameter[0].length)
      continue
    }
    const start = SCHEME.exec(rest)
    if (!start) break
    // Only the first Bearer challenge counts; what follows it is another one.
    if (bearer) break
    scheme = start[1]!.toLowerCase()
    if (scheme === 'bearer') bearer = new Map()
    rest = rest.slice(start[0].length).replace(/^[ \t]+/, '')
    if (!PARAMETER.test(rest)) rest = rest.replace(TOKEN68, '')
  }
  return bearer && { resourceMetadata: bearer.get('resource_metadata'), scope: bearer.get('scope'), error: bearer.get('error') }
}

const unquote = (text: string): string => text.replace(/\\(.)/g, '$1')
