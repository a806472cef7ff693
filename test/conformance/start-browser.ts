// A person at their browser, for programs that open one: says yes on Plugboard's page and goes where that leads, which is the
// program's own port. On Linux the package `open` starts xdg-open, and that, without a desktop, whatever BROWSER names.
import path from 'node:path'
import { testPerson } from '../support/downstream-app.ts'
import { startDoor } from './start-door.ts'
import type { RunningPlugboard } from './start-plugboard.ts'

const relay = path.join(import.meta.dirname, 'browser-relay.mjs')
const OWNER = { organization: 'Conformance', namespace: 'hers', name: 'Grace Hopper', email: 'grace@example.com', password: 'a moth in relay 70' }

export interface Browser {
  /** For the environment of a program. */
  environment: Record<string, string>
  /** By their ids, which programs opened it, in order. */
  clients: string[]
  close(): Promise<void>
}

/** Signed in as the first owner, who lets everybody in to this connection. */
export async function startBrowser(plugboard: RunningPlugboard, connectionId: string): Promise<Browser> {
  const person = testPerson(plugboard.origin, await becomeOwner(plugboard))
  const clients: string[] = []
  const door = await startDoor(async (address) => {
    clients.push(new URL(address).searchParams.get('client_id') ?? '')
    const page = await person.look(address)
    if (page.status !== 200) throw new Error(`The consent page answered ${page.status}`)
    const { status, headers } = await person.answer(address, [['decision', 'allow'], ['connection', connectionId]])
    const location = headers.get('location')
    if (location === null) throw new Error(`The consent was answered ${status}, and the browser was sent nowhere`)
    await fetch(location)
  })
  return {
    environment: { BROWSER: `${process.execPath} ${relay} ${door.port}` },
    clients,
    close: door.close,
  }
}

/** @returns the cookie of the session */
async function becomeOwner({ origin, readSetupCode }: RunningPlugboard): Promise<{ name: string; value: string }> {
  const { status, headers } = await testPerson(origin).answer(`${origin}/welcome`, Object.entries({ ...OWNER, setupCode: await readSetupCode() }))
  const [name, value] = headers.getSetCookie()[0]?.split(';', 1)[0]?.split('=') ?? []
  if (name === undefined || value === undefined) throw new Error(`/welcome answered ${status} and gave no cookie`)
  return { name, value }
}
