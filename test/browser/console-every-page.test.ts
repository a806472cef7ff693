// What holds for every page: each of them in a real browser, in both themes, wide and narrow, under the real content
// security policy, with a server behind it whose every word is an attack.
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { listPagePatterns, PAGES } from '../support/console-pages.ts'
import { findAxeProblems } from '../support/find-axe-problems.ts'
import { type FurnishedConsole, furnishConsole } from '../support/furnish-console.ts'
import { type RunningConsole, startConsole } from '../support/start-console.ts'
import { settled } from '../support/settled-page.ts'
import { watchPage } from '../support/watch-page.ts'

let browser: Browser
let house: RunningConsole
let furnished: FurnishedConsole
let context: BrowserContext | undefined

beforeAll(async () => {
  browser = await launchBrowser()
  house = await startConsole()
  furnished = await furnishConsole(house)
})
afterEach(async () => context?.close())
afterAll(async () => {
  await browser?.close()
  await furnished?.stop()
  await house?.stop()
})

async function open(pattern: string, size: { width: number; height: number }) {
  const visit = PAGES[pattern]!
  context = await browser.newContext({ viewport: size, colorScheme: 'light', reducedMotion: 'reduce' })
  if (visit.for !== 'everybody') await context.addCookies([await house.signIn()])
  const page = await context.newPage()
  const watch = watchPage(page, house.url, visit.status === undefined ? [] : [visit.status])
  const response = await page.goto(house.url + visit.path(furnished))
  expect(response!.status()).toBe(visit.status ?? 200)
  await settled(page)
  return { page, watch }
}

/** How far the page reaches beyond the right edge, in pixels. */
const overhang = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

it('every page in the map of routes has an entry here', async () => {
  expect(Object.keys(PAGES).toSorted()).toEqual((await listPagePatterns()).toSorted())
})

describe.each(Object.keys(PAGES))('the page %s', (pattern) => {
  it('breaks no rule of accessibility, in both themes, wide and narrow', async () => {
    const { page } = await open(pattern, { width: 1280, height: 900 })
    const problems: string[] = []
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 })
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        problems.push(...(await findAxeProblems(page)).map((problem) => `${width} ${colorScheme}: ${problem}`))
      }
    }
    expect(problems.join('\n')).toBe('')
  })

  it('runs nothing but our own code, asks nobody else, and fits on 360 pixels', async () => {
    const { page, watch } = await open(pattern, { width: 360, height: 780 })
    expect(await overhang(page)).toBe(0)
    expect(await page.title()).toMatch(/Plugboard/)
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
    expect((await watch.complaints()).join('\n')).toBe('')
  })
})
