// What an upstream's answer may carry on our origin: its type, and nothing that a browser would obey.
// A hostile MCP server must not be able to put a page, a cookie or a redirect under our name.

const GUARD = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
  'cache-control': 'no-store',
}

export const JSON_HEADERS: Readonly<Record<string, string>> = { ...GUARD, 'content-type': 'application/json' }

export const EVENT_STREAM_HEADERS: Readonly<Record<string, string>> = {
  ...GUARD,
  'content-type': 'text/event-stream',
  // Reverse proxies would otherwise hold events back.
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
}

/** The same, names and values alternating: cheaper to extend. */
export const JSON_HEADER_LIST: readonly string[] = Object.entries(JSON_HEADERS).flat()
