// A tool's result as things that can be shown (MCP 2025-11-25 server/tools §Tool Result). All of it is a stranger's:
// whatever is not of the expected shape becomes text, never an error of the page.
import { isObject } from './is-object.ts'
import { audioType, base64Size, dataUrl, imageType } from './media-kind.ts'

export type ContentItem =
  | { kind: 'text'; text: string }
  | { kind: 'image' | 'audio'; url: string; mimeType: string; bytes: number }
  | { kind: 'link'; uri: string; name: string | undefined; description: string | undefined; mimeType: string | undefined }
  | { kind: 'resource'; uri: string; mimeType: string | undefined; inside: ContentItem }
  /** `text` is what can be told of it. */
  | { kind: 'unshown'; what: string; text: string | undefined }

export interface ShownResult {
  items: ContentItem[]
  /** Items beyond those. */
  hidden: number
  structured: unknown
  /** The tool ran and says that it failed. */
  isError: boolean
}

const MAX_ITEMS = 100

export function readToolResult(result: unknown): ShownResult {
  const { content, structuredContent, isError } = isObject(result) ? result : {}
  const items: unknown[] = Array.isArray(content) ? content : []
  return {
    items: items.slice(0, MAX_ITEMS).map(readItem),
    hidden: Math.max(0, items.length - MAX_ITEMS),
    structured: structuredContent,
    isError: isError === true,
  }
}

function readItem(item: unknown): ContentItem {
  if (!isObject(item)) return asJson('Not a content item', item)
  if (item.type === 'text' && typeof item.text === 'string') return { kind: 'text', text: item.text }
  if (item.type === 'image') return readMedia('image', item.data, item.mimeType)
  if (item.type === 'audio') return readMedia('audio', item.data, item.mimeType)
  if (item.type === 'resource_link' && typeof item.uri === 'string') {
    return { kind: 'link', uri: item.uri, name: textOf(item.title) ?? textOf(item.name), description: textOf(item.description), mimeType: textOf(item.mimeType) }
  }
  if (item.type === 'resource' && isObject(item.resource)) return readResource(item.resource)
  return asJson('Content of a kind that is not known here', item)
}

function readResource(resource: Record<string, unknown>): ContentItem {
  const mimeType = textOf(resource.mimeType)
  const inside: ContentItem =
    typeof resource.text === 'string'
      ? { kind: 'text', text: resource.text }
      : readMedia(mimeType?.startsWith('audio/') ? 'audio' : 'image', resource.blob, mimeType)
  return { kind: 'resource', uri: textOf(resource.uri) ?? '', mimeType, inside }
}

function readMedia(kind: 'image' | 'audio', data: unknown, claimed: unknown): ContentItem {
  const name = textOf(claimed) ?? kind
  if (typeof data !== 'string') return { kind: 'unshown', what: `${name} without data`, text: undefined }
  const mimeType = kind === 'image' ? imageType(data) : audioType(data)
  if (mimeType) return { kind, mimeType, url: dataUrl(mimeType, data), bytes: base64Size(data) }
  return { kind: 'unshown', what: `${name}, ${base64Size(data).toLocaleString('en')} bytes: not a format that is safe to show`, text: decodeText(data, name) }
}

/** SVG and the like are text, and may be read as such. */
function decodeText(base64: string, mimeType: string): string | undefined {
  if (!/^text\/|[+/](xml|json)\b/.test(mimeType)) return undefined
  try {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const asJson = (what: string, item: unknown): ContentItem => ({ kind: 'unshown', what, text: JSON.stringify(item, null, 2) })
