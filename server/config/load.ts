// From the environment's text to a Config, or to one error with everything that is wrong.
import { join, resolve } from 'node:path'
import { Secret } from '../lib/secret.ts'
import type { Config, TelemetryConfig } from './config.ts'
import { ConfigError, type ConfigProblem } from './config-error.ts'
import { findServerProblems, isLaptop } from './mode.ts'
import { type Values, type Variable, variables } from './schema.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Values we have printed somewhere; whoever pastes one has a key that everybody knows. */
const EXAMPLE = /example|change-?me|placeholder|your-?(own-?)?(root-?)?key|^(.)\3+$/i

function parseValues(environment: Environment): { values: Values; problems: ConfigProblem[] } {
  const values: Record<string, unknown> = {}
  const problems: ConfigProblem[] = []
  for (const [name, variable] of Object.entries<Variable>(variables)) {
    const text = environment[name]?.trim() || variable.default
    if (text === undefined) continue
    const parsed = variable.schema.safeParse(text)
    if (parsed.success) values[name] = parsed.data
    else problems.push(...parsed.error.issues.map((issue) => ({ name, problem: issue.message })))
  }
  return { values: values as Values, problems }
}

function findExampleProblems(values: Values): ConfigProblem[] {
  const rootKey = values.PLUGBOARD_ROOT_KEY
  return rootKey !== undefined && EXAMPLE.test(rootKey)
    ? [{ name: 'PLUGBOARD_ROOT_KEY', problem: 'looks like an example that others know too: openssl rand -base64 32' }]
    : []
}

const findKeyProblems = (values: Values): ConfigProblem[] =>
  values.SECRETS_KEK_FILE !== undefined && values.SECRETS_KEKS !== undefined
    ? [{ name: 'SECRETS_KEKS', problem: 'SECRETS_KEK_FILE is set too, and only one of them can be meant' }]
    : []

/** `file:` URLs made absolute, so that the lock beside the file and the file itself agree. */
const absoluteDatabaseUrl = (url: string, directory: string): string =>
  url.startsWith('file:') ? `file:${resolve(directory, url.replace(/^file:(\/\/(?=\/))?/, ''))}` : url

const toSecret = (text: string | undefined) => (text === undefined ? undefined : new Secret(text))

const toTelemetry = (values: Values): TelemetryConfig | undefined =>
  values.OTEL_EXPORTER_OTLP_ENDPOINT && {
    endpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
    headers: toSecret(values.OTEL_EXPORTER_OTLP_HEADERS),
    protocol: values.OTEL_EXPORTER_OTLP_PROTOCOL,
    serviceName: values.OTEL_SERVICE_NAME,
    sampler: values.OTEL_TRACES_SAMPLER,
    samplerRatio: values.OTEL_TRACES_SAMPLER_ARG,
  }

/** @throws ConfigError with every problem at once. `directory` is what relative paths are relative to. */
export function loadConfig(environment: Environment, directory: string = process.cwd()): Config {
  const { values, problems } = parseValues(environment)
  // The rules between variables only make sense once each of them could be read.
  if (problems.length > 0) throw new ConfigError(problems)

  const publicUrl = values.PUBLIC_URL ?? new URL(`http://127.0.0.1:${values.PORT}`)
  const laptop = isLaptop(publicUrl, values.HOST)
  problems.push(...findExampleProblems(values), ...findKeyProblems(values), ...(laptop ? [] : findServerProblems(values, publicUrl)))
  if (problems.length > 0) throw new ConfigError(problems)

  const dataDir = resolve(directory, values.DATA_DIR)
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl,
    laptop,
    clientMetadataUrl: values.CLIENT_METADATA_URL,
    trustedProxies: values.TRUSTED_PROXIES,
    dataDir,
    databaseUrl: absoluteDatabaseUrl(values.DATABASE_URL ?? join(`file:${dataDir}`, 'plugboard.db'), directory),
    databaseAuthToken: toSecret(values.DATABASE_AUTH_TOKEN),
    rootKey: toSecret(values.PLUGBOARD_ROOT_KEY),
    secretsKekFile: values.SECRETS_KEK_FILE && resolve(directory, values.SECRETS_KEK_FILE),
    secretsKeks: toSecret(values.SECRETS_KEKS),
    allowGeneratedKek: values.ALLOW_GENERATED_KEK,
    egressAllow: values.EGRESS_ALLOW,
    egressHosts: new Map(values.EGRESS_HOSTS.map(({ name, ip, port }) => [name, { ip, port }])),
    metricsToken: toSecret(values.METRICS_TOKEN),
    telemetry: toTelemetry(values),
    ratePerCaller: values.RATE_PER_CALLER,
    ratePerOrganization: values.RATE_PER_ORGANIZATION,
    callsPerConnection: values.CALLS_PER_CONNECTION,
    streamsPerOrganization: values.STREAMS_PER_ORGANIZATION,
    logLevel: values.LOG_LEVEL,
    demo: laptop && values.DEMO,
  }
}
