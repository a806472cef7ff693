import type { Page } from 'playwright-core'
import { TRAP } from './hostile-texts.ts'

export interface PageWatch {
  /** Errors, refusals of the content security policy, dialogs, requests to elsewhere, and the trap of hostile texts if it went off. */
  complaints(): Promise<string[]>
}

/** From before the first page is opened. A status in `expected` that a page itself answers with is not an error. */
export function watchPage(page: Page, origin: string, expected: readonly number[] = []): PageWatch {
  const heard: string[] = []
  page.on('pageerror', (error) => heard.push(`error: ${error.message}`))
  page.on('console', (message) => {
    const isExpected = expected.some((status) => message.text().includes(`the server responded with a status of ${status}`))
    if (['error', 'warning'].includes(message.type()) && !isExpected) heard.push(`${message.type()}: ${message.text()}`)
  })
  page.on('dialog', (dialog) => {
    heard.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    const { protocol, origin: to } = new URL(request.url())
    if (protocol.startsWith('http') && to !== origin) heard.push(`a request to ${to}`)
  })
  return {
    async complaints() {
      const wentOff = await page.evaluate(`window.${TRAP} === 1`)
      return wentOff ? [...heard, 'a hostile text was run'] : heard
    },
  }
}
