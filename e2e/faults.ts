import type { Page } from '@playwright/test'
import axe from 'axe-core'
import { expect } from './support'

/** What axe finds at this size of the page is nothing, and the page does not scroll sideways. */
export async function expectNoFaults(page: Page): Promise<void> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run()')
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
}
