import { describe, expect, it } from 'vitest'
import { ConfigError, type ConfigProblem } from '../server/config/config-error.ts'
import { type Environment, loadConfig } from '../server/config/load.ts'

const KEK = Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64')
const server = { PUBLIC_URL: 'https://plugboard.test', SECRETS_KEKS: `k1:${KEK}` }

function problemsOf(environment: Environment): readonly ConfigProblem[] {
  try {
    loadConfig(environment, '/srv')
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}
const namesOf = (environment: Environment) => problemsOf(environment).map((problem) => problem.name)

describe('an empty environment', () => {
  it('is a laptop on loopback with everything in ./data', () => {
    expect(loadConfig({}, '/srv')).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: new URL('http://127.0.0.1:3000'),
      laptop: true,
      dataDir: '/srv/data',
      databaseUrl: 'file:/srv/data/plugboard.db',
      rootKey: undefined,
      secretsKeks: undefined,
      egressAllow: [],
      logLevel: 'info',
      demo: true,
    })
  })

  it('is the same as one whose variables are all empty', () => {
    expect(loadConfig({ PORT: '', PUBLIC_URL: ' ', SECRETS_KEKS: '', DEMO: '' }, '/srv')).toEqual(loadConfig({}, '/srv'))
  })
})

describe('laptop or server', () => {
  it.each([
    ['http://localhost:8080', '127.0.0.1'],
    ['http://[::1]:8080', '::1'],
    ['https://127.0.0.2', 'localhost'],
  ])('%s on %s is a laptop', (publicUrl, host) => {
    expect(loadConfig({ PUBLIC_URL: publicUrl, HOST: host }).laptop).toBe(true)
  })

  it.each([
    ['https://127.0.0.1.nip.io', '127.0.0.1'],
    ['https://plugboard.test', '127.0.0.1'],
    ['http://127.0.0.1:3000', '0.0.0.0'],
    ['http://localhost:3000', '::'],
  ])('%s on %s is a server', (publicUrl, host) => {
    expect(loadConfig({ PUBLIC_URL: publicUrl, HOST: host, SECRETS_KEKS: server.SECRETS_KEKS, ALLOW_HTTP: '1' }).laptop).toBe(false)
  })

  it('does not depend on NODE_ENV', () => {
    expect(loadConfig({ NODE_ENV: 'production' }).laptop).toBe(true)
  })

  it('an address that others can reach, without an encryption key, refuses to start', () => {
    expect(namesOf({ HOST: '0.0.0.0' })).toEqual(['PUBLIC_URL', 'SECRETS_KEK_FILE'])
  })

  it.each([[{ SECRETS_KEK_FILE: 'kek' }], [{ SECRETS_KEKS: server.SECRETS_KEKS }], [{ ALLOW_GENERATED_KEK: '1' }]])(
    'a server starts with the encryption key of %o',
    (key) => expect(namesOf({ PUBLIC_URL: server.PUBLIC_URL, ...key })).toEqual([]),
  )

  it('a server needs https unless http is allowed on purpose', () => {
    expect(namesOf({ ...server, PUBLIC_URL: 'http://plugboard.test' })).toEqual(['PUBLIC_URL'])
    expect(namesOf({ ...server, PUBLIC_URL: 'http://plugboard.test', ALLOW_HTTP: '1' })).toEqual([])
  })

  it('the demo and pinned hosts are for laptops', () => {
    expect(loadConfig({ ...server, DEMO: '1' }).demo).toBe(false)
    expect(loadConfig({ DEMO: '0' }).demo).toBe(false)
    expect(namesOf({ ...server, EGRESS_HOSTS: 'a.test=127.0.0.1:1' })).toEqual(['EGRESS_HOSTS'])
  })
})

