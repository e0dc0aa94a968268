import { openLevel, papers, settled } from './play'
import { again, expect, test } from './support'

const KEY = 'port-authority.progress'

test('a reload in the middle of a shift with a seed deals the same packets again', async ({ page }) => {
  await openLevel(page, '1.2', 'k3')
  const before = await papers(page).innerText()
  await page.reload()
  await page.getByRole('button', { name: 'Start the shift' }).click()
  expect(await papers(page).innerText()).toBe(before)
})

for (const [what, text] of [
  ['cut off', '{"version":1,"lev'],
  ['of another shape', '{"version":1,"levels":{"1.1":{"stars":"many"}}}'],
  ['from a later version', '{"version":99,"floors":[]}'],
] as const)
  test(
    `stored progress that is ${what} is set aside with a copy, and the game goes on`,
    again(what !== 'cut off'),
    async ({ page }) => {
      await page.addInitScript(
        ([key, value]) => {
          if (!sessionStorage.getItem('planted')) localStorage.setItem(key, value)
          sessionStorage.setItem('planted', 'yes')
        },
        [KEY, text] as const,
      )
      await page.goto('')
      await expect(page.getByText(/Stored data could not be read. A copy is kept/)).toBeVisible()
      expect(await page.evaluate((key) => localStorage.getItem(`${key}.set-aside`), KEY)).toBe(text)
      await page.getByRole('button', { name: 'Dismiss' }).click()
      await page.getByRole('button', { name: 'Start the shift' }).click()
      await expect(papers(page)).toBeVisible()
      await page.keyboard.press('1')
      await expect.poll(() => settled(page)).toBe(1)
    },
  )

test('without storage the game says so once and plays on', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('denied', 'SecurityError')
      },
    })
  })
  await page.goto('')
  await expect(page.getByText(/This browser keeps nothing for us/)).toBeVisible()
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(papers(page)).toBeVisible()
})

test('settings are kept and act at once', async ({ page }) => {
  await page.goto('')
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('radio', { name: '150%' }).check()
  await page.getByRole('radio', { name: 'Reduced' }).check()
  await expect(page.locator('html')).toHaveAttribute('data-motion', 'reduced')
  await page.getByRole('button', { name: 'Done' }).click()
  await page.reload()
  await expect(page.locator('html')).toHaveCSS('font-size', '24px')
})

test('a link that leads nowhere says what is wrong and leads home', async ({ page }) => {
  for (const [link, says] of [
    ['#/replay/nonsense', 'The link is damaged'],
    ['#/replay/9~1.1~a~c~L0', 'made by a newer Port Authority'],
    ['#/shift/8.8', 'names a level that this building does not have'],
    ['#/cellar', 'There is no such page'],
  ] as const) {
    await page.goto(link)
    await expect(page.getByText(says)).toBeVisible()
    await page.getByRole('link', { name: 'To the building' }).click()
    await expect(page.getByRole('button', { name: 'Start the shift' })).toBeVisible()
  }
})
