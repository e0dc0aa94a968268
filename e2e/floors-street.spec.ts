import type { Page } from '@playwright/test'
import { doors, press, result, settled } from './play'
import { expect, test } from './support'

test.use({ contextOptions: { reducedMotion: 'no-preference' } })

/** The key that says what the network model says of the errand at the desk. */
const keyFor = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { store, truth } = window.portAuthority ?? {}
    const choice = truth?.()
    const arrival = store?.getState().shift.waiting[0]
    if (choice?.kind !== 'tell' || arrival?.asks !== 'tell') throw new Error('Nothing is to be said.')
    const { told } = choice
    if (told.kind === 'say') return told.saying === 'nowhere' ? 'n' : told.saying === 'served' ? 's' : 'f'
    return String(arrival.options.findIndex((one) => one.told === told) + 1)
  })

async function open(page: Page, id: string): Promise<void> {
  await page.goto(`#/shift/${id}?seed=abc`)
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(doors(page).first()).toBeVisible()
}

async function play(page: Page, act: (key: string) => Promise<void>): Promise<void> {
  const packets = Number(await page.locator('.topbar .settled .mono').last().innerText())
  for (let turn = 0; turn < packets; turn++) {
    await expect.poll(() => settled(page)).toBe(turn)
    await act(await keyFor(page))
  }
  await expect(result(page)).toBeVisible()
  await expect(page.getByRole('img', { name: '3 stars of 3' })).toBeVisible()
}

const button = (page: Page, key: string) => page.locator(`.rack [data-letter="${key}"]`)

for (const id of ['5.1', '5.4'])
  test(`level ${id} is won with the mouse`, async ({ page }) => {
    await open(page, id)
    await play(page, (key) => button(page, key).click())
  })

for (const id of ['5.3', '5.5'])
  test(`level ${id} is won from the keyboard alone`, async ({ page }) => {
    await open(page, id)
    await play(page, (key) => page.keyboard.press(key))
  })

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })
  for (const id of ['5.2', '5.5'])
    test(`level ${id} is won with a finger`, async ({ page }) => {
      await open(page, id)
      await play(page, (key) => button(page, key).tap())
    })
})

test('the list of the street door grows as flats call out', async ({ page }) => {
  await open(page, '5.1')
  const board = page.getByRole('region', { name: /The board: nft list table ip nat/ })
  const flows = board.locator('.flow')
  await expect(flows).toHaveCount(4)
  await page.keyboard.press(await keyFor(page))
  await expect(flows).toHaveCount(5)
})

test('a ribbon keeps every version of the label, and one walks along it', async ({ page }) => {
  await open(page, '5.5')
  await page.keyboard.press(await keyFor(page))
  const ribbon = page.getByRole('list', { name: 'The label at each stop' })
  await expect(ribbon.getByRole('listitem')).toHaveCount(3)
  await expect(ribbon.locator('.at')).toContainText('172.17.0.2:80')
  await ribbon.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(ribbon.locator('.at')).toContainText('192.168.1.20:8080')
})

test('what a street door did is heard, number by number', async ({ page }) => {
  await open(page, '5.3')
  await press(button(page, await keyFor(page)))
  await expect(page.locator('.feedback [role=status]')).toContainText(
    /Right\. Destination port 8080: .* 172\.17\.0\.2:80/,
  )
})
