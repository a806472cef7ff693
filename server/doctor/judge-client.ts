// Who we are at the authorization server, and where it sends people back to.
import { isLoopbackHost } from '../config/loopback.ts'
import type { ExaminationCheck } from '../context/examination.ts'
import type { ServerMetadata } from '../oauth/discovery/server-metadata.ts'
import { chooseRegistration, type RegistrationWay } from '../oauth/registration/choose-registration.ts'
import { type ClientTraces, type Evidence, severityOf } from './evidence.ts'
import { allSkipped, found } from './finding.ts'
import { whyNoOAuth } from './judge-discovery.ts'

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

export function judgeClient(evidence: Evidence): ExaminationCheck[] {
  const { client, server } = evidence
  if (!client || !server?.value) return allSkipped(['client', 'redirect_uri'], evidence.source ? 'It is not known who would be asked to sign people in.' : whyNoOAuth(evidence))
  const way = chooseRegistration(server.value, { hasPreregistered: client.own !== undefined, metadataDocumentUrl: client.metadataDocumentUrl })
  return [judgeIdentity(evidence, client, server.value, way), judgeRedirectUri(evidence, client, way)]
}

function judgeIdentity(evidence: Evidence, client: ClientTraces, server: ServerMetadata, way: RegistrationWay): ExaminationCheck {
  const { grant, nowMs, source } = evidence
  const { own, shared, metadataDocumentUrl } = client
  const severity = severityOf(evidence)
  const facts = { way }
  if ((grant?.secretExpiresAt ?? Infinity) <= nowMs) {
    return found('client', severity, 'The client secret with which tokens are renewed has expired.', { fix: 'Sign in again: a new client is registered.', remedy: 'sign_in', facts })
  }
  switch (way) {
    case 'ask':
      return found('client', severity, 'The authorization server registers nobody by itself, and this connection has no client id.', {
        fix: server.metadataDocumentSupported
          ? 'It reads client metadata documents, which needs an https PUBLIC_URL. Otherwise register an app there by hand and enter its client id on the setup page.'
          : 'Register an app there by hand, with the redirect URI of this connection, and enter its client id on the setup page.',
        remedy: 'sign_in',
        facts,
      })
    case 'preregistered':
      if (own && own.issuer !== '' && own.issuer !== source?.value?.issuer) {
        return found('client', severity, 'The client id of this connection belongs to another authorization server than the one its MCP server names now.', {
          fix: 'If the new one is right, set oauthClient for it.',
          facts,
        })
      }
      return found('client', 'ok', 'It has a client of its own there.', { facts })
    case 'metadata_document': {
      const isHidden = metadataDocumentUrl !== undefined && isLoopbackHost(new URL(metadataDocumentUrl).hostname)
      if (!isHidden) return found('client', 'ok', 'Our client metadata document says who we are. Whether the authorization server reaches it shows when somebody signs in.', { facts })
      return found('client', 'warning', 'The authorization server reads our client metadata document, which is on loopback, where it cannot see it.', {
        fix: 'Set PUBLIC_URL to an https address that is reached from outside.',
        facts,
      })
    }
    case 'dynamic':
      return found('client', 'ok', shared ? `It was registered there on ${dayOf(shared.createdAt)}.` : 'It registers when the first person signs in. Whether that is taken shows only then.', { facts })
  }
}

function judgeRedirectUri(evidence: Evidence, client: ClientTraces, way: RegistrationWay): ExaminationCheck {
  const { own, shared, redirectUri } = client
  const facts = { redirectUri }
  const { protocol, hostname } = new URL(redirectUri)
  if (protocol === 'http:' && !isLoopbackHost(hostname)) {
    return found('redirect_uri', 'warning', 'The redirect URI is one of plain http, which most authorization servers refuse.', { fix: 'Set PUBLIC_URL to an https address.', facts })
  }
  if (way === 'metadata_document') return found('redirect_uri', 'ok', 'It stands in our client metadata document.', { facts })
  const registered = way === 'preregistered' ? own?.redirectUri : shared?.redirectUri
  const hasMoved = registered !== undefined && registered !== '' && registered !== redirectUri
  if (way === 'preregistered' && hasMoved) {
    return found('redirect_uri', severityOf(evidence), 'PUBLIC_URL has changed since somebody last signed in, and the redirect URI with it.', {
      fix: 'Register the new redirect URI for the client at the authorization server.',
      facts,
    })
  }
  if (hasMoved) return found('redirect_uri', 'ok', 'PUBLIC_URL has changed: the new one is registered when somebody signs in.', { facts })
  if (way === 'dynamic') return found('redirect_uri', 'ok', registered ? 'It was registered with our client.' : 'It is registered when the first person signs in.', { facts })
  // Nobody can look it up for us: a sign-in is the only question that is answered.
  return found('redirect_uri', 'ok', 'It has to be registered for the client to the letter, which only a sign-in shows.', { facts })
}
