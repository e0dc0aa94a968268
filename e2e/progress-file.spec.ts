import { readFileSync } from 'node:fs'
import { openLevel, result } from './play'
import { expect, test } from './support'
import { LEVELS } from '../src/levels'

/** What Home says of three stars, of all that can be had. */
const STARS = `3 of ${LEVELS.length * 3}`

test('progress outlives a reload; it is saved to a file, forgotten, and taken back from the file', async ({ page }) => {
  await openLevel(page, '1.1')
  await page.evaluate(() => {
    const { store, truth } = window.portAuthority ?? {}
    if (store) for (let right = truth?.(); right; right = truth?.()) store.getState().decide(right)
  })
  await expect(result(page)).toBeVisible()
  await page.reload()
  await page.goto('#/')
  await expect(page.getByText(STARS)).toBeVisible()
  await expect(page.getByRole('button', { name: /Go on: 1.2 The return address/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /1.3 Parcel or postcard\s+opens with a star in 1.2/ })).toBeVisible()
  await page.getByRole('button', { name: 'Settings' }).click()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save my progress to a file' }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toMatch(/^port-authority-progress-\d{4}-\d\d-\d\d\.json$/)
  const text = readFileSync(await saved.path(), 'utf8')
  await page.getByRole('button', { name: 'Forget all progress' }).click()
  await page.getByRole('button', { name: /Press once more/ }).click()
  const take = (name: string, content: string) =>
    page
      .locator('.settings input[type=file]')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) })
  await take('broken.json', text.slice(0, 40))
  await expect(page.getByRole('status').filter({ hasText: 'broken.json' })).toContainText('is cut off or no JSON')
  await take('progress.json', text)
  await expect(page.getByRole('status').filter({ hasText: 'progress.json' })).toContainText('1 level')
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText(STARS)).toBeVisible()
})
