import { readFileSync } from 'node:fs'
import { KINDS } from '../src/quiz/question'
import { misconceptions } from '../src/words/en/misconceptions'
import type { Hand } from './ask'
import { EACH_KIND, answer, bodyOf, goOn, questionLink, seen, toTheEnd, verdict } from './ask'
import { expect, test } from './support'

const open = async (page: import('@playwright/test').Page, link: string) => {
  await page.goto(link)
  await expect(page.locator('.question-paper')).toBeVisible()
}

const HANDS: readonly { readonly hand: Hand; readonly how: string }[] = [
  { hand: 'mouse', how: 'with a mouse' },
  { hand: 'keys', how: 'with the keyboard alone' },
  { hand: 'touch', how: 'with a finger on a phone' },
]

for (const { hand, how } of HANDS)
  test.describe(how, () => {
    if (hand === 'touch') test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

    for (const kind of KINDS)
      test(`a question of the kind ${kind} is answered rightly and wrongly`, async ({ page }) => {
        await open(page, questionLink(EACH_KIND[kind]))
        expect((await bodyOf(page)).kind).toBe(kind)
        await answer(page, hand, true)
        await expect(verdict(page)).toContainText('Right')
        await expect(page.getByRole('region', { name: 'Why' })).toBeVisible()
        await goOn(page, hand)
        await expect(page.getByRole('heading', { name: '1 of 1 right' })).toBeFocused()
        await open(page, questionLink(EACH_KIND[kind], 'k4'))
        await answer(page, hand, false)
        await expect(verdict(page)).toContainText('Wrong')
        await goOn(page, hand)
        await expect(page.getByRole('heading', { name: '0 of 1 right' })).toBeFocused()
      })
  })

