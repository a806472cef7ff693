// Every variable Plugboard reads: one row each, from which loading, .env.example and README's table are made.
import { z } from 'zod'
import { LOG_LEVELS } from '../lib/logger.ts'
import { PRODUCT } from '../lib/product.ts'
import { parseAddressRange } from './address-range.ts'
import { OTLP_PROTOCOLS, SAMPLERS } from './config.ts'
import { parseEgressRule, parsePinnedHost } from './egress-rule.ts'
import { parseHeaderList } from './header-list.ts'
import { findKeyListProblem } from './key-list.ts'

export interface Variable<T = unknown> {
  /** Of the trimmed text. A variable that is unset or empty, and has no default, is undefined. */
  schema: z.ZodType<T, string>
  /** Text, as it would be written in the environment. */
  default?: string
  /** For people, where the default depends on something else. */
  defaultDoc?: string
  unit?: string
  doc: string
}

const flag = z.enum(['0', '1', 'true', 'false'], '0 or 1').transform((text) => text === '1' || text === 'true')

const list = (text: string) => text.split(',').map((entry) => entry.trim()).filter(Boolean)

/** A comma-separated list whose entries `read` understands; the message names the first that it does not. */
const listOf = <T>(read: (entry: string) => T | undefined, expected: string) =>
  z.string().transform((text, context) => {
    const values: T[] = []
    for (const entry of list(text)) {
      const value = read(entry)
      if (value === undefined) context.addIssue({ code: 'custom', message: `${JSON.stringify(entry)} is not ${expected}` })
      else values.push(value)
    }
    return values
  })

const rate = z.string().regex(/^\d{1,7}$/, 'a whole number; 0 for no limit').transform(Number)

const port = z.string().regex(/^\d{1,5}$/, 'a number from 0 to 65535').transform(Number).refine((value) => value <= 65535, 'a number from 0 to 65535')

const publicUrl = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol) && url.origin === url.href.replace(/\/$/, '')) return url
  context.addIssue({ code: 'custom', message: 'an http(s) origin without path, query or user, such as https://plugboard.example.com' })
  return z.NEVER
})

/** Client ID Metadata Documents §3: https, with a path, and nothing that two readers could spell differently. */
const documentUrl = z
  .string()
  .refine((text) => URL.canParse(text) && new URL(text).href === text && /^https:\/\/[^/?#@]+\/[^?#]+$/.test(text), 'an https URL with a path, such as https://example.com/plugboard.json')

/** OpenTelemetry Protocol Exporter §endpoint; credentials belong in headers. */
const collectorUrl = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol) && `${url.origin}${url.pathname}` === url.href) return url
  context.addIssue({ code: 'custom', message: 'an http(s) URL without query or user, such as http://127.0.0.1:4318' })
  return z.NEVER
})

const databaseUrl = z
  .string()
  .regex(/^(file|libsql|https?):/, 'file:…, libsql:…, http:… or https:…')
  .refine((text) => !/^file:.*:memory:|^file:(\/\/)?$/.test(text), 'a file that outlives the process')
  .refine((text) => text.startsWith('file:') || URL.canParse(text), 'not a URL')
  .refine((text) => !/[?&]authToken=|\/\/[^/]*@/.test(text), 'the token belongs in DATABASE_AUTH_TOKEN, not in the URL')

const keyList = z.string().superRefine((text, context) => {
  const problem = findKeyListProblem(text)
  if (problem) context.addIssue({ code: 'custom', message: problem })
})

