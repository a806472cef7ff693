// Keys of one object that two JSON parsers could take for each other. Whoever judges a message and
// whoever acts on it must not find different members under the same name.

/** No NUL, any case: what the most lenient parser makes of a key. */
const skeleton = (key: string): string =>
  // Upper case first, so that U+017F meets "s" and U+212A meets "k" as they do for parsers that fold by
  // Unicode; U+0307 is what lower-casing leaves of the Turkish capital I.
  key.toUpperCase().toLowerCase().replaceAll('\u0000', '').replaceAll('\u0307', '')

const bySkeleton = (...spellings: string[]): ReadonlyMap<string, string> => new Map(spellings.map((spelling) => [skeleton(spelling), spelling]))

/** Members whose look-alikes ("ID", "Method", "na\u0000me", "requestid") some parsers would take for the real ones. */
const KNOWN_MEMBERS: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  root: bySkeleton('jsonrpc', 'id', 'method', 'params', 'result', 'error'),
  params: bySkeleton(
    'name', 'arguments', 'uri', '_meta', 'cursor', 'requestId', 'progressToken', 'protocolVersion', 'capabilities', 'clientInfo',
    'level', 'ref', 'argument',
  ),
  meta: bySkeleton(
    'progressToken',
    'io.modelcontextprotocol/protocolVersion',
    'io.modelcontextprotocol/clientInfo',
    'io.modelcontextprotocol/clientCapabilities',
    'io.modelcontextprotocol/logLevel',
    'traceparent',
    'tracestate',
  ),
}

const KNOWN_SPELLINGS: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries(KNOWN_MEMBERS).map(([role, members]) => [role, new Set(members.values())]),
)

/** A sentence if an object with this role in the message has keys that could be confused. */
export function findAmbiguity(role: 'root' | 'params' | 'meta' | 'result' | 'other', keys: readonly string[]): string | undefined {
  if (hasRepeat(keys)) return 'An object in the message has the same key twice.'
  const known = KNOWN_MEMBERS[role]
  if (!known) return undefined
  // The usual case: members of the specification, each as it is spelled there.
  const spellings = KNOWN_SPELLINGS[role]!
  if (keys.every((key) => spellings.has(key))) return undefined
  const folded = keys.map(skeleton)
  const lookAlike = folded.some((fold, index) => (known.get(fold) ?? keys[index]) !== keys[index])
  return lookAlike || hasRepeat(folded) ? 'An object in the message has keys that differ only in upper and lower case.' : undefined
}

function hasRepeat(keys: readonly string[]): boolean {
  if (keys.length > 12) return new Set(keys).size !== keys.length
  for (let i = 1; i < keys.length; i++) for (let j = 0; j < i; j++) if (keys[i] === keys[j]) return true
  return false
}