describe('bad values', () => {
  it('are all reported at once, each under its name', () => {
    const bad = { PORT: '70000', PUBLIC_URL: 'plugboard', LOG_LEVEL: 'loud', DEMO: 'maybe', EGRESS_ALLOW: 'a.test, 10.0.0.0/8, b.test:x' }
    expect(problemsOf(bad)).toEqual([
      { name: 'PORT', problem: 'a number from 0 to 65535' },
      { name: 'PUBLIC_URL', problem: expect.stringContaining('origin') },
      { name: 'EGRESS_ALLOW', problem: '"a.test" is not host:port, host:* or a CIDR' },
      { name: 'EGRESS_ALLOW', problem: '"b.test:x" is not host:port, host:* or a CIDR' },
      { name: 'LOG_LEVEL', problem: expect.stringContaining('silent') },
      { name: 'DEMO', problem: '0 or 1' },
    ])
  })

  it.each(['https://a.test/path', 'https://user@a.test', 'https://a.test?x=1', 'ftp://a.test', 'a.test'])('PUBLIC_URL=%s is refused', (url) => {
    expect(namesOf({ ...server, PUBLIC_URL: url })).toEqual(['PUBLIC_URL'])
  })

  it.each(['http://a.test/c.json', 'https://a.test', 'https://a.test/', 'https://a.test/c.json?x', 'https://a.test/c.json#x', 'https://a@a.test/c', 'https://a.test/x/../c', 'c.json'])(
    'CLIENT_METADATA_URL=%s is refused',
    (url) => expect(namesOf({ CLIENT_METADATA_URL: url })).toEqual(['CLIENT_METADATA_URL']),
  )

  it.each(['file::memory:', 'postgres://db', 'libsql://db?authToken=x', 'https://user:x@db', 'file:'])('DATABASE_URL=%s is refused', (url) => {
    expect(namesOf({ DATABASE_URL: url })).toEqual(['DATABASE_URL'])
  })

  it.each([
    ['short', 'short'],
    ['all zeros', Buffer.alloc(32).toString('base64')],
    ['an odd size', Buffer.from('0123456789abcdefghijklmnopqrstuvw').toString('base64')],
  ])('an encryption key that is %s is refused', (_what, key) => {
    expect(namesOf({ ...server, SECRETS_KEKS: `k1:${key}` })).toEqual(['SECRETS_KEKS'])
  })

  it('an example root key, a short one and one with spaces are refused', () => {
    for (const key of ['change-me-change-me-change-me-change-me', 'x'.repeat(40), 'tooshort', `${KEK} ${KEK}`]) {
      expect(namesOf({ PLUGBOARD_ROOT_KEY: key })).toEqual(['PLUGBOARD_ROOT_KEY'])
    }
  })

  it('never put a secret into the message', () => {
    const secret = 'hunter2hunter2hunter2'
    const problems = problemsOf({ PLUGBOARD_ROOT_KEY: secret, SECRETS_KEKS: `k1:${secret}`, DATABASE_URL: `libsql://db?authToken=${secret}` })
    expect(problems).toHaveLength(3)
    expect(JSON.stringify(problems)).not.toContain(secret)
  })
})

describe('values', () => {
  it('EGRESS_ALLOW reads hosts, any port, IPv6 and CIDRs', () => {
    expect(loadConfig({ EGRESS_ALLOW: 'Host.internal:8080, db:*,[fd00::1]:80,10.0.0.0/8,fd00::/8' }).egressAllow).toEqual([
      { kind: 'host', host: 'host.internal', port: 8080 },
      { kind: 'host', host: 'db', port: 'any' },
      { kind: 'host', host: 'fd00::1', port: 80 },
      { kind: 'cidr', cidr: '10.0.0.0/8' },
      { kind: 'cidr', cidr: 'fd00::/8' },
    ])
  })

  it.each(['10.0.0.0/33', 'fd00::/129', 'a.test/8', 'host:0', 'host:65536', 'ho st:1', '-a:1', 'a.test:80:81'])('EGRESS_ALLOW=%s is refused', (rule) => {
    expect(namesOf({ EGRESS_ALLOW: rule })).toEqual(['EGRESS_ALLOW'])
  })

  it('EGRESS_HOSTS pins a name to an address and port', () => {
    expect(loadConfig({ EGRESS_HOSTS: 'api.test=127.0.0.1:8443' }).egressHosts).toEqual(new Map([['api.test', { ip: '127.0.0.1', port: 8443 }]]))
  })

  it('relative paths become absolute, remote databases stay as they are', () => {
    expect(loadConfig({ DATA_DIR: 'x', SECRETS_KEK_FILE: 'y/kek', DATABASE_URL: 'file:z.db' }, '/srv')).toMatchObject({
      dataDir: '/srv/x',
      secretsKekFile: '/srv/y/kek',
      databaseUrl: 'file:/srv/z.db',
    })
    expect(loadConfig({ DATABASE_URL: 'file:///var/p.db' }, '/srv').databaseUrl).toBe('file:/var/p.db')
    expect(loadConfig({ DATABASE_URL: 'libsql://db.test' }, '/srv').databaseUrl).toBe('libsql://db.test')
  })

  it('secrets do not print', () => {
    const config = loadConfig({ PLUGBOARD_ROOT_KEY: KEK, SECRETS_KEKS: `k1:${KEK}` })
    expect(JSON.stringify(config)).not.toContain(KEK)
    expect(config.rootKey?.reveal()).toBe(KEK)
  })
})

describe('traces', () => {
  it('go nowhere unless a collector is named', () => {
    expect(loadConfig({ OTEL_SERVICE_NAME: 'x', OTEL_TRACES_SAMPLER: 'always_on' }, '/srv').telemetry).toBeUndefined()
  })

  it('go where the standard variables say', () => {
    const { telemetry } = loadConfig(
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://otel.example/base', OTEL_EXPORTER_OTLP_HEADERS: 'a=b%20c', OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '.25' },
      '/srv',
    )
    expect(telemetry).toMatchObject({ endpoint: new URL('https://otel.example/base'), protocol: 'http/protobuf', serviceName: 'plugboard', sampler: 'traceidratio', samplerRatio: 0.25 })
    expect(telemetry?.headers?.reveal()).toBe('a=b%20c')
    expect(JSON.stringify(telemetry)).not.toContain('b%20c')
  })

  it.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost:4318'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://user:password@127.0.0.1:4318'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://127.0.0.1:4318/?token=x'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'no-value'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a=%0d%0ab'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a b=c'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_TRACES_SAMPLER', 'sometimes'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
  ])('are refused with %s=%s, without repeating it', (name, value) => {
    const problems = problemsOf({ [name]: value })
    expect(problems.map((problem) => problem.name)).toEqual([name])
    expect(problems[0]!.problem).not.toContain(value)
  })
})