export const variables = {
  PORT: { schema: port, default: '3000', unit: 'TCP port', doc: 'Where to listen; 0 takes a free one.' },
  HOST: { schema: z.string(), default: '127.0.0.1', doc: 'The address to listen on; `0.0.0.0` in a container.' },
  PUBLIC_URL: {
    schema: publicUrl,
    defaultDoc: 'http://127.0.0.1:$PORT',
    doc: 'What people, apps and upstreams are told. With HOST it decides the mode: both loopback is a laptop, anything else is a server.',
  },
  ALLOW_HTTP: { schema: flag, default: '0', doc: 'Lets a server have an http PUBLIC_URL, for private networks that end TLS elsewhere.' },
  CLIENT_METADATA_URL: {
    schema: documentUrl,
    defaultDoc: 'under an https PUBLIC_URL',
    doc: 'Where authorization servers read who this client is, if they cannot reach PUBLIC_URL: an https address of a client id metadata document that you host.',
  },
  TRUSTED_PROXIES: {
    schema: listOf(parseAddressRange, 'an IP address or a CIDR'),
    default: '',
    doc: 'Whose X-Forwarded-For is believed: addresses and CIDRs of your own proxies, separated by commas.',
  },
  DATA_DIR: { schema: z.string(), default: './data', doc: 'The database file, generated keys and the lock; made 0700, refused if looser.' },
  DATABASE_URL: {
    schema: databaseUrl,
    defaultDoc: 'plugboard.db in DATA_DIR',
    doc: 'A file of its own for one process, or a libSQL server for several (`libsql://…`, `https://…`).',
  },
  DATABASE_AUTH_TOKEN: { schema: z.string(), doc: 'The libSQL server’s token.' },
  PLUGBOARD_ROOT_KEY: {
    schema: z.string().min(32, 'at least 32 characters: openssl rand -base64 32').regex(/^[\x21-\x7e]+$/, 'printable ASCII without spaces'),
    defaultDoc: 'root-key in DATA_DIR, generated',
    doc: 'An admin API key for headless installs. Changing it revokes the old one.',
  },
  SECRETS_KEK_FILE: {
    schema: z.string(),
    defaultDoc: 'kek in DATA_DIR, generated on a laptop',
    doc: 'A file with the key that encrypts stored credentials. A server needs this or SECRETS_KEKS.',
  },
  SECRETS_KEKS: { schema: keyList, doc: 'The same inline: `k2:base64,k1:base64` of 32 bytes each; the first seals, all open.' },
  ALLOW_GENERATED_KEK: { schema: flag, default: '0', doc: 'Lets a server use the key generated in DATA_DIR. Back it up: without it the credentials are gone.' },
  EGRESS_ALLOW: {
    schema: listOf(parseEgressRule, 'host:port, host:* or a CIDR'),
    default: '',
    doc: 'Where upstreams may be besides public https: `host:port`, `host:*` or a CIDR, separated by commas.',
  },
  EGRESS_HOSTS: {
    schema: listOf(parsePinnedHost, 'name=ip:port'),
    default: '',
    doc: 'Laptop only, for tests: names pinned to an address, `name=ip:port`, separated by commas.',
  },
  METRICS_TOKEN: {
    schema: z.string().min(16, 'at least 16 characters: openssl rand -base64 32').regex(/^[\x21-\x7e]+$/, 'printable ASCII without spaces'),
    doc: 'The bearer token with which Prometheus reads /metrics. Without it there is no such path.',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    schema: collectorUrl,
    doc: 'The OpenTelemetry collector that gets traces, such as http://127.0.0.1:4318. Without it there are none.',
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    schema: z.string().refine((text) => parseHeaderList(text) !== undefined, 'name=value pairs separated by commas, percent-encoded'),
    doc: 'What the collector wants to see in headers, `name=value` separated by commas, percent-encoded.',
  },
  OTEL_EXPORTER_OTLP_PROTOCOL: { schema: z.enum(OTLP_PROTOCOLS, OTLP_PROTOCOLS.join(', ')), default: 'http/protobuf', doc: `One of ${OTLP_PROTOCOLS.join(', ')}.` },
  OTEL_SERVICE_NAME: { schema: z.string().max(255), default: PRODUCT.name, doc: 'What this server is called in traces.' },
  OTEL_TRACES_SAMPLER: {
    schema: z.enum(SAMPLERS, SAMPLERS.join(', ')),
    default: 'parentbased_always_on',
    doc: `Which requests are traced: ${SAMPLERS.join(', ')}. What begins with parentbased lets a caller that is traced itself decide.`,
  },
  OTEL_TRACES_SAMPLER_ARG: {
    schema: z.string().regex(/^(0?\.\d{1,9}|0|1|1\.0{1,9})$/, 'a number from 0 to 1').transform(Number),
    default: '1',
    doc: 'The part of them, from 0 to 1, for samplers that end in traceidratio.',
  },
  RATE_PER_CALLER: {
    schema: rate,
    default: '1000',
    unit: 'requests a second',
    doc: 'What one API key, service token or member may ask on average over ten seconds; more is answered with 429. Each process counts for itself; 0 is no limit.',
  },
  RATE_PER_ORGANIZATION: { schema: rate, default: '3000', unit: 'requests a second', doc: 'The same for all callers of an organization together.' },
  CALLS_PER_CONNECTION: {
    schema: rate,
    default: '256',
    unit: 'calls',
    doc: 'How many calls of one connection may be on their way at one time; one more is answered with 429. Each process counts for itself; 0 is no limit.',
  },
  STREAMS_PER_ORGANIZATION: {
    schema: rate,
    default: '2000',
    unit: 'streams',
    doc: 'The same for what callers of an organization hold open: streams of events, subscriptions, long polls.',
  },
  LOG_LEVEL: { schema: z.enum(LOG_LEVELS, LOG_LEVELS.join(', ')), default: 'info', doc: `One of ${LOG_LEVELS.join(', ')}.` },
  DEMO: { schema: flag, default: '1', doc: 'Laptop only: runs a small MCP server beside Plugboard, already connected as `demo`.' },
} satisfies Record<string, Variable>

export type VariableName = keyof typeof variables

/** Each variable's parsed value; undefined where it was not given and has no default. */
export type Values = {
  [Name in VariableName]: z.output<(typeof variables)[Name]['schema']> | ((typeof variables)[Name] extends { default: string } ? never : undefined)
}
