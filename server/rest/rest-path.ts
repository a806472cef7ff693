// Which requests are the REST door's. The dialect lives at the root, beside the pages: words that are
// kept for pages are theirs, and so is a browser that asks for a page where a namespace could be.
import { isReservedName } from '../namespaces/namespace-name.ts'

/** First words that are this door's; the second line is what the dialect has elsewhere, answered here with a JSON 404. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  'namespaces', 'keys', 'tokens', 'connect', 'health', 'openapi.json',
  'servers', 'skills', 'organizations', 'connect-sessions', 'api',
])

export const isRestPath = (pathname: string): boolean => {
  const first = pathname.split('/', 2)[1] ?? ''
  return OWN_WORDS.has(first) || (first !== '' && !isReservedName(first) && !first.includes('.'))
}

export interface RequestHead {
  method: string
  pathname: string
  accept: string | null | undefined
  authorization: string | null | undefined
}

/** A person who followed a link to something that is no page deserves one that says so. */
const wantsPage = (head: RequestHead): boolean =>
  (head.method === 'GET' || head.method === 'HEAD') && !head.authorization && /\btext\/html\b/i.test(head.accept ?? '')

export function isRestRequest(head: RequestHead): boolean {
  if (!isRestPath(head.pathname)) return false
  const first = head.pathname.split('/', 2)[1] ?? ''
  return OWN_WORDS.has(first) || !wantsPage(head)
}
