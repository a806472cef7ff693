// What can be listed, and how an item of one connection is called among those of all.
import { qualifyName, qualifyUri } from './qualified-name.ts'

export type Item = Record<string, unknown>

export const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value)

export interface ListKind {
  /** Of the result. */
  member: string
  /** What a server that has such things says that it can do. */
  capability: 'tools' | 'resources' | 'prompts'
  /** What tells one item of a server from another. */
  key: 'name' | 'uri' | 'uriTemplate'
  qualify(connectionId: string, own: string): string
}

const kinds = {
  'tools/list': { member: 'tools', capability: 'tools', key: 'name', qualify: qualifyName },
  'prompts/list': { member: 'prompts', capability: 'prompts', key: 'name', qualify: qualifyName },
  'resources/list': { member: 'resources', capability: 'resources', key: 'uri', qualify: qualifyUri },
  'resources/templates/list': { member: 'resourceTemplates', capability: 'resources', key: 'uriTemplate', qualify: qualifyUri },
} as const satisfies Record<string, ListKind>

export type ListMethod = keyof typeof kinds

export const isListMethod = (method: string): method is ListMethod => Object.hasOwn(kinds, method)

export const listKind = (method: ListMethod): ListKind => kinds[method]

/** Each once and under its full name; of two with one name the first, which is the one that a call would reach. */
export function qualifyItems(method: ListMethod, connectionId: string, items: readonly Item[]): Item[] {
  const { key, qualify } = listKind(method)
  const byName = new Map<string, Item>()
  for (const item of items) {
    const own = item[key]
    if (typeof own !== 'string' || own === '' || byName.has(own)) continue
    byName.set(own, { ...item, [key]: qualify(connectionId, own), ...interfaceOf(item, connectionId) })
  }
  return [...byName.values()]
}

/** MCP Apps: the resource that shows what a tool answers is read behind this endpoint, too. */
function interfaceOf({ _meta }: Item, connectionId: string): Item {
  const ui = isItem(_meta) ? _meta.ui : undefined
  return isItem(ui) && typeof ui.resourceUri === 'string' ? { _meta: { ...(_meta as Item), ui: { ...ui, resourceUri: qualifyUri(connectionId, ui.resourceUri) } } } : {}
}
