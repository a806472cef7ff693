// The grammar of EGRESS_ALLOW and EGRESS_HOSTS. It only reads; what a rule permits is server/egress's business.
import { isIP, isIPv4, isIPv6 } from 'node:net'
import type { EgressRule } from './config.ts'

const NAME = /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/

/** `host:port` or `[v6]:port`; undefined if it is neither. */
function splitHostPort(text: string): { host: string; port: string } | undefined {
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+)):([^:]+)$/.exec(text.toLowerCase())
  const host = match?.[1] ?? match?.[2]
  if (!match || host === undefined) return undefined
  const wellFormed = match[1] === undefined ? isIPv4(host) || NAME.test(host) : isIPv6(host)
  return wellFormed ? { host, port: match[3]! } : undefined
}

function readPort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return port >= 1 && port <= 65535 ? port : undefined
}

/** An address with a prefix length, as in RFC 4632 §3.1. */
export function isCidr(text: string): boolean {
  const [address = '', prefix = '', ...rest] = text.split('/')
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  return rest.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits
}

/** One entry of EGRESS_ALLOW; undefined if it is malformed. */
export function parseEgressRule(text: string): EgressRule | undefined {
  if (isCidr(text)) return { kind: 'cidr', cidr: text.toLowerCase() }
  const target = splitHostPort(text)
  if (!target) return undefined
  const port = target.port === '*' ? 'any' : readPort(target.port)
  return port === undefined ? undefined : { kind: 'host', host: target.host, port }
}

/** One entry of EGRESS_HOSTS, `name=ip:port`; undefined if it is malformed. */
export function parsePinnedHost(text: string): { name: string; ip: string; port: number } | undefined {
  const [name = '', where = '', ...rest] = text.toLowerCase().split('=')
  const target = splitHostPort(where)
  const port = target && readPort(target.port)
  if (rest.length > 0 || !NAME.test(name) || !target || !isIP(target.host) || port === undefined) return undefined
  return { name, ip: target.host, port }
}
