// What a 401 of the gateway says about how to come by a token.
import type { IncomingMessage } from 'node:http'
import type { House } from '../context/context.ts'
import { metadataAddressOf } from '../downstream-oauth/server-metadata.ts'
import { pathOf } from './admit.ts'

const NAMESPACE_PATH = /^\/mcp\/([a-z0-9-]+)$/

/** RFC 9728 §5.1 at the endpoint of a namespace, the one thing that MCP clients can sign somebody in for; RFC 6750 §3 elsewhere. */
export function challengeOf(house: House, { url = '', headers }: IncomingMessage): string {
  const [, namespace] = NAMESPACE_PATH.exec(pathOf(url)) ?? []
  if (namespace === undefined) return 'Bearer'
  const problem = headers.authorization === undefined ? '' : 'error="invalid_token", '
  return `Bearer ${problem}resource_metadata="${metadataAddressOf(house, namespace)}"`
}
