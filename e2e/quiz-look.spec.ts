import type { Page } from '@playwright/test'
import axe from 'axe-core'
import { KINDS } from '../src/quiz/question'
import { EACH_KIND, answer, goOn, questionLink, toTheEnd, verdict } from './ask'
import { expect, test } from './support'

test.use({ contextOptions: { reducedMotion: 'no-preference' } })

const SIZES = [
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
  { width: 1920, height: 1080 },
] as const

const noFault = async (page: Page, where: string) => {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run()')
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
    where,
  ).toEqual([])
}

const fits = async (page: Page, where: string) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), where).toBeLessThanOrEqual(0)

/** True where no element with a text sticks out of the page or of a box that cuts it off. */
const nothingCut = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const cut: string[] = []
    for (const element of document.querySelectorAll<HTMLElement>(
      '.quiz :is(button, a, label, h1, h2, p, dd, dt, code)',
    )) {
      if (element.closest('.sr-only, [aria-hidden="true"], pre, details:not([open])')) continue
      const { right, left, width } = element.getBoundingClientRect()
      if (width > 1 && (right > innerWidth + 1 || left < -1)) cut.push(element.outerHTML.slice(0, 120))
    }
    return cut
  })

for (const viewport of SIZES)
  test.describe(`at ${viewport.width} by ${viewport.height}`, () => {
    test.use({ viewport })

    test('the front page, what is known, a round of each kind and its end have no accessibility fault', async ({
      page,
    }) => {
      await page.goto('#/quiz')
      await expect(page.getByRole('link', { name: /Start 10 questions/ })).toBeVisible()
      await noFault(page, 'front page')
      await fits(page, 'front page')
      for (const kind of KINDS) {
        await page.goto(questionLink(EACH_KIND[kind]))
        await expect(page.locator(`main.asks-${kind}`)).toBeVisible()
        await noFault(page, kind)
        await fits(page, kind)
        await answer(page, 'mouse', false)
        await expect(verdict(page)).toBeVisible()
        await noFault(page, `${kind}, answered`)
        await fits(page, `${kind}, answered`)
        await goOn(page, 'mouse')
        await expect(page.locator('main.end')).toBeVisible()
        await page.locator('.missed-question summary').first().click()
        await expect(page.locator('.missed-body')).toBeVisible()
        await noFault(page, `${kind}, end`)
        await fits(page, `${kind}, end`)
      }
      await page.goto('#/quiz/ideas')
      await expect(page.getByRole('heading', { name: 'Your ideas' })).toBeVisible()
      await noFault(page, 'ideas')
      await fits(page, 'ideas')
    })
  })

test('the stage of show me, the end of a check and of a pair have no accessibility fault', async ({ page }) => {
  await page.goto(questionLink('ps-which-window'))
  await answer(page, 'keys', false)
  await page.getByRole('button', { name: 'Show me' }).click()
  await expect(page.locator('.show-me .stage.ready')).toBeVisible()
  await noFault(page, 'show me')
  await page.keyboard.press('Escape')
  await page.goto('#/quiz/check?s=k3')
  await toTheEnd(page, 'keys', (at) => at > 3)
  await noFault(page, 'end of the check')
  await page.goto('#/quiz/pair/before?s=k3')
  await toTheEnd(page, 'keys', (at) => at < 3)
  await noFault(page, 'end of the first part')
  await page.goto('#/quiz/pair/after?s=k3')
  await toTheEnd(page, 'keys', () => true)
  await noFault(page, 'end of the second part')
})

test('twice as large text, and a page of 320 pixels, lose nothing', async ({ page }) => {
  await page.goto('#/quiz')
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('radio', { name: '200%' }).check()
  await page.keyboard.press('Escape')
  const all = async (size: string) => {
    await page.goto('#/quiz')
    await expect(page.getByRole('link', { name: /Start 10 questions/ })).toBeVisible()
    await fits(page, `${size}: front page`)
    expect(await nothingCut(page)).toEqual([])
    for (const kind of KINDS) {
      await page.goto(questionLink(EACH_KIND[kind], 'k5'))
      await expect(page.locator(`main.asks-${kind}`)).toBeVisible()
      await fits(page, `${size}: ${kind}`)
      expect(await nothingCut(page), `${size}: ${kind}`).toEqual([])
      await answer(page, 'mouse', false)
      await expect(verdict(page)).toBeVisible()
      await fits(page, `${size}: ${kind}, answered`)
      expect(await nothingCut(page), `${size}: ${kind}, answered`).toEqual([])
      await goOn(page, 'mouse')
      await expect(page.locator('main.end')).toBeVisible()
      await fits(page, `${size}: ${kind}, end`)
    }
  }
  await all('200%')
  await page.goto('#/quiz')
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('radio', { name: '100%' }).check()
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 320, height: 640 })
  await all('320 pixels')
})

test('written from right to left, the page is mirrored and what tools print is not', async ({ page }) => {
  await page.goto(questionLink('ps-which-window'))
  await expect(page.locator('.question-paper')).toBeVisible()
  await page.evaluate(() => (document.documentElement.dir = 'rtl'))
  const paper = await page.locator('.question-paper').boundingBox()
  const views = await page.locator('.sights').boundingBox()
  expect(paper?.x ?? 0).toBeGreaterThan(views?.x ?? Infinity)
  await expect(page.locator('.terminal pre').first()).toHaveCSS('direction', 'ltr')
  await fits(page, 'from right to left')
})

test('under reduced motion nothing moves by itself', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(questionLink('ps-which-window'))
  await answer(page, 'keys', false)
  await expect(verdict(page)).toBeVisible()
  const running = () =>
    page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length)
  expect(await running()).toBe(0)
})
