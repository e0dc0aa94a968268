import type { Page } from '@playwright/test'
import { expect } from './support'

export interface Size {
  readonly width: number
  readonly height: number
}

export const LAPTOP: Size = { width: 1280, height: 720 }
export const PHONE: Size = { width: 390, height: 844 }
export const DESKTOP: Size = { width: 1920, height: 1080 }
export const SMALL: Size = { width: 320, height: 640 }

/** Fails where the page goes on scrolling sideways once it has its size. */
export const fits = (page: Page, where = ''): Promise<void> =>
  expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth), where)
    .toBeLessThanOrEqual(0)

/** Looks at the page at each of these sizes, and leaves it at the first of them. */
export async function at(
  page: Page,
  [first, ...others]: readonly [Size, ...Size[]],
  look: (size: Size) => Promise<void>,
): Promise<void> {
  await look(first)
  for (const size of others) {
    await page.setViewportSize(size)
    await look(size)
  }
  await page.setViewportSize(first)
}
