// Finds the connection that a message is for, and makes of it the message that the connection's server would have been sent: the
// same bytes, but for the name. From there on it is a call like any other, judged and counted as what it says now.
import { scanCallerMessage, type Range, type ScannedMessage } from '../mcp/message-scan.ts'
import { replaceAt, splice } from '../mcp/splice.ts'
import type { PooledCall } from '../mcp/pooled-request.ts'
import { unknownName } from './aggregate-errors.ts'
import { type Qualified, readName, readUri } from './qualified-name.ts'

type Request = PooledCall['message']

export interface RoutedMessage {
  connectionId: string
  message: Request
}

/** `undefined`: nobody routes this method. @throws aggregate.unknown_*, MessageRefused */
export function routeMessage(message: Request): RoutedMessage | undefined {
  const { params } = message
  if (message.method === 'tools/call') return renamed(message, 'name', orUnknown('tool', params?.name, readName))
  if (message.method === 'prompts/get') return renamed(message, 'name', orUnknown('prompt', params?.name, readName))
  if (message.method === 'resources/read') return renamed(message, 'uri', orUnknown('resource', params?.uri, readUri))
  return message.method === 'completion/complete' ? routeCompletion(message, params?.ref) : undefined
}

/** `call_tool {name, arguments}` is a call of that tool. */
export function unwrapCall(message: Request): Request {
  const { name, arguments: given = {} } = (message.params?.arguments ?? {}) as Record<string, unknown>
  const { meta, params } = message.offsets
  const kept = meta ? `,"_meta":${message.bytes.toString('utf8', meta.start, meta.end)}` : ''
  return edited(message, params!, `{"name":${JSON.stringify(name ?? null)},"arguments":${JSON.stringify(given)}${kept}}`)
}

function routeCompletion(message: Request, ref: unknown): RoutedMessage {
  const { name, uri } = (typeof ref === 'object' && ref !== null ? ref : {}) as Record<string, unknown>
  const { connectionId, own } = uri === undefined ? orUnknown('prompt', name, readName) : orUnknown('resource', uri, readUri)
  const ownRef = { ...(ref as object), ...(uri === undefined ? { name: own } : { uri: own }) }
  return { connectionId, message: edited(message, valueOf(message, 'ref'), JSON.stringify(ownRef)) }
}

function orUnknown(what: 'tool' | 'prompt' | 'resource', text: unknown, read: (text: string) => Qualified | undefined): Qualified {
  const qualified = typeof text === 'string' ? read(text) : undefined
  if (!qualified) throw unknownName(what)
  return qualified
}

const renamed = (message: Request, member: string, { connectionId, own }: Qualified): RoutedMessage => ({
  connectionId,
  message: edited(message, valueOf(message, member), JSON.stringify(own)),
})

const valueOf = ({ offsets }: ScannedMessage, member: string): Range => offsets.paramsMembers.find(({ key }) => key === member)!.value

const edited = (message: Request, at: Range, text: string): Request => scanCallerMessage(splice(message.bytes, [replaceAt(at, text)])) as Request
