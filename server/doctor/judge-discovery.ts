// From the MCP server to its authorization server, as the next person who signs in is led.
import type { ExaminationCheck } from '../context/examination.ts'
import type { AppError } from '../lib/app-error.ts'
import { shownText } from '../connections/shown-text.ts'
import { type Evidence, isReachable, severityOf } from './evidence.ts'
import { allSkipped, found, skipped } from './finding.ts'

/** What stands at the place of every check of OAuth, where there is none. */
export const whyNoOAuth = (evidence: Evidence): string =>
  isReachable(evidence) ? 'Nothing says that the server wants OAuth.' : 'The server cannot be reached.'

const FIXES: Readonly<Record<string, string>> = {
  'oauth.metadata_unavailable': 'Whoever runs that server has to publish it, as MCP asks of servers with OAuth.',
  'oauth.resource_mismatch': 'Connect the address that the document names, or have whoever runs the server correct it.',
  'oauth.no_authorization_server': 'Whoever runs the MCP server has to name one in its protected resource metadata.',
  'oauth.issuer_mismatch': 'Whoever runs it has to correct its metadata. If you know that it is right, vouch for it: oauth.trustedIssuer.',
  'oauth.unsafe_endpoint': 'Whoever runs the authorization server has to correct its metadata.',
  'oauth.pkce_unsupported': 'Whoever runs the authorization server has to offer PKCE, which MCP demands.',
}

export function judgeDiscovery(evidence: Evidence): ExaminationCheck[] {
  const { source, server, grant } = evidence
  if (!source) return allSkipped(['resource_metadata', 'issuer_metadata'], whyNoOAuth(evidence))
  const refusal = (check: 'resource_metadata' | 'issuer_metadata', { code, message }: AppError) =>
    found(check, severityOf(evidence), message, FIXES[code] === undefined ? {} : { fix: FIXES[code] })
  if (source.failure) return [refusal('resource_metadata', source.failure), skipped('issuer_metadata', 'Nobody says which authorization server to ask.')]
  const { hasResourceMetadata, resource, issuer } = source.value
  const named = { resource: textOf(resource), issuer: textOf(issuer) }
  const said = hasResourceMetadata ? 'It names its authorization server.' : 'It publishes none, as servers of 2025-03-26: its own origin is asked.'
  const first = found('resource_metadata', 'ok', said, { facts: named, durationMs: source.durationMs })
  if (!server) return [first, skipped('issuer_metadata', 'It was not asked.')]
  if (server.failure) return [first, refusal('issuer_metadata', server.failure)]
  const facts = {
    issuer: textOf(server.value.issuer),
    registersByItself: server.value.registrationEndpoint !== undefined,
    readsMetadataDocuments: server.value.metadataDocumentSupported,
  }
  if (grant && grant.issuer !== server.value.issuer) {
    const moved = found('issuer_metadata', severityOf(evidence), 'The MCP server names another authorization server than the one that granted access.', {
      fix: 'If that is right, sign in again; until then, tokens are renewed where they were granted.',
      remedy: 'sign_in',
      facts: { ...facts, grantedBy: textOf(grant.issuer) },
    })
    return [first, moved]
  }
  return [first, found('issuer_metadata', 'ok', 'It names itself, its endpoints and PKCE with S256.', { facts, durationMs: server.durationMs })]
}

/** A stranger's. */
const textOf = (value: string): string => shownText(value) ?? ''
