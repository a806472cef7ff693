// What a connection looks like from outside, at every door. Nothing secret has a place in it.
import { z } from 'zod'
import { oauth } from './connection-input.ts'

export const connectionStatus = z.discriminatedUnion('state', [
  z.object({ state: z.literal('connected') }),
  z.object({ state: z.literal('disconnected') }),
  z.object({
    state: z.literal('auth_required'),
    setupUrl: z.string().optional(),
    authorizationUrl: z.string().optional(),
    reason: z.string().optional().describe('Where no link helps: what the connection has to be given.'),
  }),
  z.object({
    state: z.literal('input_required'),
    setupUrl: z.string().optional(),
    http: z.object({ headers: z.record(z.string(), z.json()).optional(), query: z.record(z.string(), z.json()).optional() }),
    missing: z.object({ headers: z.array(z.string()), query: z.array(z.string()) }),
  }),
  z.object({ state: z.literal('error'), message: z.string() }),
])
export type ConnectionStatus = z.infer<typeof connectionStatus>

export const serverInfo = z.object({
  name: z.string(),
  version: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  websiteUrl: z.string().optional(),
  icons: z.array(z.object({ src: z.string(), mimeType: z.string().optional(), sizes: z.array(z.string()).optional(), theme: z.string().optional() })).optional(),
})
export type ServerInfo = z.infer<typeof serverInfo>

export const connectionView = z.object({
  connectionId: z.string(),
  name: z.string(),
  transport: z.literal('http'),
  /** Query values read `***`. */
  mcpUrl: z.string(),
  metadata: z.record(z.string(), z.json()).nullable(),
  iconUrl: z.string().nullable(),
  oauth: oauth.optional(),
  machineGrant: z.enum(['client_credentials', 'jwt_bearer']).optional().describe('How it gets its tokens without a person.'),
  sessions: z.enum(['shared', 'per-actor']),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  status: connectionStatus,
  serverInfo: serverInfo.optional(),
})
export type ConnectionView = z.infer<typeof connectionView>

/** For who may call a connection and not read it. */
export const connectionGlance = connectionView
  .pick({ connectionId: true, name: true, transport: true, status: true, serverInfo: true })
  .extend({ mcpUrl: z.null(), metadata: z.null() })
export type ConnectionGlance = z.infer<typeof connectionGlance>

export const connectionPage = z.object({ connections: z.array(connectionView), nextCursor: z.string().nullable() })
export type ConnectionPage = z.infer<typeof connectionPage>

export interface Deletion {
  /** Whether the authorization server says that the grant is gone, too; null if there was none. */
  revokedUpstream: boolean | null
}
