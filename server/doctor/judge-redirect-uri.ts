// Where the authorization server sends people back to, as far as it was told. What it wrote down of that, nobody can ask it.
import { isLoopbackHost } from '../config/loopback.ts'
import type { ExaminationCheck } from '../context/examination.ts'
import type { RegistrationWay } from '../oauth/registration/choose-registration.ts'
import type { ClientTraces } from './evidence.ts'
import { found } from './finding.ts'

export function judgeRedirectUri({ own, shared, redirectUri }: ClientTraces, way: RegistrationWay, severity: 'failed' | 'warning'): ExaminationCheck {
  const facts = { redirectUri }
  const fine = (finding: string) => found('redirect_uri', 'ok', finding, { facts })
  const { protocol, hostname } = new URL(redirectUri)
  if (protocol === 'http:' && !isLoopbackHost(hostname)) {
    const fix = 'Set PUBLIC_URL to an https address.'
    return found('redirect_uri', 'warning', 'The redirect URI is one of plain http, which most authorization servers refuse.', { fix, facts })
  }
  if (way === 'metadata_document') return fine('It stands in our client metadata document.')
  const registered = (way === 'preregistered' ? own : shared)?.redirectUri ?? ''
  if (registered !== '' && registered !== redirectUri) {
    if (way === 'dynamic') return fine('PUBLIC_URL has changed: the new one is registered when somebody signs in.')
    const fix = 'Register the new redirect URI for the client at the authorization server.'
    return found('redirect_uri', severity, 'PUBLIC_URL has changed since somebody last signed in, and the redirect URI with it.', { fix, facts })
  }
  if (way !== 'dynamic') return fine('It has to be registered for the client to the letter, which only a sign-in shows.')
  return fine(registered === '' ? 'It is registered when the first person signs in.' : 'It was registered with our client.')
}
