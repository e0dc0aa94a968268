import { factsInDeck } from '../src/practice/fact'
import { noFault } from './faults'
import { DESKTOP, LAPTOP, PHONE, SMALL, at, fits } from './in-order'
import { answerCard, mainCards, openPractice, practised, takeFile } from './practice-play'
import { expect, test } from './support'

test('every screen of practice is in order', async ({ page }) => {
  const inOrder = (where: string) =>
    at(page, [LAPTOP, PHONE, DESKTOP, SMALL], async (size) => {
      await fits(page, where)
      if (size === LAPTOP || size === PHONE) await noFault(page, where)
    })
  await openPractice(page)
  await inOrder('front page')
  await page.goto('#/practice/map')
  await expect(page.getByText('Every window is dark.')).toBeVisible()
  await inOrder('empty map')
  const cards = mainCards([...factsInDeck('card-five'), ...factsInDeck('dba')])
  await takeFile(page, practised(cards, 4, Date.now() - 9 * 86_400_000))
  await inOrder('decks')
  await page.getByRole('button', { name: 'New deck' }).click()
  await page.getByRole('searchbox').fill('mqtt')
  await expect(page.getByRole('button', { name: /^Add 1883\/tcp/ })).toBeVisible()
  await inOrder('a new deck')

  await openPractice(page)
  await expect(page.locator('.mixups')).toBeVisible()
  await inOrder('front page, later')
  await page.getByRole('button', { name: 'Practice settings' }).click()
  await inOrder('settings')
  await page.keyboard.press('Escape')

  await page.goto('#/practice/session')
  await expect(page.locator('.recall')).toBeVisible()
  await inOrder('a card')
  await answerCard(page, false)
  await inOrder('a wrong answer')
  await page.goto('#/practice/map')
  await expect(page.locator('.lit-list')).toBeVisible()
  await inOrder('map')
  await page.goto('#/practice/drill')
  await expect(page.locator('.drill .option').first()).toBeVisible()
  await page.keyboard.press('1')
  await expect(page.locator('.reply-why')).toBeVisible()
  await inOrder('drill')
  await page.goto('#/practice/sprint')
  await expect(page.locator('.sprint-intro')).toBeVisible()
  await inOrder('sprint, before')
  await page.keyboard.press('Enter')
  await expect(page.locator('.sprint-street')).toBeVisible()
  await inOrder('sprint')
  await page.goto('#/practice/deck?t=Mine&p=22t.53u')
  await expect(page.getByRole('heading', { name: 'Mine' })).toBeVisible()
  await inOrder('a deck that was sent')
})

test('in Spanish practice speaks Spanish', async ({ page }) => {
  await page.addInitScript(() =>
    localStorage.setItem(
      'port-authority.settings',
      JSON.stringify({
        version: 1,
        language: 'es',
        sound: false,
        volume: 0,
        motion: 'reduced',
        textSize: 100,
        keys: true,
      }),
    ),
  )
  await openPractice(page)
  await expect(page.getByRole('heading', { name: 'Tres puertos en dos minutos.' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Esta no la conoces.')).toBeVisible()
  await page.keyboard.press('1')
  await expect(page.locator('.act-verdict')).toHaveText(/orrecto/)
})

test.describe('with text at twice its size on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('a card can still be read and answered', async ({ page }) => {
    await page.addInitScript(() =>
      localStorage.setItem(
        'port-authority.settings',
        JSON.stringify({ version: 1, sound: false, volume: 0, motion: 'reduced', textSize: 200, keys: true }),
      ),
    )
    await takeFile(page, practised(mainCards(factsInDeck('card-five')), 3, Date.now() - 30 * 86_400_000))
    await page.goto('#/practice/session')
    for (let turn = 0; turn < 4; turn++) {
      await expect(page.locator('.recall:not(.closed)')).toBeVisible()
      expect((await page.locator('.recall h1').boundingBox())?.width ?? 0).toBeGreaterThan(200)
      await answerCard(page, turn % 2 === 0)
      const button = await page.getByRole('button', { name: /Go on|Finish/ }).boundingBox()
      expect(button?.width ?? 0).toBeGreaterThan(100)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      await page.keyboard.press('Enter')
      await expect(page.locator('.act-verdict')).toHaveCount(0)
    }
  })
})
