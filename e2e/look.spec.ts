import type { Page } from '@playwright/test'
import { noFault } from './faults'
import { DESKTOP, LAPTOP, PHONE, at, fits } from './in-order'
import { openLevel, papers, result, settled } from './play'
import { expect, test } from './support'

/** How many different colours a picture of the stage has, sampled. */
const coloursOf = async (page: Page) => {
  const picture = await page.locator('.stage canvas').screenshot()
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes]))
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const pen = canvas.getContext('2d')
    pen?.drawImage(bitmap, 0, 0)
    const { data } = pen?.getImageData(0, 0, bitmap.width, bitmap.height) ?? { data: new Uint8ClampedArray() }
    const colours = new Set<number>()
    for (let at = 0; at < data.length; at += 4 * 97)
      colours.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0))
    return colours.size
  }, picture.toString('base64'))
}

const contextAlive = (page: Page) =>
  page.locator('.stage canvas').evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) return false
    const gl = canvas.getContext('webgl2') ?? canvas.getContext('webgl')
    return gl !== null && !gl.isContextLost()
  })

/** Decides as the model does. */
const decide = (page: Page, verdicts: number) =>
  page.evaluate((count) => {
    for (let turn = 0; turn < count; turn++) {
      const { store, truth } = window.portAuthority ?? {}
      const choice = truth?.()
      if (choice) store?.getState().decide(choice)
    }
  }, verdicts)

test('Home, intro, shift, pause and result have no accessibility fault and never scroll sideways', async ({ page }) => {
  const inOrder = (where: string) =>
    at(page, [LAPTOP, PHONE, DESKTOP], async (size) => {
      await fits(page, where)
      if (size !== DESKTOP) await noFault(page, where)
    })
  await page.goto('')
  await expect(page.getByRole('button', { name: 'Start the shift' })).toBeVisible()
  await inOrder('Home')
  await page.goto('#/shift/1.1?seed=abc')
  await expect(page.getByRole('heading', { name: 'First doors' })).toBeVisible()
  await inOrder('intro')
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(page.locator('.stage.ready')).toBeVisible()
  await inOrder('shift')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Paused' })).toBeVisible()
  await inOrder('pause')
  await page.getByRole('button', { name: 'Go on' }).click()
  await decide(page, 10)
  await expect(result(page)).toBeVisible()
  await inOrder('result')
  await page.goto('#/')
  await expect(page.getByRole('button', { name: /Go on/ })).toBeVisible()
  await inOrder('Home, later')
  await page.goto('#/own')
  await expect(page.getByRole('heading', { name: 'Your own night' })).toBeVisible()
  await inOrder('your own night')
})

test('the boss shows its whole desk: papers of 24 pixels, targets of 44, nothing below the fold; its canvas is not flat', async ({
  page,
}) => {
  await openLevel(page, '1.6')
  await expect(page.locator('.stage.ready')).toBeVisible()
  expect(await contextAlive(page)).toBe(true)
  await expect.poll(() => coloursOf(page)).toBeGreaterThan(200)
  await at(page, [LAPTOP, PHONE, DESKTOP], async ({ width, height }) => {
    await expect.poll(async () => (await page.locator('.stage canvas').boundingBox())?.width).toBe(width)
    const size = await papers(page)
      .locator('.destinationPort dd')
      .evaluate((field) => Number.parseFloat(getComputedStyle(field).fontSize))
    expect(size).toBeGreaterThanOrEqual(width < 400 ? 22 : 24)
    for (const button of await page.locator('.over.door, button.verdict, .pause').all()) {
      const box = await button.boundingBox()
      expect(box?.height ?? 0).toBeGreaterThanOrEqual(36)
      expect(box?.width ?? 0).toBeGreaterThanOrEqual(44)
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height + 1)
    }
  })
})

test('every way of acting has no accessibility fault, and all of its desk is on the page', async ({ page }) => {
  for (const id of ['2.1', '2.3', '2.4', '3.2', '3.3', '3.4']) {
    await openLevel(page, id)
    await expect(page.locator('.stage.ready')).toBeVisible()
    await at(page, [LAPTOP, PHONE], async ({ width, height }) => {
      await expect.poll(async () => (await page.locator('.stage canvas').boundingBox())?.width).toBe(width)
      await noFault(page, id)
      await fits(page, id)
      for (const button of await page.locator('.rack button').all()) {
        const box = await button.boundingBox()
        expect(box?.height ?? 0, id).toBeGreaterThanOrEqual(40)
        expect((box?.y ?? 0) + (box?.height ?? 0), id).toBeLessThanOrEqual(height + 1)
      }
    })
  }
})

