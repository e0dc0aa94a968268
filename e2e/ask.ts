import type { Page } from '@playwright/test'
import type { Body, Kind } from '../src/quiz/question'
import { expect } from './support'

/** How somebody answers: with a mouse, with the keyboard alone, or with a finger. */
export type Hand = 'mouse' | 'keys' | 'touch'

/** A template of each kind. */
export const EACH_KIND: Readonly<Record<Kind, string>> = {
  choose: 'ps-which-window',
  several: 'ps-lamps-or-windows',
  type: 'wk-port-of-service',
  order: 'wk-order-numbers',
  match: 'wk-match-four',
  predict: 'ps-one-window-closes',
}

/** The address of one question, as a teacher would send it. */
export const questionLink = (template: string, seed = 'k3') => `#/quiz/set?s=1&i=${template}.1.1.${seed}`

/** What is asked now. */
export async function bodyOf(page: Page): Promise<Body> {
  await expect(page.locator('.question-paper')).toBeVisible()
  const body = await page.evaluate(() => window.portAuthorityQuiz?.body)
  if (!body) throw new Error('Nothing is asked.')
  return body
}

/** What a reader gets to see of a question: its text, what is beside it, and the ways to answer. */
export const seen = (page: Page): Promise<string> => page.locator('main.question').innerText()

const main = (page: Page) => page.locator('main.question')

/** The places, from 0, of what has to be chosen, placed or paired; the numbers that its digit keys have, less one. */
function plan(body: Body, right: boolean): { readonly picks: readonly number[]; readonly text: string } {
  switch (body.kind) {
    case 'choose':
    case 'predict':
      return { picks: [body.options.findIndex((option) => option.right === right)], text: '' }
    case 'several': {
      const all = body.options.flatMap((option, index) => (option.right ? [index] : []))
      const wrong = body.options.findIndex((option) => !option.right)
      return { picks: right ? all : [wrong], text: '' }
    }
    case 'type':
      return { picks: [], text: right ? body.answer : (body.traps[0]?.answer ?? '7') }
    case 'order': {
      const places = body.order.map((means) => body.items.findIndex((item) => item.means === means))
      return { picks: right ? places : places.toReversed(), text: '' }
    }
    case 'match': {
      const partners = body.pairs.map(([, to]) => body.right.findIndex((item) => item.means === to))
      const others = partners.map((at) => (at + 1) % body.right.length)
      return { picks: right ? partners : others, text: '' }
    }
  }
}

async function hit(page: Page, hand: Hand, name: 'option' | 'tray' | 'partner', at: number): Promise<void> {
  if (hand === 'keys') return page.keyboard.press(String(at + 1))
  const target =
    name === 'option'
      ? main(page).locator('.option').nth(at)
      : name === 'tray'
        ? page.locator('.order-tray .order-card', { has: page.locator('kbd', { hasText: new RegExp(`^${at + 1}$`) }) })
        : page.getByRole('region', { name: 'Partners' }).getByRole('button').nth(at)
  return hand === 'touch' ? target.tap() : target.click()
}

/** Answers the question on the screen, rightly or wrongly. */
export async function answer(page: Page, hand: Hand, right: boolean): Promise<void> {
  const body = await bodyOf(page)
  const { picks, text } = plan(body, right)
  if (body.kind === 'type') {
    // Whoever has a keyboard just begins to type.
    if (hand === 'keys') await page.keyboard.type(text)
    else await page.getByRole('textbox').fill(text)
  }
  const name = body.kind === 'order' ? 'tray' : body.kind === 'match' ? 'partner' : 'option'
  for (const at of picks) await hit(page, hand, name, at)
  if (body.kind === 'choose' || body.kind === 'predict') return
  const button = page.getByRole('button', { name: 'Hand in' })
  if (hand === 'keys') await page.keyboard.press('Enter')
  else if (hand === 'touch') await button.tap()
  else await button.click()
  // What belongs nowhere stays in the tray, and one is asked whether that is meant.
  if (body.kind === 'order' && body.items.length > body.order.length) await button.click()
}

/** The verdict on the answer, as the bar at the foot says it. */
export const verdict = (page: Page) => page.locator('.act-verdict')

/** To the next question, or to the end. */
export async function goOn(page: Page, hand: Hand): Promise<void> {
  const button = page.getByRole('button', { name: /^(Go on|See the result)/ })
  if (hand === 'keys') await page.keyboard.press('Enter')
  else if (hand === 'touch') await button.tap()
  else await button.click()
}

/** Answers everything that is asked, until the end comes up. */
export async function toTheEnd(page: Page, hand: Hand, right: (at: number) => boolean): Promise<number> {
  await expect(page.locator('.question-paper')).toBeVisible()
  for (let at = 0; ; at++) {
    if (await page.locator('main.end').isVisible()) return at
    await answer(page, hand, right(at))
    await expect(verdict(page)).toBeVisible()
    await goOn(page, hand)
    await expect(page.locator('main.question.closed')).toHaveCount(0)
  }
}
