// What tests of the console do in a browser, again and again.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { settled } from './settled-page.ts'
import type { RunningConsole } from './start-console.ts'

const WAIT_MS = 10_000

export interface OpenedConsole {
  page: Page
  /** To a path under the namespace: `/connections`. */
  open(path?: string): Promise<void>
  close(): Promise<void>
}

/** A browser of the owner's, signed in. */
export async function openConsole(browser: Browser, house: RunningConsole, options: BrowserContextOptions = {}): Promise<OpenedConsole> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, timezoneId: 'UTC', reducedMotion: 'reduce', ...options })
  await context.addCookies([await house.signIn()])
  const page = await context.newPage()
  // Less than a test may take, so that what is missing is named.
  page.setDefaultTimeout(WAIT_MS)
  return {
    page,
    async open(path = '') {
      await page.goto(`${house.url}/app/${house.namespace}${path}`)
      await settled(page)
    },
    close: () => context.close(),
  }
}
