// What was granted, and what the server wants.
import type { ExaminationCheck } from '../context/examination.ts'
import { shownText } from '../connections/shown-text.ts'
import { splitScope } from '../oauth/grant/scopes.ts'
import type { Evidence } from './evidence.ts'
import { found, skipped } from './finding.ts'
import { whyNoOAuth } from './judge-discovery.ts'

const MAX_SHOWN = 50
const MAX_SCOPE = 100

export function judgeScopes(evidence: Evidence): ExaminationCheck {
  const { grant, source, server, handshake } = evidence
  if (!grant) return skipped('scopes', source ? 'Nothing was granted yet.' : whyNoOAuth(evidence))
  const granted = splitScope(grant.scope ?? '')
  const lacking = (wanted: unknown) => splitScope(typeof wanted === 'string' ? wanted : '').filter((scope) => !granted.includes(scope))
  const refusedFor = [...new Set([...lacking(grant.wantedScope), ...lacking(handshake?.failure?.details?.wantedScope)])]
  // Without a word about it, everything that was asked for was granted (RFC 6749 §5.1); what that was is not known for sure.
  const askedFor = grant.scope === null ? [] : lacking(source?.value?.challenge?.scope)
  const supported = source?.value?.resourceScopes ?? server?.value?.scopesSupported
  const facts = { granted: shown(granted), ...(supported && { supported: shown(supported) }) }
  if (refusedFor.length > 0) {
    return found('scopes', 'failed', 'The server refused a call for want of a right that was not granted.', {
      fix: 'Sign in again and agree to it.',
      remedy: 'sign_in',
      facts: { ...facts, missing: shown(refusedFor) },
    })
  }
  if (askedFor.length > 0) {
    return found('scopes', 'warning', 'The server asks for more rights now than were granted.', {
      fix: 'Sign in again, if calls are refused.',
      remedy: 'sign_in',
      facts: { ...facts, missing: shown(askedFor) },
    })
  }
  const fine = grant.scope === null ? 'The authorization server did not say what it granted.' : 'Nothing is missing that the server asked for.'
  return found('scopes', 'ok', fine, { facts })
}

const shown = (scopes: readonly string[]): string[] => scopes.slice(0, MAX_SHOWN).map((scope) => shownText(scope, MAX_SCOPE) ?? '')
