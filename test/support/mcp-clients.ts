// The MCP clients that people use, unmodified, talking to a server itself or to Plugboard's endpoint.
import {
  Client as ModernClient,
  type ClientOptions as ModernOptions,
  StreamableHTTPClientTransport as ModernTransport,
} from '@modelcontextprotocol/client'
import { Client, type ClientOptions } from '@modelcontextprotocol/sdk/client/index.js'
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'

export const CLIENT = { name: 'test-client', version: '1.0.0' }

/** Where to connect; with a key for Plugboard, without one for the server itself. */
export interface Endpoint {
  url: URL
  key?: string
  /** HTTP+SSE, the transport of 2024-11-05. */
  sse?: boolean
}

const optionsFor = ({ key }: Endpoint) => (key === undefined ? {} : { requestInit: { headers: { authorization: `Bearer ${key}` } } })

/** The client of @modelcontextprotocol/sdk 1.x; `prepare` registers handlers before it connects. */
export async function connectClient(
  endpoint: Endpoint,
  options: ClientOptions = {},
  prepare: (client: Client) => void = () => {},
): Promise<Client> {
  const client = new Client(CLIENT, options)
  prepare(client)
  if (endpoint.sse) {
    await client.connect(new SSEClientTransport(endpoint.url, optionsFor(endpoint)))
    return client
  }
  const listening = watchForStream()
  await client.connect(new StreamableHTTPClientTransport(endpoint.url, { ...optionsFor(endpoint), fetch: listening.fetch }))
  await listening.answered
  return client
}

/** A client opens its GET stream without waiting for it; what a server says before that is lost, and a test would wait for it in vain. */
function watchForStream() {
  let tell = () => {}
  const answered = new Promise<void>((resolve) => void (tell = resolve))
  return {
    answered,
    fetch: async (url: string | URL, init?: RequestInit) => {
      const response = await fetch(url, init)
      if (init?.method === 'GET') tell()
      return response
    },
  }
}

/** The client of @modelcontextprotocol/client 2.x. */
export async function connectModernClient(
  endpoint: Endpoint,
  mode: 'legacy' | 'auto',
  options: ModernOptions = {},
  prepare: (client: ModernClient) => void = () => {},
): Promise<ModernClient> {
  const client = new ModernClient(CLIENT, { ...options, versionNegotiation: { mode } })
  prepare(client)
  await client.connect(new ModernTransport(endpoint.url, optionsFor(endpoint)))
  return client
}
