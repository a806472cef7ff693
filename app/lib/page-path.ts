/** The path and query of a page, also where `url` is that of its data: Remix asks for those at `/path.data`, of the start page at `/_root.data`. */
export function pagePath(url: URL): string {
  const search = new URLSearchParams(url.search)
  search.delete('_routes')
  const path = url.pathname === '/_root.data' ? '/' : url.pathname.replace(/\.data$/, '')
  return search.size > 0 ? `${path}?${search}` : path
}
