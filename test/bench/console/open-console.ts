// A console with somebody in it: the first owner, made through the page that makes one.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface ConsoleVisit {
  /** The Cookie header of the owner's browser. */
  cookie: string
  /** A page as its browser would get it. @throws if it is no page */
  readPage(path: string): Promise<string>
}

export async function openConsole(origin: string, dataDir: string): Promise<ConsoleVisit> {
  const form = new URLSearchParams({
    setupCode: (await readFile(join(dataDir, 'setup-code'), 'utf8')).trim(),
    organization: 'Bench',
    namespace: 'demo',
    name: 'Owner',
    email: 'owner@bench.test',
    password: 'a long line of benches',
  })
  const arrived = await fetch(`${origin}/welcome`, { method: 'POST', headers: { origin }, body: form })
  const setCookie = arrived.headers.get('set-cookie')
  if (!setCookie) throw new Error(`The owner could not be made: ${arrived.status} ${await arrived.text()}`)
  const cookie = setCookie.split(';', 1)[0]!
  return {
    cookie,
    async readPage(path) {
      const response = await fetch(`${origin}${path}`, { headers: { cookie, accept: 'text/html' }, redirect: 'manual' })
      const html = await response.text()
      if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${html}`)
      return html
    },
  }
}
