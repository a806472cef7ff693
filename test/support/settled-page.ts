import type { Page } from 'playwright-core'

/** React has taken the page over, and nothing on it says that it is still loading. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => Object.keys(document.body).some((key) => key.startsWith('__reactFiber')))
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
}
