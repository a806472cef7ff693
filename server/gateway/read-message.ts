// What a caller of the MCP door sends, and which kind of caller that is.
import type { IncomingMessage } from 'node:http'
import { isJsonContentType } from '../lib/json-body.ts'
import { envelopeRevision } from '../mcp/envelope.ts'
import { scanCallerMessage, type ScannedMessage } from '../mcp/message-scan.ts'
import { SESSION_REVISIONS } from '../mcp/protocol-revision.ts'
import { wrongContentType } from './gateway-errors.ts'

/** @throws http.content_type, MessageRefused */
export function scanMessage(request: IncomingMessage, bytes: Buffer): ScannedMessage {
  if (!isJsonContentType(request.headers['content-type'] ?? null)) throw wrongContentType()
  return scanCallerMessage(bytes)
}

/** A revision without sessions: its header or its envelope says so. */
export function isStateless(request: IncomingMessage, message: ScannedMessage): boolean {
  const version = request.headers['mcp-protocol-version']
  if (envelopeRevision(message) !== undefined) return true
  return typeof version === 'string' && !SESSION_REVISIONS.has(version)
}
