// The address of a search: what is filtered lives there, so that it can be shared and gone back to.
import { type FilterTerm, writeFilter } from './connection-filter.ts'
import type { ConnectionStatus } from './connection-types.ts'

export type ConnectionState = ConnectionStatus['state']

/** In the order in which a person looks for them. */
export const STATES: readonly ConnectionState[] = ['connected', 'error', 'auth_required', 'input_required', 'disconnected']

export const readState = (text: string | null): ConnectionState | undefined => STATES.find((state) => state === text)

interface SearchAddress {
  terms: readonly FilterTerm[]
  state: ConnectionState | undefined
  cursor?: string
}

/** The search part of the connections page's address, or '.' for no search at all. */
export function searchPath({ terms, state, cursor }: SearchAddress): string {
  const search = new URLSearchParams()
  if (terms.length > 0) search.set('q', writeFilter(terms))
  if (state !== undefined) search.set('state', state)
  if (cursor !== undefined) search.set('cursor', cursor)
  const text = search.toString()
  return text === '' ? '.' : `?${text}`
}
