// What the process was told, parsed once. `load.ts` makes it from the environment.
import type { LogLevel } from '../lib/logger.ts'
import type { Secret } from '../lib/secret.ts'

/** One entry of EGRESS_ALLOW: where the operator lets upstream traffic go besides public https. */
export type EgressRule =
  | { kind: 'host'; host: string; port: number | 'any' }
  /** A CIDR allows all its ports. */
  | { kind: 'cidr'; cidr: string }

export const OTLP_PROTOCOLS = ['http/protobuf', 'http/json'] as const
export const SAMPLERS = ['always_on', 'always_off', 'traceidratio', 'parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'] as const

/** Where traces go, and which. */
export interface TelemetryConfig {
  /** Traces go to `v1/traces` below it. */
  endpoint: URL
  /** `name=value,name=value`, percent-encoded. */
  headers: Secret | undefined
  protocol: (typeof OTLP_PROTOCOLS)[number]
  serviceName: string
  sampler: (typeof SAMPLERS)[number]
  /** 0 to 1. */
  samplerRatio: number
}

export interface Config {
  port: number
  host: string
  /** What people and upstreams are told; the only source of absolute URLs. */
  publicUrl: URL
  /** PUBLIC_URL and HOST are both loopback: one developer's machine. Anything else is a server. */
  laptop: boolean
  /** CLIENT_METADATA_URL: our client id instead of the document under PUBLIC_URL. */
  clientMetadataUrl: string | undefined
  /** Addresses and CIDRs of proxies whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[]
  /** Absolute. */
  dataDir: string
  /** `file:/absolute/path`, or libsql:, http:, https: of a libSQL server. */
  databaseUrl: string
  databaseAuthToken: Secret | undefined
  rootKey: Secret | undefined
  secretsKekFile: string | undefined
  /** `k2:base64,k1:base64`, the first is primary. */
  secretsKeks: Secret | undefined
  allowGeneratedKek: boolean
  egressAllow: readonly EgressRule[]
  /** EGRESS_HOSTS, laptop only: a name pinned to an address and port, for tests. */
  egressHosts: ReadonlyMap<string, { ip: string; port: number }>
  metricsToken: Secret | undefined
  /** Undefined unless a collector is named. */
  telemetry: TelemetryConfig | undefined
  /** Requests a second; 0 is no limit. */
  ratePerCaller: number
  ratePerOrganization: number
  /** At one time; 0 is no limit. */
  callsPerConnection: number
  streamsPerOrganization: number
  logLevel: LogLevel
  demo: boolean
}
