// The way to the server: its name, its socket, its certificate.
import type { ExaminationCheck } from '../context/examination.ts'
import type { RouteReport } from '../egress/egress.ts'
import { DAY_MS } from '../lib/units.ts'
import type { Evidence } from './evidence.ts'
import { found, skipped } from './finding.ts'
import { spanOf } from './span-of.ts'

interface Place {
  host: string
  hostname: string
  isTls: boolean
}

interface Explained {
  finding: string
  fix: string
}

const CLOSE_MS = 7 * DAY_MS

/** `isOperator`: where a name leads, and why a host is not reached, tells what is in the operator's network. */
export function judgeRoute({ connection, route, nowMs }: Evidence, isOperator: boolean): ExaminationCheck[] {
  const { host, hostname, protocol } = new URL(connection.mcpUrl)
  const place = { host, hostname, isTls: protocol === 'https:' }
  if (!route.value) return [skipped('dns', NOT_ASKED), found('reachable', 'failed', route.failure.message), skipped('tls', NOT_ASKED)]
  const report = route.value
  const isHidden = !isOperator && report.failure !== undefined && report.failure.hop !== 'tls'
  const way = isHidden ? [judgeHiddenName(place), unreachable(place)] : [judgeName(place, report, isOperator), judgeSocket(place, report, isOperator)]
  return [...way, judgeCertificate(place, report, nowMs)].map((check) => (check.outcome === 'ok' ? { ...check, durationMs: route.durationMs } : check))
}

const NOT_ASKED = 'The way to the server could not be examined.'
const SPELLED_OUT = 'Nothing had to be looked up.'

/** Says no more than the URL does: some names are refused before anybody looks them up. */
const judgeHiddenName = ({ hostname }: Place) => skipped('dns', isAddress(hostname) ? SPELLED_OUT : 'Where the name leads is told to the operator alone.')

const isAddress = (hostname: string): boolean => /^[\d.]+$|^\[/.test(hostname)

const unreachable = ({ host }: Place) =>
  found('reachable', 'failed', `${host} could not be reached.`, {
    fix: 'Check the host and the port of its URL; private destinations need the operator’s EGRESS_ALLOW.',
    remedy: 'add',
  })

function judgeName({ hostname }: Place, { lookedUp, addresses, failure }: RouteReport, isOperator: boolean): ExaminationCheck {
  if (!lookedUp) return skipped('dns', SPELLED_OUT)
  if (failure?.hop !== 'lookup') return found('dns', 'ok', `${hostname} is known.`, { facts: isOperator ? { addresses: [...addresses] } : {} })
  const isUnknown = failure.code === 'ENOTFOUND'
  return found('dns', 'failed', isUnknown ? `No address is known for ${hostname}.` : `Looking up ${hostname} did not end in an answer.`, {
    fix: isUnknown ? 'Check the spelling of the host; the DNS of the machine on which Plugboard runs has to know it.' : 'See whether DNS works on the machine on which Plugboard runs.',
    ...(isUnknown && { remedy: 'add' as const }),
    facts: { reason: failure.code },
  })
}

function judgeSocket({ host }: Place, { addresses, failure }: RouteReport, isOperator: boolean): ExaminationCheck {
  if (failure?.hop === 'lookup') return skipped('reachable', 'There is no address to connect to.')
  const facts = isOperator ? { addresses: [...addresses], ...(failure && { reason: failure.code }) } : {}
  if (!failure || failure.hop === 'tls') return found('reachable', 'ok', `${host} takes connections.`)
  return found('reachable', 'failed', ...explained(socketWords(host, failure), facts))
}

function socketWords(host: string, { hop, code }: NonNullable<RouteReport['failure']>): Explained {
  if (code === 'EGRESS_OWN_LISTENER') return { finding: `${host} is this Plugboard itself.`, fix: 'Connect the address of the MCP server.' }
  if (code === 'upstream.invalid_url') return { finding: `${host} is only reached over https.`, fix: 'Connect its https address, or list the host in EGRESS_ALLOW.' }
  if (hop === 'rules') return { finding: `This installation may not connect to ${host}: its address is a private one.`, fix: 'If it is meant to be reached, list it in EGRESS_ALLOW.' }
  if (code === 'ECONNREFUSED') return { finding: `Nothing listens at ${host}.`, fix: 'Start the server, or check the port.' }
  if (code === 'EGRESS_CONNECT_TIMEOUT') return { finding: `${host} did not take a connection within 5 seconds.`, fix: 'A firewall may stand between: see whether the machine on which Plugboard runs gets there.' }
  return { finding: `A connection to ${host} could not be opened.`, fix: 'See whether the machine on which Plugboard runs gets there.' }
}

function judgeCertificate({ host, isTls }: Place, { certificate, failure }: RouteReport, nowMs: number): ExaminationCheck {
  if (!isTls) return skipped('tls', 'The URL is one of plain http.')
  if (failure) return failure.hop === 'tls' ? found('tls', 'failed', ...explained(certificateWords(host, failure.code), { reason: failure.code })) : skipped('tls', 'There was no connection to secure.')
  if (!certificate || Number.isNaN(certificate.endsAtMs)) return found('tls', 'ok', 'Its certificate is trusted.')
  const facts = { endsAt: new Date(certificate.endsAtMs).toISOString() }
  const leftMs = certificate.endsAtMs - nowMs
  if (leftMs > CLOSE_MS || leftMs <= 0) return found('tls', 'ok', `Its certificate is trusted until ${facts.endsAt.slice(0, 10)}.`, { facts })
  return found('tls', 'warning', `The certificate of ${host} ends in ${spanOf(leftMs)}.`, { fix: 'Whoever runs the server has to renew it.', facts })
}

function certificateWords(host: string, code: string): Explained {
  if (code === 'CERT_HAS_EXPIRED') return { finding: `The certificate of ${host} has expired.`, fix: 'Whoever runs the server has to renew it.' }
  if (code === 'CERT_NOT_YET_VALID') return { finding: `The certificate of ${host} is not valid yet.`, fix: 'Compare the clock of the machine on which Plugboard runs.' }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return { finding: `The certificate of ${host} was made for another name.`, fix: 'Connect the name that the certificate is for, or have the server get one for this name.' }
  if (/CERT|SIGNATURE|ISSUER/.test(code)) return { finding: `The certificate of ${host} is signed by nobody who is trusted here.`, fix: 'The server needs a certificate, with its intermediates, of a public authority.' }
  return { finding: `${host} did not speak TLS.`, fix: 'Check the port: over https the server has to answer with TLS there.' }
}

const explained = ({ finding, fix }: Explained, facts: ExaminationCheck['facts']) => [finding, { fix, facts }] as const
