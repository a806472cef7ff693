// Who we are at the authorization server.
import { isLoopbackHost } from '../config/loopback.ts'
import type { ExaminationCheck } from '../context/examination.ts'
import { chooseRegistration, type RegistrationWay } from '../oauth/registration/choose-registration.ts'
import { type ClientTraces, type Evidence, severityOf } from './evidence.ts'
import { allSkipped, found } from './finding.ts'
import { whyNoOAuth } from './judge-discovery.ts'
import { judgeRedirectUri } from './judge-redirect-uri.ts'

type More = Pick<ExaminationCheck, 'fix' | 'remedy'>
const SIGN_IN = 'sign_in' as const
const BY_HAND = 'Register an app there by hand, with the redirect URI of this connection, and enter its client id on the setup page.'

export function judgeClient(evidence: Evidence): ExaminationCheck[] {
  const { client, server, source } = evidence
  if (!client || !server?.value) {
    return allSkipped(['client', 'redirect_uri'], source ? 'It is not known who would ask people to sign in.' : whyNoOAuth(evidence))
  }
  const { own, metadataDocumentUrl } = client
  const way = chooseRegistration(server.value, { hasPreregistered: own !== undefined, metadataDocumentUrl })
  return [judgeIdentity(evidence, client, way), judgeRedirectUri(client, way, severityOf(evidence))]
}

function judgeIdentity(evidence: Evidence, client: ClientTraces, way: RegistrationWay): ExaminationCheck {
  const { grant, nowMs, server } = evidence
  const say = (outcome: ExaminationCheck['outcome'], finding: string, more: More = {}) =>
    found('client', outcome, finding, { ...more, facts: { way } })
  const severity = severityOf(evidence)
  if ((grant?.secretExpiresAt ?? Infinity) <= nowMs) {
    const fix = 'Sign in again: a new client is registered.'
    return say(severity, 'The client secret with which tokens are renewed has expired.', { fix, remedy: SIGN_IN })
  }
  switch (way) {
    case 'preregistered':
      if (!isOfAnotherIssuer(evidence, client)) return say('ok', 'It has a client of its own there.')
      return say(severity, 'The client id of this connection belongs to another authorization server than the one that is named now.', {
        fix: 'If the new one is right, set oauthClient for it.',
      })
    case 'metadata_document':
      if (!isOnLoopback(client)) return say('ok', 'Our client metadata document says who we are; only a sign-in shows whether it is reached from there.')
      return say('warning', 'The authorization server reads our client metadata document, which is on loopback, where it cannot see it.', {
        fix: 'Set PUBLIC_URL to an https address that is reached from outside.',
      })
    case 'dynamic':
      if (client.shared) return say('ok', `It was registered there on ${new Date(client.shared.createdAt).toISOString().slice(0, 10)}.`)
      return say('ok', 'It registers when the first person signs in; whether that is taken shows only then.')
    case 'ask': {
      const readsDocuments = server?.value?.metadataDocumentSupported === true
      return say(severity, 'The authorization server registers nobody by itself, and this connection has no client id.', {
        fix: readsDocuments ? `It would read our client metadata document, if PUBLIC_URL were https. Otherwise: ${BY_HAND}` : BY_HAND,
        remedy: SIGN_IN,
      })
    }
  }
}

const isOfAnotherIssuer = ({ source }: Evidence, { own }: ClientTraces): boolean =>
  own !== undefined && own.issuer !== '' && own.issuer !== source?.value?.issuer

const isOnLoopback = ({ metadataDocumentUrl }: ClientTraces): boolean =>
  metadataDocumentUrl !== undefined && isLoopbackHost(new URL(metadataDocumentUrl).hostname)
