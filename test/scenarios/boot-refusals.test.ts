// What Plugboard refuses to start with: one clear sentence, an exit code that a supervisor understands, and
// data that is exactly as it was.
import { createClient } from '@libsql/client'
import { randomBytes } from 'node:crypto'
import { chmod, chown, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Exit, spawnPlugboard, type SpawnOptions, startSpawnedPlugboard } from '../support/spawn-plugboard.ts'

/** sysexits.h EX_CONFIG: do not restart me, change something. */
const CONFIG = 78
const NOBODY = 65534
const key = () => randomBytes(32).toString('base64')
const rightKey = key()

let seed: string
let dataDir: string
beforeAll(async () => {
  seed = await mkdtemp(join(tmpdir(), 'plugboard-seed-'))
  const plugboard = await startSpawnedPlugboard({ dataDir: seed, env: { SECRETS_KEKS: `k1:${rightKey}` } })
  plugboard.child.kill('SIGTERM')
  await plugboard.exited
})
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'plugboard-boot-'))
  await cp(seed, dataDir, { recursive: true })
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))
afterAll(() => rm(seed, { recursive: true, force: true }))

const run = async (env: Record<string, string>, more: SpawnOptions = {}): Promise<Exit> =>
  (await spawnPlugboard({ dataDir, env: { PORT: '0', SECRETS_KEKS: `k1:${rightKey}`, ...env }, ...more })).exited

async function filesOf(directory: string): Promise<Record<string, string>> {
  const entries = (await readdir(directory, { withFileTypes: true })).filter(
    (entry) => entry.isFile() && !/-(wal|shm)$|\.lock/.test(entry.name)
  )
  return Object.fromEntries(
    await Promise.all(entries.map(async ({ name }) => [name, (await readFile(join(directory, name))).toString('base64')]))
  )
}

/** How it ended: `changed` names files that are not what they were. */
async function endOf(exit: Promise<Exit>) {
  const before = await filesOf(dataDir)
  const { code, stdout, stderr } = await exit
  const after = await filesOf(dataDir)
  const changed = Object.keys({ ...before, ...after }).filter((name) => before[name] !== after[name])
  return { code, stdout, stderr, changed }
}

/** One sentence on stderr: no stack, no key; nothing else happened. */
const refusal = (code: number, sentence: RegExp) => ({
  code,
  stdout: '',
  stderr: expect.toSatisfy(
    (text: string) => sentence.test(text) && !/\n\s+at |node:internal/.test(text) && !text.includes(rightKey)
  ) as string,
  changed: [],
})

const SHORT = randomBytes(16).toString('base64')
const refusedSettings: [string, Record<string, string>, RegExp][] = [
  ['an encryption key that is too short', { SECRETS_KEKS: `k1:${SHORT}` }, /SECRETS_KEKS: entry 1 holds 16 bytes/],
  ['an encryption key of zeros', { SECRETS_KEKS: `k1:${Buffer.alloc(32).toString('base64')}` }, /not random/],
  ['the same encryption key twice', { SECRETS_KEKS: `k1:${rightKey},k2:${rightKey}` }, /configured twice/],
  [
    'an encryption key that is not the database’s',
    { SECRETS_KEKS: `k1:${key()}` },
    /does not belong to this database.*Nothing was changed/s,
  ],
  ['a key file that is not there', { SECRETS_KEKS: '', SECRETS_KEK_FILE: '/nowhere/kek' }, /\/nowhere\/kek, which does not exist/],
  ['two sources of encryption keys', { SECRETS_KEK_FILE: '/nowhere/kek' }, /SECRETS_KEK_FILE is set too/],
  [
    'a root key from an example',
    { PLUGBOARD_ROOT_KEY: 'change-me-change-me-change-me-change-me' },
    /PLUGBOARD_ROOT_KEY: looks like an example/,
  ],
  [
    'an open listener without an encryption key',
    { HOST: '0.0.0.0', SECRETS_KEKS: '', ALLOW_HTTP: '1' },
    /SECRETS_KEK_FILE: a server \(HOST is 0\.0\.0\.0\) needs an encryption key/,
  ],
  ['http on a public name', { PUBLIC_URL: 'http://plugboard.example' }, /PUBLIC_URL: must be https/],
  ['a database URL with a token in it', { DATABASE_URL: 'libsql://db.example?authToken=s3cret' }, /DATABASE_AUTH_TOKEN, not in the URL\n$/],
]

it.each(refusedSettings)('%s is refused', async (_what, env, sentence) => {
  expect(await endOf(run(env))).toEqual(refusal(CONFIG, sentence))
})