test.describe('when the graphics card takes its context away', () => {
  // Phaser says so in the console, and that is all that may be said.
  test.use({ expected: /WebGL Context (lost|restored)/ })

  test('it comes back with nothing lost', async ({ page }) => {
    await openLevel(page, '1.2')
    await expect(page.locator('.stage.ready')).toBeVisible()
    await page.locator('.stage canvas').evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) return
      const gl = canvas.getContext('webgl2') ?? canvas.getContext('webgl')
      const lose = gl?.getExtension('WEBGL_lose_context')
      lose?.loseContext()
      setTimeout(() => lose?.restoreContext(), 50)
    })
    await expect.poll(() => contextAlive(page)).toBe(true)
    await expect.poll(() => coloursOf(page)).toBeGreaterThan(200)
    await page.keyboard.press('1')
    await expect(page.locator('.feedback .mark')).toBeVisible()
  })
})

test('where the browser gives no WebGL, a plain canvas shows the same stage', async ({ page }) => {
  await page.addInitScript(() => {
    const own = HTMLCanvasElement.prototype.getContext
    const none = (kind: string) => /webgl/.test(kind)
    Object.defineProperty(HTMLCanvasElement.prototype, 'getContext', {
      value(this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
        return none(kind) ? null : Reflect.apply(own, this, [kind, ...rest])
      },
    })
  })
  await openLevel(page, '2.1')
  await expect(page.locator('.stage.ready')).toBeVisible()
  await expect.poll(() => coloursOf(page)).toBeGreaterThan(200)
  await page.keyboard.press('1')
  await expect(page.locator('.feedback.right')).toContainText('SYN, SYN-ACK, ACK')
  await expect.poll(() => coloursOf(page)).toBeGreaterThan(200)
})

test('a window that changes its size and turns in mid-shift loses nothing', async ({ page }) => {
  await openLevel(page, '1.2')
  await expect(page.locator('.stage.ready')).toBeVisible()
  const before = await papers(page).locator('.source dd').innerText()
  await page.setViewportSize({ width: 390, height: 844 })
  await page.setViewportSize({ width: 844, height: 390 })
  await page.setViewportSize({ width: 1280, height: 720 })
  expect(await papers(page).locator('.source dd').innerText()).toBe(before)
  await expect.poll(async () => (await page.locator('.stage canvas').boundingBox())?.width).toBe(1280)
})

test('under reduced motion nothing moves on a stage that waits', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openLevel(page, '1.2')
  await expect(page.locator('.stage.ready')).toBeVisible()
  const first = await page.locator('.stage canvas').screenshot()
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  expect((await page.locator('.stage canvas').screenshot()).equals(first)).toBe(true)
})

test.describe('with text at twice its size', () => {
  test('a shift can still be played', async ({ page }) => {
    await page.addInitScript(() =>
      localStorage.setItem(
        'port-authority.settings',
        JSON.stringify({ version: 1, sound: false, volume: 0.5, motion: 'reduced', textSize: 200, keys: true }),
      ),
    )
    await openLevel(page, '1.1')
    await page.keyboard.press('1')
    await expect(page.locator('.feedback')).toContainText('Destination port 443')
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  })
})

test('a stage that is taken down and put up again in mid-shift shows the same pixels', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openLevel(page, '2.2')
  await expect(page.locator('.stage.ready')).toBeVisible()
  for (let turn = 0; turn < 3; turn++) {
    await page.evaluate(() => {
      const { store, truth } = window.portAuthority ?? {}
      const choice = truth?.()
      if (choice) store?.getState().decide(choice)
    })
    await expect.poll(() => settled(page)).toBe(turn + 1)
  }
  const canvas = page.locator('.stage canvas')
  await expect.poll(async () => (await canvas.screenshot()).equals(await canvas.screenshot())).toBe(true)
  const before = await canvas.screenshot()
  const old = await canvas.elementHandle()
  await page.evaluate(() => window.portAuthority?.hand.setState({ stages: 2 }))
  await page.waitForFunction((canvasBefore) => !canvasBefore?.isConnected, old)
  await expect(page.locator('.stage.ready')).toBeVisible()
  await expect.poll(async () => (await canvas.screenshot()).equals(before)).toBe(true)
})
