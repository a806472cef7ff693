// The addresses in an answer of one server, as they are called behind the endpoint of all: what a result links to can be read there.
import { scanUpstreamMessage } from '../mcp/message-scan.ts'
import { splice } from '../mcp/splice.ts'
import { nestsDeeperThan } from '../lib/json-depth.ts'
import { isItem } from './list-kinds.ts'
import { qualifyUri } from './qualified-name.ts'

/** Far below where writing JSON runs out of stack. */
const MAX_DEPTH = 1000

/** Where a result has content: of a tool, of a resource, of a prompt. Everything else keeps its bytes. */
const MEMBERS: ReadonlySet<string> = new Set(['content', 'contents', 'messages'])

/** @throws MessageRefused for what is no message */
export function qualifyLinks(bytes: Buffer, connectionId: string): Buffer {
  if (!bytes.includes('"uri"') || nestsDeeperThan(MAX_DEPTH, bytes)) return bytes
  const edits = scanUpstreamMessage(bytes).resultMembers.flatMap(({ key, value }) => {
    if (!MEMBERS.has(key)) return []
    const parts: unknown = JSON.parse(bytes.toString('utf8', value.start, value.end))
    const linked = Array.isArray(parts) ? parts.map((part) => withLinks(part, connectionId)) : parts
    return [{ ...value, text: JSON.stringify(linked) }]
  })
  return edits.length === 0 ? bytes : splice(bytes, edits)
}

/** A resource's contents, a link to one, one that is embedded, or a message that holds such a part. */
function withLinks(part: unknown, connectionId: string): unknown {
  if (!isItem(part)) return part
  const own = typeof part.uri === 'string' ? { uri: qualifyUri(connectionId, part.uri) } : {}
  const resource = isItem(part.resource) ? { resource: withLinks(part.resource, connectionId) } : {}
  const content = Array.isArray(part.content)
    ? { content: part.content.map((inner) => withLinks(inner, connectionId)) }
    : isItem(part.content)
      ? { content: withLinks(part.content, connectionId) }
      : {}
  return { ...part, ...own, ...resource, ...content }
}
