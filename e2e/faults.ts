import type { Page } from '@playwright/test'
import axe from 'axe-core'
import { expect } from './support'

/** Fails where the page, as it stands now, has an accessibility fault. */
export async function noFault(page: Page, where = ''): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const { violations } = await page.evaluate<axe.AxeResults>("axe.run({ resultTypes: ['violations'] })")
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
    where,
  ).toEqual([])
}

/** Fails where the page, as it stands now, scrolls sideways. */
export const fits = async (page: Page, where = ''): Promise<void> =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), where).toBeLessThanOrEqual(0)

/** Fails where the page, as it stands now, has either. */
export async function expectNoFaults(page: Page, where = ''): Promise<void> {
  await noFault(page, where)
  await fits(page, where)
}
