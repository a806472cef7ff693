// EGRESS_ALLOW, compiled: where the operator lets traffic go besides the public internet over https.
import ipaddr from 'ipaddr.js'
import type { EgressRule } from '../config/config.ts'
import { canonicalAddress } from './public-address.ts'

export interface AllowList {
  /** A host name that is listed may resolve to any address: who runs that name is the operator's choice. */
  allowsName(name: string, port: number): boolean
  /** An address, spelled out in a rule or inside a listed CIDR. */
  allowsAddress(address: string, port: number): boolean
}

export function createAllowList(rules: readonly EgressRule[]): AllowList {
  const hosts = rules.flatMap((rule) => (rule.kind === 'host' ? [{ host: canonicalAddress(rule.host) ?? rule.host.toLowerCase(), port: rule.port }] : []))
  const cidrs = rules.flatMap((rule) => (rule.kind === 'cidr' ? [ipaddr.parseCIDR(rule.cidr)] : []))
  const listsHost = (host: string, port: number) => hosts.some((rule) => rule.host === host && (rule.port === 'any' || rule.port === port))

  return {
    allowsName: listsHost,
    allowsAddress(text, port) {
      const canonical = canonicalAddress(text)
      if (canonical === undefined) return false
      const address = ipaddr.parse(canonical)
      return listsHost(canonical, port) || cidrs.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits))
    },
  }
}
