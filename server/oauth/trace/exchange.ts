// What may be remembered of a request and its answer: by an allow list, so that no token, code, state, verifier or secret
// has a place in it. Names that we know, never values; addresses without their query; of a refusal the one word that
// RFC 6749 §5.2 gives it.
import type { BearerChallenge } from '../discovery/challenge.ts'
import { knownNames } from './known-names.ts'

export interface Exchange {
  method: 'GET' | 'POST'
  /** Origin and path. */
  url: string
  /** Names of what was sent: parameters, members of a document, `authorization` for a header. */
  sent: string[]
  /** Null: no answer came, or a browser saw it and not we. */
  status: number | null
  /** Names of what came back. */
  received: string[]
  /** The other side's own `error`. */
  theirError: string | null
}

export type NoteExchange = (exchange: Exchange) => void

const MAX_URL = 300
/** How RFC 6749 §5.2 and its extensions spell an error. A token has digits or capitals, and is no word. */
const ERROR_WORD = /^[a-z][a-z_]{1,39}$/

/** A stranger may have chosen the path: it is bounded, and nothing but the path. */
export const shownUrl = ({ origin, pathname }: URL): string => `${origin}${pathname}`.slice(0, MAX_URL)

export const shownError = (error: unknown): string | null => (typeof error === 'string' && ERROR_WORD.test(error) ? error : null)

/** Of an answer: whatever is not a JSON object has no names. */
export function receivedOf(body: unknown): Pick<Exchange, 'received' | 'theirError'> {
  const members = typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {}
  return { received: knownNames(Object.keys(members)), theirError: shownError(members.error) }
}

/** RFC 9728 §5.1: how an MCP server refuses whom it does not know. */
export const challengeExchange = (mcpUrl: URL, { resourceMetadata: resource_metadata, scope, error }: BearerChallenge): Exchange => ({
  method: 'POST',
  url: shownUrl(mcpUrl),
  sent: [],
  status: 401,
  received: Object.entries({ resource_metadata, scope, error }).flatMap(([name, value]) => (value === undefined ? [] : [name])),
  theirError: shownError(error),
})

/** A request that a browser makes: it was sent there, or came from there. */
export const browserExchange = (url: URL, parameters: URLSearchParams): Exchange => ({
  method: 'GET',
  url: shownUrl(url),
  sent: knownNames(parameters.keys()),
  status: null,
  received: [],
  theirError: shownError(parameters.get('error')),
})
