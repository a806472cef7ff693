// What callers may say about a connection, for all three doors. OpenAPI is generated from these.
import { z } from 'zod'
import { isDeeperThan } from '../lib/json-depth.ts'
import { findLostMember } from '../lib/lost-member.ts'
import { namespaceName } from '../namespaces/namespace-name.ts'
import { authorizationParams, oauthClient } from './oauth-input.ts'

export const connectionId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1-64 letters, digits, hyphens or underscores')
  .describe('Chosen by the app, unique inside the namespace.')

const MAX_METADATA_KEYS = 50
const MAX_METADATA_BYTES = 16 * 1024
const LONE_SURROGATE = /\p{Surrogate}/u

const MAX_METADATA_DEPTH = 32

/** For records: a member that they would leave out is refused. */
function refuseLost(value: unknown, context: z.RefinementCtx, levels = 0): void {
  const path = findLostMember(value, levels)
  if (path) context.addIssue({ code: 'custom', path, message: 'is no name that can be used' })
}

const labels = z
  .record(z.string().min(1).max(200), z.json())
  .refine((value) => Object.keys(value).length <= MAX_METADATA_KEYS, `may have at most ${MAX_METADATA_KEYS} keys`)
  .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= MAX_METADATA_BYTES, 'may be at most 16 KB of JSON')
  .refine((value) => !Object.hasOwn(value, 'connectionId'), 'connectionId is reserved: filters and policies use it for the id itself')
  .superRefine((value, context) => {
    // Half of a surrogate pair is not UTF-8: stored, it would be another text than the one to filter by.
    const isBroken = (text: unknown) => typeof text === 'string' && LONE_SURROGATE.test(text)
    const pair = Object.entries(value).find((each) => each.some(isBroken))
    if (pair) context.addIssue({ code: 'custom', path: [pair[0]], message: 'holds half of a surrogate pair, which is no character' })
  })

/** Any JSON; what can be filtered on is strings, numbers and booleans at the top level. */
export const metadata = z
  .preprocess((value: z.input<typeof labels>, context) => {
    // Before the checks that descend into it: they would run out of stack.
    if (isDeeperThan(MAX_METADATA_DEPTH, value)) context.addIssue({ code: 'custom', message: `nests deeper than ${MAX_METADATA_DEPTH} levels` })
    refuseLost(value, context, MAX_METADATA_DEPTH)
    return value
  }, labels)
  .describe('Your own labels, such as {"userId": "123"}; lists can be filtered by them.')

/** RFC 9110 §5.6.2 token; hop-by-hop and protocol headers are ours to set. */
const FORBIDDEN_HEADERS = /^(host|content-length|content-type|accept|transfer-encoding|connection|upgrade|te|trailer|expect|via|proxy-.*|mcp-.*|last-event-id)$/i
const MAX_HEADERS = 40
const headerName = z
  .string()
  .regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,200}$/, 'is not a header name')
  .refine((name) => !FORBIDDEN_HEADERS.test(name), 'is set by Plugboard and cannot be configured')
const headerValue = z
  .string()
  .max(8192, 'may be at most 8192 characters')
  // RFC 9110 §5.5: visible characters, spaces and tabs; obs-text is Latin-1.
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'may not contain control characters or characters outside Latin-1')

const headerRecord = z
  .record(headerName, headerValue)
  .refine((value) => Object.keys(value).length <= MAX_HEADERS, `may have at most ${MAX_HEADERS} entries`)
  .refine((value) => new Set(Object.keys(value).map((name) => name.toLowerCase())).size === Object.keys(value).length, 'names a header twice')

export const headers = z
  .preprocess((value: z.input<typeof headerRecord>, context) => {
    refuseLost(value, context)
    return value
  }, headerRecord)
  .describe('Sent to the MCP server with every request. Write-only: stored sealed, never returned.')

export const mcpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .max(2048)
  .refine((text) => !URL.canParse(text) || new URL(text).username === '' , 'may not contain a user name; send credentials in headers')
  .describe('The MCP server. Values in the query are treated as secrets: stored sealed, shown as ***.')

const name = z.string().trim().min(1).max(255)

/** Smithery features that Plugboard does not have: named, so that nobody thinks they took effect. */
const notOffered = (problem: string) => z.never({ error: problem }).optional()
const unsupported = {
  server: notOffered('registry names are not supported; give mcpUrl'),
  source: notOffered('is not supported; run the server yourself and give its mcpUrl'),
  mock: notOffered('is not supported'),
  transport: z.literal('http', { error: 'must be "http"' }).optional(),
}

export const oauth = z
  .strictObject({
    trustedIssuer: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).max(2048).optional(),
    legacyEndpoints: z.boolean().optional(),
  })
  .describe(
    'For authorization servers that deviate from the book. trustedIssuer: what the metadata may call itself, though it was found under another name. legacyEndpoints: without any metadata, use /authorize, /token and /register at the root of the MCP server, as MCP 2025-03-26 did.',
  )

export const createConnectionInput = z.strictObject({
  // First, so that who asks for them hears of them before a missing mcpUrl.
  ...unsupported,
  mcpUrl,
  name: name.optional(),
  metadata: metadata.nullish(),
  headers: headers.optional(),
  oauth: oauth.nullish(),
  oauthClient: oauthClient.optional(),
  authorizationParams: authorizationParams.optional(),
  sessions: z.enum(['shared', 'per-actor']).optional().describe('Whether callers share one upstream session (default) or each principal gets its own.'),
})
export type CreateConnectionInput = z.infer<typeof createConnectionInput>

/** Omitted members stay as they are; mcpUrl is needed to create. */
export const upsertConnectionInput = createConnectionInput.partial({ mcpUrl: true })
export type UpsertConnectionInput = z.infer<typeof upsertConnectionInput>

const filterPairs = z.record(z.string(), z.string())
/** A filter that is not there finds everything. */
const metadataFilter = z.preprocess((value: z.input<typeof filterPairs>, context) => {
  refuseLost(value, context)
  return value
}, filterPairs)

export const listConnectionsInput = z.strictObject({
  namespace: namespaceName,
  // A query string holds text; whoever has numbers sends numbers.
  limit: z.coerce.number<number>().int().min(1).max(100).default(100),
  cursor: z.string().max(500).optional(),
  name: z.string().optional(),
  mcpUrl: z.string().optional(),
  state: z.enum(['connected', 'auth_required', 'input_required', 'disconnected', 'error']).optional(),
  /** Exact match on every pair. */
  metadata: metadataFilter.optional(),
})
export type ListConnectionsInput = z.infer<typeof listConnectionsInput>
