// What a person does on our connect page, and on the pages of the authorization server after it.
import type { Page } from 'playwright-core'

export const heading = (page: Page) => page.getByRole('heading', { level: 1 }).innerText()
export const goOn = (page: Page) => page.getByRole('button', { name: /^Continue to/ }).click()

export async function signIn(page: Page): Promise<void> {
  await page.locator('input[name="login"]').fill('ada')
  await page.locator('input[name="password"]').fill('any')
  await page.locator('button[type="submit"]').click()
}

export const agree = (page: Page) => page.locator('button[type="submit"]').click()

/** Says yes, and gives the address that the browser would be sent back to, at `home`, as if somebody had passed it on. */
export async function agreeWithoutReturning(page: Page, home: string): Promise<string> {
  let url = new URL((await page.locator('form').getAttribute('action'))!, page.url())
  let response = await page.request.post(url.href, { form: { prompt: 'consent' }, maxRedirects: 0 })
  while (response.headers().location) {
    url = new URL(response.headers().location!, url)
    if (url.origin === home) return url.href
    response = await page.request.get(url.href, { maxRedirects: 0 })
  }
  throw new Error(`The authorization server answered ${response.status()}`)
}
