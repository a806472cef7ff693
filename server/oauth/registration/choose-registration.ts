// MCP 2025-11-25 authorization, Client Registration Approaches: in this order.
import type { ServerMetadata } from '../discovery/server-metadata.ts'

export type RegistrationWay = 'preregistered' | 'metadata_document' | 'dynamic' | 'ask'

export interface RegistrationChoice {
  /** Somebody gave us a client for this very server. */
  hasPreregistered: boolean
  /** Where our metadata document can be read from outside; undefined while we have no such place (no https). */
  metadataDocumentUrl: string | undefined
}

export function chooseRegistration(
  server: Pick<ServerMetadata, 'metadataDocumentSupported' | 'registrationEndpoint'>,
  { hasPreregistered, metadataDocumentUrl }: RegistrationChoice,
): RegistrationWay {
  if (hasPreregistered) return 'preregistered'
  if (server.metadataDocumentSupported && metadataDocumentUrl !== undefined) return 'metadata_document'
  return server.registrationEndpoint === undefined ? 'ask' : 'dynamic'
}
