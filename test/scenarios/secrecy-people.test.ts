// What opens the console goes in and does not come out: passwords, session ids, the setup code, links of invitations.
// A server that holds one of each is asked everything as a member, well and badly; none is in an answer, a log line or a file.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { appRouter } from '../../server/api/router.ts'
import { createLogger } from '../../server/lib/logger.ts'
import { accountPages } from '../support/account-pages.ts'
import { type Canary, createPlainCanary, findCanaries, findCanariesOnDisk } from '../support/canary.ts'
import { trpcInputs } from '../support/canary-requests.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'
import { openBrowser, OWNER, type Reply, type TestBrowser } from '../support/test-browser.ts'

const password = createPlainCanary('the password')
const wrongPassword = createPlainCanary('a password that was mistyped')
const misplaced = createPlainCanary('a secret in a bad request')
const canaries: Canary[] = [password, wrongPassword, misplaced]

let plugboard: RunningPlugboard
let owner: TestBrowser
let log = ''

const keep = (name: string, value: string) => void canaries.push({ name, value })

/** Every canary in an answer, but for the cookie that a browser is given. */
const leaksIn = ({ status, headers, body }: Reply): string[] => {
  const shown = [...headers].filter(([name]) => name !== 'set-cookie')
  return findCanaries(`${status} ${JSON.stringify(shown)} ${JSON.stringify(body)}`, canaries)
}

beforeAll(async () => {
  const destination = { write: (line: string) => void (log += line) }
  plugboard = await startPlugboard({ pages: accountPages, log: createLogger('trace', destination) })
  const setupCode = plugboard.services.setUp.code!.code.reveal()
  owner = openBrowser(plugboard)
  await owner.post('/welcome', { ...OWNER, setupCode, password: password.value })
  keep('the setup code', setupCode)
  keep('the session id', owner.cookie!.split('=')[1]!)
  const { body } = await owner.mutate('invitations.create', { email: 'mia@example.com', role: 'member' })
  const { url } = (body as { result: { data: { url: string } } }).result.data
  keep('the token of an invitation', url.split('/').at(-1)!)
})
afterAll(() => plugboard.stop())

const plan = () => ({
  connectionIds: ['nobody'],
  connection: { mcpUrl: 'http://127.0.0.1:1/mcp', headers: {} },
  misplaced: misplaced.value,
  revocableKeyId: 'key_nobody',
  webhookId: `whe_${'0'.repeat(22)}`,
  removableNamespace: 'nobodys',
})

async function askProcedure(path: string, type: string): Promise<string[]> {
  const leaks: string[] = []
  for (const input of trpcInputs(plan())[path] ?? []) {
    // A subscription's answer is no JSON; the secrecy crawl reads it.
    if (type === 'subscription') continue
    leaks.push(...leaksIn(await (type === 'mutation' ? owner.mutate(path, input) : owner.query(path, input))))
  }
  return leaks
}

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>)

it.each(procedures)('nothing that opens the console comes out of tRPC %s, asked by a member', async (path, { _def: { type } }) => {
  expect(await askProcedure(path, type)).toEqual([])
})

const badForms: [path: string, form: Record<string, unknown>][] = [
  ['/sign-in', { email: OWNER.email, password: wrongPassword.value }],
  ['/sign-in', { email: misplaced.value, password: wrongPassword.value }],
  ['/welcome', { ...OWNER, setupCode: misplaced.value, password: wrongPassword.value }],
  ['/invite/accept', { token: misplaced.value, name: 'Mia', password: wrongPassword.value }],
  ['/invite/find', { token: misplaced.value }],
  ['/app/settings/account', { current: wrongPassword.value, next: misplaced.value }],
  ['/app/settings/account', { current: password.value, next: '12345' }],
  ['/sign-out', {}],
]

it.each(badForms)('nothing comes back from %s, sent badly', async (path, form) => {
  const browser = openBrowser(plugboard, path === '/sign-out' ? undefined : owner.cookie)
  expect(leaksIn(await browser.post(path, form))).toEqual([])
  expect(leaksIn(await browser.post(path, form, { 'sec-fetch-site': 'cross-site' }))).toEqual([])
})

it('nothing is in the log at its most talkative, nor in any file', async () => {
  for (const [path, { _def }] of procedures) await askProcedure(path, _def.type)
  for (const [path, form] of badForms.slice(0, -1)) await openBrowser(plugboard, owner.cookie).post(path, form)
  expect(log).not.toBe('')
  expect(findCanaries(log, canaries)).toEqual([])
  expect(await findCanariesOnDisk(plugboard.house.config.dataDir, canaries)).toEqual([])
})
