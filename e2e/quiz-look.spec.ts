import type { Page } from '@playwright/test'
import { KINDS } from '../src/quiz/question'
import { EACH_KIND, answer, goOn, questionLink, toTheEnd, verdict } from './ask'
import { noFault } from './faults'
import { DESKTOP, LAPTOP, PHONE, SMALL, at, fits } from './in-order'
import { expect, test } from './support'

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

test('the front page, what is known, a round of each kind and its end are in order on any page', async ({ page }) => {
  const inOrder = (where: string, onPhone = false) =>
    at(page, [LAPTOP, PHONE, DESKTOP, SMALL], async (size) => {
      await fits(page, where)
      if (size === LAPTOP || (onPhone && size === PHONE)) await noFault(page, where)
      if (size === SMALL) expect(await nothingCut(page), where).toEqual([])
    })
  await page.goto('#/quiz')
  await expect(page.getByRole('link', { name: /Start 10 questions/ })).toBeVisible()
  await inOrder('front page', true)
  for (const kind of KINDS) {
    await page.goto(questionLink(EACH_KIND[kind]))
    await expect(page.locator(`main.asks-${kind}`)).toBeVisible()
    await inOrder(kind)
    await answer(page, 'mouse', false)
    await expect(verdict(page)).toBeVisible()
    await inOrder(`${kind}, answered`, true)
    await goOn(page, 'mouse')
    await expect(page.locator('main.end')).toBeVisible()
    await page.locator('.missed-question summary').first().click()
    await expect(page.locator('.missed-body')).toBeVisible()
    await inOrder(`${kind}, end`)
  }
  await page.goto('#/quiz/ideas')
  await expect(page.getByRole('heading', { name: 'Your ideas' })).toBeVisible()
  await inOrder('ideas', true)
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

test('twice as large text loses nothing', async ({ page }) => {
  await page.goto('#/quiz')
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('radio', { name: '200%' }).check()
  await page.keyboard.press('Escape')
  const whole = async (where: string) => {
    await fits(page, where)
    expect(await nothingCut(page), where).toEqual([])
  }
  await whole('front page')
  for (const kind of KINDS) {
    await page.goto(questionLink(EACH_KIND[kind], 'k5'))
    await expect(page.locator(`main.asks-${kind}`)).toBeVisible()
    await whole(kind)
    await answer(page, 'mouse', false)
    await expect(verdict(page)).toBeVisible()
    await whole(`${kind}, answered`)
    await goOn(page, 'mouse')
    await expect(page.locator('main.end')).toBeVisible()
    await whole(`${kind}, end`)
  }
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
