// What this room needs of the network, given by whoever calls it. Every address here is a stranger's
// word, so both functions go through the egress guard.

export interface Document {
  status: number
  /** Undefined if the body is not JSON. */
  json: unknown
}

export interface OAuthWire {
  /** Follows a few redirects, each checked like the first address. Sends nothing but the request. */
  getJson(url: URL): Promise<Document>
  /** Never follows a redirect: a grant or a secret must not go where the answer points (RFC 9700 §4.11). */
  post(url: string, request: { headers: Record<string, string>; body: string }): Promise<Response>
}

/** oauth4webapi's hook for its own requests; all of those we use are POSTs. */
export const fetchOver =
  (wire: OAuthWire) =>
  (url: string, { headers, body }: { headers: Record<string, string>; body?: unknown }): Promise<Response> =>
    wire.post(url, { headers, body: String(body ?? '') })
