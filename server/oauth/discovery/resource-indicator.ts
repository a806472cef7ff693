// RFC 8707 §2: the resource a token is asked for, in the one spelling that all our requests use.

/** MCP authorization, canonical server URI: no fragment, no query, no trailing slash. */
export function resourceIndicator(mcpUrl: URL): string {
  const url = new URL(mcpUrl)
  url.hash = ''
  url.search = ''
  return url.href.replace(/\/$/, '')
}

/**
 * Whether metadata for `resource` speaks of `mcpUrl` (RFC 9728 §3.3, §7.3): the same address, or the part of the same
 * origin that contains it. Many servers name their origin as the resource of everything below it.
 */
export function coversResource(resource: unknown, mcpUrl: URL): resource is string {
  if (typeof resource !== 'string' || !URL.canParse(resource)) return false
  const named = new URL(resource)
  if (named.origin !== mcpUrl.origin || named.hash !== '' || named.username !== '' || named.password !== '') return false
  const path = (url: URL) => `${url.pathname.replace(/\/+$/, '')}/`
  return path(mcpUrl).startsWith(path(named))
}
