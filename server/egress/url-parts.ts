// What a request needs of its URL. Most connections have one URL for all their calls, and each of these costs a walk through it.

export interface UrlParts {
  /** Of which they are the parts: a URL can be changed. */
  href: string
  origin: string
  host: string
  /** Path and query. */
  path: string
}

const known = new WeakMap<URL, UrlParts>()

export function partsOf(url: URL): UrlParts {
  const { href } = url
  const parts = known.get(url)
  if (parts?.href === href) return parts
  const fresh = { href, origin: url.origin, host: url.host, path: url.pathname + url.search }
  known.set(url, fresh)
  return fresh
}