test('from the front page one key starts a round, and each key after it goes on', async ({ page }) => {
  await page.goto('')
  await page.getByRole('navigation').getByRole('link', { name: 'Quiz' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('.question-paper')).toBeVisible()
  await expect(page.locator('.quiz-place')).toHaveText('Mixed · 1 of 10')
  expect(await toTheEnd(page, 'keys', (at) => at % 2 === 0)).toBe(10)
  await expect(page.getByRole('heading', { name: '5 of 10 right' })).toBeVisible()
  await expect(page.locator('.missed-question')).toHaveCount(5)
  await page.keyboard.press('Enter')
  await expect(page.locator('.quiz-place')).toHaveText('Mixed · 1 of 10')
})

test('topics, length and clock are chosen on the front page, and the link says them', async ({ page }) => {
  await page.goto('#/quiz')
  await page.getByRole('checkbox', { name: /NAT/ }).check()
  await page.getByRole('checkbox', { name: /Filters/ }).check()
  await expect(page.getByRole('checkbox', { name: /Everything/ })).not.toBeChecked()
  await page.getByRole('radio', { name: '20 questions' }).check()
  await page.getByRole('radio', { name: '60 s each' }).check()
  await page.getByRole('link', { name: /Start 20 questions/ }).click()
  await expect(page.locator('.quiz-place')).toHaveText('Filters, NAT · 1 of 20')
  expect(new URL(page.url()).hash).toMatch(/^#\/quiz\/round\?t=filters\.nat&n=20&s=[0-9a-z]+&d=\d&c=60$/)
  await expect(page.getByRole('timer')).toBeVisible()
})

test('the same link asks the same questions in the same order, in two browsers', async ({ browser, page }) => {
  const link = '#/quiz/round?t=port-or-socket.transports&n=10&s=k3x&d=2'
  const other = await (await browser.newContext()).newPage()
  await open(page, link)
  await open(other, new URL(link, page.url()).href)
  for (let at = 0; at < 10; at++) {
    expect(await seen(other)).toBe(await seen(page))
    for (const one of [page, other]) {
      await answer(one, 'keys', one === page)
      await expect(verdict(one)).toBeVisible()
      await goOn(one, 'keys')
    }
  }
  await expect(page.getByRole('heading', { name: '10 of 10 right' })).toBeVisible()
  await expect(other.getByRole('heading', { name: '0 of 10 right' })).toBeVisible()
})

for (const [link, says] of [
  ['#/quiz/round?n=7&s=%%', 'The link is damaged'],
  ['#/quiz/round', 'The link is damaged'],
  ['#/quiz/round?t=cellar&n=10&s=k3', 'a topic that this quiz does not have'],
  ['#/quiz/round?n=10&s=k3&f=no-such-question', 'a question that this quiz does not have'],
  ['#/quiz/set?s=1&i=ps-which-window', 'is damaged'],
  ['#/quiz/set?s=1&i=no-such-question.1.1.k3', 'does not know'],
] as const)
  test(`the link ${link} says what is wrong and leads to the quiz`, async ({ page }) => {
    await page.goto(link)
    await expect(page.getByText(says)).toBeVisible()
    await page.getByRole('link', { name: 'To the quiz' }).click()
    await expect(page.getByRole('link', { name: /Start 10 questions/ })).toBeVisible()
  })

test('a wrong answer is met with the idea behind it, beside what is so, and the field that decides is lit', async ({
  page,
}) => {
  await open(page, questionLink('ps-which-window'))
  const body = await bodyOf(page)
  if (body.kind !== 'choose') throw new Error('Not the kind of question expected.')
  const at = body.options.findIndex(({ right }) => !right)
  const idea = body.options[at]?.misconception
  if (!idea) throw new Error('A wrong option without an idea.')
  await expect(page.locator('.sights mark')).toHaveCount(0)
  await page.locator('.option').nth(at).click()
  const why = page.getByRole('region', { name: 'Why' })
  const plain = (text: string) => text.replaceAll('`', '')
  await expect(why.getByRole('heading', { name: misconceptions[idea].name })).toBeVisible()
  for (const part of ['wrong', 'right', 'evidence'] as const)
    await expect(why).toContainText(plain(misconceptions[idea][part]))
  await expect(why.locator('.side-by-side')).toContainText(body.options[at]?.text ?? '')
  await expect(why.locator('.side-by-side')).toContainText(body.options.find(({ right }) => right)?.text ?? '')
  expect(await page.locator('.sights mark').count()).toBeGreaterThan(0)
  await expect(page.locator('.option.wrong')).toHaveAccessibleName(/your answer/)
  await expect(page.locator('.option.right')).toHaveAccessibleName(/right/)
  await expect(page.locator('main.question > [role="status"]')).toContainText('Wrong.')
})

test('only the first answer counts: a second click changes nothing, nor does the same question asked again', async ({
  page,
}) => {
  await open(page, questionLink('ps-which-window'))
  const body = await bodyOf(page)
  if (body.kind !== 'choose') throw new Error('Not the kind of question expected.')
  const wrong = body.options.findIndex(({ right }) => !right)
  await page.locator('.option').nth(wrong).click()
  await page
    .locator('.option')
    .nth(body.options.findIndex(({ right }) => right))
    .click({ force: true })
  await expect(verdict(page)).toContainText('Wrong')
  await goOn(page, 'mouse')
  await page.getByRole('button', { name: 'The same round again' }).click()
  await answer(page, 'mouse', true)
  await expect(verdict(page)).toContainText('Right')
  const kept = await page.evaluate(() => localStorage.getItem('port-authority.quiz'))
  expect(JSON.parse(kept ?? '')).toMatchObject({ answers: [{ template: 'ps-which-window', right: false }] })
  expect(JSON.parse(kept ?? '').answers).toHaveLength(1)
})

test('what cannot be read as a number is asked for again, with what was typed still there', async ({ page }) => {
  await open(page, questionLink('wk-port-of-service'))
  await page.keyboard.type('the web one')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('Write digits')
  await expect(page.getByRole('textbox')).toHaveValue('the web one')
  await expect(page.getByRole('textbox')).toBeFocused()
  const body = await bodyOf(page)
  if (body.kind !== 'type') throw new Error('Not the kind of question expected.')
  await page.getByRole('textbox').fill(`tcp/${body.answer}`)
  await page.keyboard.press('Enter')
  await expect(verdict(page)).toContainText('Right')
})

test('things to order are dragged into the list, moved by arrows, and taken back', async ({ page }) => {
  await open(page, questionLink('wk-order-numbers'))
  const tray = page.getByRole('region', { name: 'Not placed' }).getByRole('listitem')
  const list = page.getByRole('region', { name: 'Your order' })
  const count = await tray.count()
  const first = await tray.first().locator('.order-card > span').first().innerText()
  await tray.first().locator('.order-card').hover()
  await page.mouse.down()
  const target = await list.boundingBox()
  if (!target) throw new Error('There is no list.')
  await page.mouse.move(target.x + 80, target.y + 60, { steps: 8 })
  await page.mouse.up()
  const at = (place: number, of: number) =>
    list.getByRole('button', { name: new RegExp(`^${first} ?, place ${place} of ${of}$`) })
  await expect(at(1, 1)).toBeVisible()
  await expect(tray).toHaveCount(count - 1)
  for (let left = count - 1; left > 0; left--) await tray.first().getByRole('button').click()
  await at(1, count).focus()
  await page.keyboard.press('ArrowDown')
  await expect(at(2, count)).toBeFocused()
  await page.keyboard.press('Delete')
  await expect(tray).toHaveCount(1)
  await expect(tray.getByRole('button')).toBeFocused()
})

test('a partner is dragged to its place', async ({ page }) => {
  await open(page, questionLink('wk-match-four'))
  const partner = page.getByRole('region', { name: 'Partners' }).getByRole('button').nth(1)
  const text = await partner.locator('> span').first().innerText()
  const row = page.getByRole('region', { name: 'Find a partner for' }).getByRole('button').nth(2)
  const place = await row.boundingBox()
  if (!place) throw new Error('There is no place.')
  await partner.hover()
  await page.mouse.down()
  await page.mouse.move(place.x + place.width / 2, place.y + place.height / 2, { steps: 8 })
  await page.mouse.up()
  await expect(row).toHaveAccessibleName(new RegExp(`: ${text}$`))
  await page.getByRole('button', { name: 'Hand in' }).click()
  await expect(page.getByRole('status').filter({ hasText: '3 have no partner yet.' })).toBeVisible()
})

test('show me plays the packet on the stage and comes back to where one was', async ({ page }) => {
  await open(page, questionLink('ps-which-window'))
  await answer(page, 'keys', false)
  const show = page.getByRole('button', { name: 'Show me' })
  await show.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'What the host does' })
  await expect(dialog.locator('.stage.ready canvas')).toBeVisible()
  await expect(dialog.getByRole('listitem')).toContainText(/(to the window|to the lamp|refused|dropped)/)
  await dialog.getByRole('button', { name: 'Once more' }).click()
  await expect(dialog.getByRole('button', { name: 'Once more' })).toBeDisabled()
  await expect(dialog.getByRole('button', { name: 'Once more' })).toBeEnabled()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(show).toBeFocused()
})

