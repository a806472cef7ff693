// Where a browser may be sent by what stands in an address: only to a path of this site, or a link to us would open anything.

const ORIGIN = 'http://here.invalid'

/** A path as a browser reads it: `//host` and `/\host` would be another site (WHATWG URL §4.4, relative slash state). */
const PATH = /^\/(?![/\\])/

/** `to` as a path of this site, otherwise `fallback`. */
export function pathOnThisSite(to: string | null, fallback: string): string {
  if (to === null || !PATH.test(to) || !URL.canParse(to, ORIGIN)) return fallback
  const url = new URL(to, ORIGIN)
  // Parsing drops tabs and dot segments, so what looked like a path may have become a host, or two slashes.
  const path = url.pathname + url.search + url.hash
  return url.origin === ORIGIN && PATH.test(path) ? path : fallback
}
