// Where a stranger is sent from a page, so that signing in leads back to it.
import { pagePath } from './page-path.ts'

/** What our own links put into an address. Anything else may be a token that was typed into one, and is not repeated. */
const KEPT = ['connection', 'tool', 'range', 'q', 'state', 'before']

/** `url` is that of a page, or of its data. */
export function signInPath(url: URL): string {
  const kept = new URLSearchParams([...url.searchParams].filter(([name]) => KEPT.includes(name)))
  const to = kept.size > 0 ? `${pagePath(url)}?${kept}` : pagePath(url)
  return `/sign-in?${new URLSearchParams({ to })}`
}