test('a reload in the middle of a round goes on where one was, and the record outlives it', async ({ page }) => {
  await open(page, '#/quiz/round?n=5&s=k3&d=2')
  await answer(page, 'keys', true)
  await goOn(page, 'keys')
  await answer(page, 'keys', false)
  await expect(verdict(page)).toBeVisible()
  // The way to the sandbox is fetched after the rest.
  const sandbox = page.getByRole('link', { name: 'Open in sandbox' })
  await expect(sandbox).toBeVisible()
  const before = await seen(page)
  await page.reload()
  await expect(verdict(page)).toContainText('Wrong')
  await expect(sandbox).toBeVisible()
  await expect(page.locator('.quiz-place')).toHaveText('Mixed · 2 of 5')
  expect(await seen(page)).toBe(before)
  await page.goto('#/quiz/ideas')
  await expect(page.getByText('2 questions answered, 1 right.')).toBeVisible()
  await page.goto('#/quiz')
  await expect(page.getByRole('link', { name: /Your ideas/ })).toContainText('still open')
})

test('one button builds the next round from what is known', async ({ page }) => {
  await open(page, questionLink('ps-which-window'))
  await answer(page, 'keys', false)
  await page.goto('#/quiz/ideas')
  await expect(page.getByRole('row')).not.toHaveCount(1)
  await page.getByRole('link', { name: 'Build a round from this' }).click()
  await expect(page.locator('.question-paper')).toBeVisible()
  expect(page.url()).toContain('&f=')
})

test('answers travel in the file of progress, and are forgotten with it', async ({ page }) => {
  await open(page, questionLink('ps-which-window'))
  await answer(page, 'keys', false)
  await page.getByRole('button', { name: 'Settings' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save my progress to a file' }).click()
  const file = await (await download).path()
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ quiz: { answers: [{ template: 'ps-which-window' }] } })
  await page.getByRole('button', { name: 'Forget all progress' }).click()
  await page.getByRole('button', { name: /Press once more/ }).click()
  await expect(page.getByRole('button', { name: 'Forgotten' })).toBeVisible()
  expect(await page.evaluate(() => localStorage.getItem('port-authority.quiz'))).toContain('"answers":[]')
  await page.locator('input[type="file"]').setInputFiles(file)
  await expect(page.getByText('1 answer of the quiz taken over')).toBeVisible()
})

test('two tabs keep one record', async ({ context, page }) => {
  await open(page, questionLink('ps-which-window', 'k5'))
  const other = await context.newPage()
  await open(other, new URL(questionLink('ps-which-window', 'k6'), page.url()).href)
  await answer(other, 'keys', false)
  await expect(verdict(other)).toBeVisible()
  await answer(page, 'keys', true)
  await expect
    .poll(() => page.evaluate(() => JSON.parse(localStorage.getItem('port-authority.quiz') ?? '{}').answers?.length))
    .toBe(2)
})

