// The way to the server: its name, its socket, its certificate.
import type { ExaminationCheck } from '../context/examination.ts'
import type { RouteReport } from '../egress/egress.ts'
import { DAY_MS } from '../lib/units.ts'
import type { Evidence } from './evidence.ts'
import { found, skipped } from './finding.ts'
import { wordsForCertificate, wordsForLookup, wordsForSocket } from './route-words.ts'
import { spanOf } from './span-of.ts'

const CLOSE_MS = 7 * DAY_MS
const NOT_EXAMINED = 'The way to the server could not be examined.'
const SPELLED_OUT = 'Nothing had to be looked up.'

/** `toOperator`: where a name leads, and why a host is not reached, tells what is in the operator's network. */
export function judgeRoute({ connection, route, nowMs }: Evidence, toOperator: boolean): ExaminationCheck[] {
  const url = new URL(connection.mcpUrl)
  if (!route.value) return [skipped('dns', NOT_EXAMINED), found('reachable', 'failed', route.failure.message), skipped('tls', NOT_EXAMINED)]
  const { failure } = route.value
  const isHidden = !toOperator && failure !== undefined && failure.hop !== 'tls'
  const way = isHidden ? judgeUnseen(url) : [judgeName(url, route.value, toOperator), judgeSocket(url, route.value, toOperator)]
  const checks = [...way, judgeCertificate(url, route.value, nowMs)]
  return checks.map((check) => (check.outcome === 'ok' ? { ...check, durationMs: route.durationMs } : check))
}

/** Says no more than the URL does: some names are refused before anybody looks them up. */
const judgeUnseen = ({ host, hostname }: URL): ExaminationCheck[] => [
  skipped('dns', isAddress(hostname) ? SPELLED_OUT : 'Where the name leads is told to the operator alone.'),
  found('reachable', 'failed', `${host} could not be reached.`, {
    fix: 'Check the host and the port of its URL; private destinations need the operator’s EGRESS_ALLOW.',
    remedy: 'add',
  }),
]

const isAddress = (hostname: string): boolean => /^[\d.]+$|^\[/.test(hostname)

function judgeName({ hostname }: URL, { lookedUp, addresses, failure }: RouteReport, toOperator: boolean): ExaminationCheck {
  if (!lookedUp) return skipped('dns', SPELLED_OUT)
  if (failure?.hop === 'lookup') {
    const { finding, fix } = wordsForLookup(hostname, failure.code)
    return found('dns', 'failed', finding, { fix, remedy: 'add', facts: { reason: failure.code } })
  }
  return found('dns', 'ok', `${hostname} is known.`, { facts: toOperator ? { addresses: [...addresses] } : {} })
}

function judgeSocket({ host }: URL, { addresses, failure }: RouteReport, toOperator: boolean): ExaminationCheck {
  if (failure?.hop === 'lookup') return skipped('reachable', 'There is no address to connect to.')
  const facts: ExaminationCheck['facts'] = toOperator ? { addresses: [...addresses] } : {}
  if (!failure || failure.hop === 'tls') return found('reachable', 'ok', `${host} takes connections.`, { facts })
  const { finding, fix } = wordsForSocket(host, failure.hop, failure.code)
  return found('reachable', 'failed', finding, { fix, facts: { ...facts, reason: failure.code } })
}

function judgeCertificate({ host, protocol }: URL, { certificate, failure }: RouteReport, nowMs: number): ExaminationCheck {
  if (protocol === 'http:') return skipped('tls', 'The URL is one of plain http.')
  if (failure?.hop === 'tls') {
    const { finding, fix } = wordsForCertificate(host, failure.code)
    return found('tls', 'failed', finding, { fix, facts: { reason: failure.code } })
  }
  if (failure) return skipped('tls', 'There was no connection to secure.')
  if (!certificate || Number.isNaN(certificate.endsAtMs)) return found('tls', 'ok', 'Its certificate is trusted.')
  const endsAt = new Date(certificate.endsAtMs).toISOString()
  const leftMs = certificate.endsAtMs - nowMs
  if (leftMs > CLOSE_MS || leftMs <= 0) return found('tls', 'ok', `Its certificate is trusted until ${endsAt.slice(0, 10)}.`, { facts: { endsAt } })
  const fix = 'Whoever runs the server has to renew it.'
  return found('tls', 'warning', `The certificate of ${host} ends in ${spanOf(leftMs)}.`, { fix, facts: { endsAt } })
}