it('everything that is wrong is said at once', async () => {
  const wrong = {
    PORT: 'http',
    PUBLIC_URL: 'plugboard',
    LOG_LEVEL: 'loud',
    EGRESS_ALLOW: 'everywhere',
    DEMO: 'maybe',
    PLUGBOARD_ROOT_KEY: 'short',
    SECRETS_KEKS: `k1:${SHORT}`,
  }
  const { code, stderr } = await run(wrong)
  expect(code).toBe(CONFIG)
  for (const name of Object.keys(wrong)) expect(stderr).toContain(`  ${name}: `)
  expect(stderr).not.toContain(SHORT)
})

it('a key file that others may read is refused', async () => {
  await writeFile(join(dataDir, 'my-kek'), rightKey)
  await chmod(join(dataDir, 'my-kek'), 0o644)
  expect(await endOf(run({ SECRETS_KEKS: '', SECRETS_KEK_FILE: join(dataDir, 'my-kek') }))).toEqual(refusal(CONFIG, /chmod 600/))
})

it('a directory that others may look into is refused', async () => {
  await chmod(dataDir, 0o755)
  expect(await endOf(run({}))).toEqual(refusal(CONFIG, /DATA_DIR: .* is open to other users: chmod 700/))
})

it('a directory that cannot be written is refused', async () => {
  const isRoot = process.getuid?.() === 0
  // Nothing is read-only for root.
  if (isRoot)
    for (const path of [dataDir, ...(await readdir(dataDir)).map((name) => join(dataDir, name))]) await chown(path, NOBODY, NOBODY)
  await chmod(dataDir, 0o500)
  for (const name of await readdir(dataDir)) await chmod(join(dataDir, name), 0o400)
  expect(await endOf(run({}, isRoot ? { uid: NOBODY } : {}))).toEqual(
    refusal(1, /cannot be opened \(SQLITE_\w+\); check that it is .* writable/)
  )
})

it('a database of a newer Plugboard is refused', async () => {
  await execute(`INSERT INTO schema_migration VALUES ('ffffffffffff', 1)`)
  expect(await endOf(run({}))).toEqual(refusal(1, /a newer Plugboard migrated this database \(ffffffffffff\).*Nothing was changed/))
})

it('a file that is no database is refused', async () => {
  await writeFile(join(dataDir, 'plugboard.db'), 'a letter to my aunt '.repeat(300))
  expect(await endOf(run({}))).toEqual(refusal(1, /plugboard\.db cannot be opened \(SQLITE_NOTADB\)/))
})

it('a root key that was revoked is refused', async () => {
  const [first, second] = [key(), key()]
  for (const rootKey of [first, second]) {
    const plugboard = await startSpawnedPlugboard({ dataDir, env: { SECRETS_KEKS: `k1:${rightKey}`, PLUGBOARD_ROOT_KEY: rootKey } })
    plugboard.child.kill('SIGTERM')
    await plugboard.exited
  }
  expect(await endOf(run({ PLUGBOARD_ROOT_KEY: first }))).toEqual(refusal(CONFIG, /This root key was revoked before/))
})

it('a second process on the same database is refused, and the first one goes on', async () => {
  const plugboard = await startSpawnedPlugboard({ dataDir, env: { SECRETS_KEKS: `k1:${rightKey}` } })
  const { code, stderr } = await run({})
  expect(code).toBe(1)
  expect(stderr).toBe(
    `plugboard: another Plugboard process (pid ${plugboard.child.pid}) uses ${join(dataDir, 'plugboard.db')}; stop it or set DATA_DIR\n`
  )
  expect(await (await fetch(`${plugboard.url}/readyz`)).json()).toEqual({ ready: true })
  await plugboard.stop()
})

it('a port that is taken is refused, with another one to try', async () => {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const { code, stderr } = await run({ PORT: String(port) })
  expect(code).toBe(CONFIG)
  expect(stderr).toContain(`Port ${port} is taken`)
  await new Promise((done) => server.close(done))
})

it('what is piped into a file or a log shows where the root key lies, and not the key', async () => {
  const plugboard = await startSpawnedPlugboard({ dataDir, env: { SECRETS_KEKS: `k1:${rightKey}`, LOG_LEVEL: 'trace' } })
  expect(plugboard.stdout()).toContain(`API key: in ${join(dataDir, 'root-key')}`)
  plugboard.child.kill('SIGTERM')
  const { stdout, stderr } = await plugboard.exited
  expect(stdout + stderr).not.toContain(plugboard.rootKey)
})

async function execute(sql: string): Promise<void> {
  const client = createClient({ url: pathToFileURL(join(dataDir, 'plugboard.db')).href })
  await client.execute(sql)
  await client.execute('PRAGMA wal_checkpoint(TRUNCATE)')
  client.close()
}