test('without storage the round goes on', async ({ page }) => {
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('denied', 'SecurityError')
        },
      })
  })
  await open(page, '#/quiz/round?n=5&s=k3&d=2')
  await expect(page.getByText(/This browser keeps nothing for us/)).toBeVisible()
  expect(await toTheEnd(page, 'keys', () => true)).toBe(5)
  await expect(page.getByRole('heading', { name: '5 of 5 right' })).toBeVisible()
})

test('a full storage is said once, and the round goes on', async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  await open(page, '#/quiz/round?n=5&s=k3&d=2')
  await answer(page, 'keys', true)
  await expect(page.getByText(/your answers are not being kept/)).toBeVisible()
  await goOn(page, 'keys')
  await expect(page.locator('.quiz-place')).toHaveText('Mixed · 2 of 5')
})

test('with a clock a missed question is no answer, and the time can be tripled', async ({ page }) => {
  await page.clock.install()
  await open(page, '#/quiz/round?n=5&s=k3&d=2&c=60')
  await expect(page.getByRole('timer')).toBeVisible()
  await page.clock.runFor(61_000)
  await expect(verdict(page)).toContainText('No answer in time')
  await expect(page.getByRole('region', { name: 'Why' })).toBeVisible()
  await goOn(page, 'keys')
  await page.getByRole('checkbox', { name: 'Three times as long' }).check()
  await page.clock.runFor(120_000)
  await expect(page.getByRole('timer')).toHaveText(/^[1-6]?\d s$/)
  await answer(page, 'mouse', true)
  await expect(verdict(page)).toContainText('Right')
  await page.goto('#/quiz/ideas')
  await expect(page.getByText('1 question answered, 1 right.')).toBeVisible()
})

test('the check asks twelve questions and ends with what to do first', async ({ page }) => {
  await page.goto('#/quiz/check?s=k3')
  expect(await toTheEnd(page, 'keys', () => false)).toBe(12)
  await expect(page.getByRole('heading', { name: 'Where you stand' })).toBeFocused()
  await expect(page.getByRole('heading', { name: /Held, as it seems|Perhaps/ }).first()).toBeVisible()
  const first = page.locator('.first-list').getByRole('link')
  expect(await first.count()).toBeGreaterThan(0)
  await page.getByRole('link', { name: 'A round of these ideas' }).click()
  await expect(page.locator('.question-paper')).toBeVisible()
})

test('a check in which all is right finds nothing held', async ({ page }) => {
  await page.goto('#/quiz/check?s=k4')
  expect(await toTheEnd(page, 'keys', () => true)).toBe(12)
  await expect(page.getByText('No wrong idea showed itself')).toBeVisible()
})

test('a check without a number gets one, so that a reload asks the same', async ({ page }) => {
  await page.goto('#/quiz/check')
  await expect(page).toHaveURL(/#\/quiz\/check\?s=[0-9a-z]+$/)
  await expect(page.locator('.question-paper')).toBeVisible()
})

test('before and after a course the same kinds of questions are asked, and the gain has its interval', async ({
  page,
}) => {
  await page.goto('#/quiz/pair/before?s=k3')
  const before = await toTheEnd(page, 'keys', (at) => at < 3)
  await expect(page.getByRole('heading', { name: 'The first part is done.' })).toBeFocused()
  await page.getByRole('link', { name: '#/quiz/pair/after?s=k3' }).click()
  expect(await toTheEnd(page, 'keys', () => true)).toBe(before)
  await expect(page.getByRole('heading', { name: 'What the course has brought' })).toBeVisible()
  await expect(page.getByText(/between \+\d+ and \+\d+ points/)).toBeVisible()
})

test('another language asks the same question, and what was chosen stays', async ({ page }) => {
  await open(page, questionLink('ps-lamps-or-windows'))
  await page.keyboard.press('1')
  const body = await bodyOf(page)
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('radio', { name: 'Español' }).check()
  await page.keyboard.press('Escape')
  await expect(page.locator('html')).toHaveAttribute('lang', 'es')
  await expect(page.getByRole('checkbox').first()).toBeChecked()
  const there = await bodyOf(page)
  const meanings = (one: typeof body) => ('options' in one ? one.options.map(({ means }) => means) : [])
  expect(meanings(there)).toEqual(meanings(body))
  await page.getByRole('button', { name: /^Entregar/ }).click()
  await expect(page.getByRole('button', { name: /^Ver el resultado/ })).toBeVisible()
})

test('single keys can be switched off', async ({ page }) => {
  await open(page, questionLink('ps-which-window'))
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('checkbox', { name: /Single keys act/ }).uncheck()
  await page.keyboard.press('Escape')
  await page.keyboard.press('1')
  await expect(verdict(page)).toHaveCount(0)
  await page.locator('.option').first().focus()
  await page.keyboard.press('Enter')
  await expect(verdict(page)).toBeVisible()
})
