import { door, papers, readPapers, settled } from './play'
import { expect, test } from './support'

test.use({ contextOptions: { reducedMotion: 'no-preference' } })

/** The first visit, up to the first packet at the desk. */
test.beforeEach(async ({ page }) => {
  await page.goto('')
  await expect(page.getByRole('heading', { name: 'Night shift. One server, one address.' })).toBeVisible()
})

const begin = test.extend<{ first: void }>({
  first: [
    async ({ page }, use) => {
      await use()
      // Whatever the way: one packet is delivered, and its connection's window is lit.
      await expect.poll(() => settled(page)).toBe(1)
      await expect(page.getByRole('button', { name: /^Door 443, TCP.*1 window/ })).toBeVisible()
      await expect(page.locator('.feedback')).toContainText('Destination port 443')
    },
    { auto: true },
  ],
})

begin('the first packet is delivered with the mouse', async ({ page }) => {
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(page.locator('.feedback')).toContainText('It wants 443. Take it there.')
  await door(page, '443', 'TCP').click()
})

begin('the first packet is delivered from the keyboard alone', async ({ page }) => {
  await page.keyboard.press('Enter')
  await expect(papers(page)).toBeVisible()
  await page.keyboard.press('1')
})

begin('the first packet is delivered by dragging it to the door', async ({ page }) => {
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(page.locator('.stage.ready')).toBeVisible()
  const parcel = await page.locator('.handle').boundingBox()
  const target = await door(page, '443', 'TCP').boundingBox()
  if (!parcel || !target) throw new Error('The parcel or the door is not on the page.')
  await page.mouse.move(parcel.x + parcel.width / 2, parcel.y + parcel.height / 2)
  await page.mouse.down()
  await page.mouse.move(target.x + 10, target.y + target.height / 2, { steps: 12 })
  expect(await settled(page)).toBe(0)
  await page.mouse.up()
})

begin.describe('on a touch screen', () => {
  begin.use({ hasTouch: true, viewport: { width: 390, height: 844 } })
  begin('the first packet is delivered with a finger', async ({ page }) => {
    await page.getByRole('button', { name: 'Start the shift' }).tap()
    await expect(papers(page)).toBeVisible()
    await door(page, '443', 'TCP').tap()
  })
})

test('a parcel that is let go in the street stays where it was', async ({ page }) => {
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(page.locator('.stage.ready')).toBeVisible()
  const parcel = await page.locator('.handle').boundingBox()
  if (!parcel) throw new Error('The parcel is not on the page.')
  await page.mouse.move(parcel.x + 30, parcel.y + 20)
  await page.mouse.down()
  await page.mouse.move(60, 300, { steps: 8 })
  await page.mouse.up()
  expect(await settled(page)).toBe(0)
  await expect(page.locator('.feedback')).toContainText('It wants 443')
})

test('the second wave opens a door, the third a port where nobody listens', async ({ page }) => {
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(papers(page)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Door 22/ })).toHaveCount(0)
  for (const turn of [0, 1]) {
    await expect.poll(() => settled(page)).toBe(turn)
    await page.keyboard.press('1')
  }
  await expect(door(page, '22', 'TCP')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Refuse' })).toHaveCount(0)
  for (const turn of [2, 3]) {
    await expect.poll(() => settled(page)).toBe(turn)
    const { destinationPort } = await readPapers(page)
    await door(page, destinationPort, 'TCP').click()
  }
  await expect(page.getByRole('button', { name: '8080, TCP, bricked up, nobody listens' })).toBeVisible()
  expect((await readPapers(page)).destinationPort).toBe('8080')
  await page.keyboard.press('r')
  await expect(page.locator('.feedback')).toContainText('Nobody listens at 8080/tcp, so TCP answers RST')
})

test('after five seconds without an input the porter helps again', async ({ page }) => {
  await page.clock.install()
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(papers(page)).toBeVisible()
  await page.keyboard.press('1')
  await expect.poll(() => settled(page)).toBe(1)
  await expect(page.locator('.feedback .guide')).toHaveCount(0)
  await page.clock.runFor(6000)
  await expect(page.locator('.feedback .guide')).toHaveText('It wants 443. Take it there.')
})
