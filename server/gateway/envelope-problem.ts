import type { IncomingHttpHeaders } from 'node:http'
import { AppError } from '../lib/app-error.ts'
import { encodeHeaderValue, envelopeRevision, routingHeaders } from '../mcp/envelope.ts'
import type { ScannedMessage } from '../mcp/message-scan.ts'
import { STATELESS_REVISION } from '../mcp/protocol-revision.ts'
import { headerMismatch, unsupportedRevision } from './gateway-errors.ts'

/** MCP 2026-07-28: the headers repeat the body, and whoever answers must refuse a pair that disagrees. */
export function envelopeProblem(headers: IncomingHttpHeaders, message: ScannedMessage): AppError | undefined {
  const revision = envelopeRevision(message)
  if (headers['mcp-protocol-version'] !== undefined && revision !== undefined && headers['mcp-protocol-version'] !== revision) {
    return headerMismatch('MCP-Protocol-Version')
  }
  const named = revision ?? String(headers['mcp-protocol-version'])
  if (named !== STATELESS_REVISION) return unsupportedRevision(named, [STATELESS_REVISION])
  if (revision === undefined) return missingEnvelope()
  const expected = routingHeaders(message.method!, message)
  for (const name of ['mcp-method', 'mcp-name'] as const) {
    if (expected[name] !== undefined && normalise(headers[name]) !== expected[name]) return headerMismatch(name)
  }
  return undefined
}

const missingEnvelope = () =>
  new AppError({
    code: 'mcp.envelope_missing',
    kind: 'invalid',
    message: 'params._meta must name io.modelcontextprotocol/protocolVersion in this revision.',
    details: { jsonRpcCode: -32602 },
  })

/** Wrapped or plain, a value has one meaning. */
function normalise(value: string | string[] | undefined): string | undefined {
  if (typeof value !== 'string') return undefined
  const wrapped = /^=\?base64\?([A-Za-z0-9+/=]*)\?=$/i.exec(value)
  return wrapped ? encodeHeaderValue(Buffer.from(wrapped[1]!, 'base64').toString('utf8')) : value
}
