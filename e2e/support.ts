import type { Page } from '@playwright/test'
import { test as base } from '@playwright/test'

export { expect } from '@playwright/test'

// What Playwright itself says where a test lets no service worker in: see playwright.config.ts.
const BLOCKED = 'Service Worker registration blocked by Playwright'

/** Notes what a page says to the console that it should not, and what it asks for that is not there. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.text() === BLOCKED) return
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? ''
    if (reason !== 'net::ERR_ABORTED') complaints.push(`request failed: ${request.url()} ${reason}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`)
  })
  return complaints
}

/** A test that also fails when the page says anything to the console that it should not, or asks for what is not there. */
export const test = base.extend<{ quiet: void; expected: RegExp | undefined }>({
  expected: [undefined, { option: true }],
  quiet: [
    async ({ page, expected }, use) => {
      const complaints = complaintsOf(page)
      await use()
      base.expect(complaints.filter((complaint) => !expected?.test(complaint))).toEqual([])
    },
    { auto: true },
  ],
})

/** What another hand, or another size, shows in the same run too: `npm run e2e` has it all, `npm test` leaves it out for time. */
export const again = (is: boolean): { readonly tag: string[] } => ({ tag: is ? ['@again'] : [] })
