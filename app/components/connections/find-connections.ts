// The page of connections that a search asks for. The server compares exactly, and that is what a search promises.
import type { PageContext } from '../../lib/load-context.ts'
import type { FilterTerm } from './connection-filter.ts'
import type { ConnectionStatus, ConnectionView } from './connection-types.ts'

export const PAGE_SIZE = 50

export interface Search {
  namespace: string
  terms: readonly FilterTerm[]
  state: ConnectionStatus['state'] | undefined
  cursor: string | undefined
}

export interface FoundConnections {
  connections: ConnectionView[]
  nextCursor: string | null
}

interface Query {
  name?: string
  mcpUrl?: string
  metadata?: Record<string, string>
  word?: string
}

const NOTHING: FoundConnections = { connections: [], nextCursor: null }

const pairOf = (term: FilterTerm): readonly [member: string, key: string, value: string] => {
  switch (term.kind) {
    case 'metadata':
      return ['metadata', term.key, term.value]
    case 'id':
      // A list is filtered by id under this reserved name.
      return ['metadata', 'connectionId', term.value]
    case 'url':
      return ['mcpUrl', '', term.value]
    default:
      return [term.kind, '', term.value]
  }
}

/** Undefined if the terms contradict each other: no connection has two names. */
export function queryOf(terms: readonly FilterTerm[]): Query | undefined {
  const seen = new Map<string, readonly [member: string, key: string, value: string]>()
  for (const term of terms) {
    const pair = pairOf(term)
    const place = JSON.stringify(pair.slice(0, 2))
    if (seen.has(place) && seen.get(place)?.[2] !== pair[2]) return undefined
    seen.set(place, pair)
  }
  const pairs = [...seen.values()]
  const single = (member: string) => pairs.find((pair) => pair[0] === member)?.[2]
  const metadata = pairs.filter((pair) => pair[0] === 'metadata').map(([, key, value]) => [key, value] as const)
  const [name, mcpUrl, word] = ['name', 'mcpUrl', 'word'].map(single)
  return {
    ...(name !== undefined && { name }),
    ...(mcpUrl !== undefined && { mcpUrl }),
    ...(word !== undefined && { word }),
    ...(metadata.length > 0 && { metadata: Object.fromEntries(metadata) }),
  }
}

export async function findConnections(api: PageContext['api'], { namespace, terms, state, cursor }: Search): Promise<FoundConnections> {
  const query = queryOf(terms)
  if (!query) return NOTHING
  const { word, ...filter } = query
  const list = (more: typeof filter): Promise<FoundConnections> =>
    api.connections.list({
      namespace,
      limit: PAGE_SIZE,
      ...(state && { state }),
      ...(cursor !== undefined && { cursor }),
      ...filter,
      ...more,
    })
  if (word === undefined) return list({})
  // A word is an id or a name; the one with this id stands first, on the first page.
  const id = filter.metadata?.connectionId
  const [ofId, ofName] = await Promise.all([
    cursor === undefined && (id === undefined || id === word) ? list({ metadata: { ...filter.metadata, connectionId: word } }) : NOTHING,
    filter.name === undefined || filter.name === word ? list({ name: word }) : NOTHING,
  ])
  const others = ofName.connections.filter(({ connectionId }) => connectionId !== word)
  return { connections: [...ofId.connections, ...others], nextCursor: ofName.nextCursor }
}
