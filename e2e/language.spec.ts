import type { Page } from '@playwright/test'
import { LAPTOP, PHONE, at } from './in-order'
import { press, settled } from './play'
import { expect, test } from './support'

const language = (page: Page) => page.evaluate(() => [document.documentElement.lang, document.title])

/** The papers in Spanish: what a reader finds in the field of this name. */
const paper = (page: Page, field: string) =>
  page.getByRole('region', { name: 'El paquete del mostrador' }).locator(`.${field} dd`).first().innerText()

/** Delivers or refuses the packet at the desk with one key, as its papers say. */
async function decideByKey(page: Page): Promise<void> {
  const [protocol, port] = [await paper(page, 'protocol'), await paper(page, 'destinationPort')]
  const door = page
    .getByRole('group', { name: 'Puertas' })
    .getByRole('button', { name: new RegExp(`^Puerta ${port}, ${protocol}.*tecla`) })
  const key = (await door.count()) > 0 ? await door.getAttribute('aria-keyshortcuts') : 'r'
  await page.keyboard.press(key ?? '')
}

/** Does so and waits until it is settled. */
async function settleByKey(page: Page, turn: number): Promise<void> {
  await decideByKey(page)
  await expect.poll(() => settled(page)).toBe(turn)
}

/** Chooses a language in the open settings with the arrows. The dialog is called otherwise as soon as one is passed. */
async function choose(page: Page, name: string): Promise<void> {
  const wanted = page.getByRole('radio', { name, exact: true })
  await page.locator('input[name="language"]:checked').focus()
  for (let step = 0; step < 2 && !(await wanted.isChecked()); step++) await page.keyboard.press('ArrowDown')
  await expect(wanted).toBeChecked()
}

test('Spanish is chosen with the keyboard, played and kept; a running shift goes on in another language', async ({
  page,
}) => {
  await page.goto('')
  await expect(page.getByRole('heading', { name: 'Night shift. One server, one address.' })).toBeVisible()
  expect(await language(page)).toEqual(['en', 'Port Authority'])
  await press(page.getByRole('button', { name: 'Settings' }))
  await choose(page, 'Español')
  await expect(page.getByRole('dialog', { name: 'Ajustes' })).toBeVisible()
  await expect(page.getByRole('radio', { name: 'Español' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { name: 'Turno de noche. Un servidor, una dirección.' })).toBeVisible()

  await press(page.getByRole('button', { name: 'Empezar el turno' }))
  await expect(page.locator('.feedback')).toContainText('Quiere 443. Llévalo allí.')
  expect(await language(page)).toEqual(['es', '1.1 Primeras puertas · Port Authority'])
  for (let turn = 1; turn <= 4; turn++) await settleByKey(page, turn)
  await expect(page.locator('.feedback')).toContainText(/Puerto de destino \d+ \(\w+\): su farol está encendido\./)

  await page.keyboard.press('Escape')
  await press(page.getByRole('dialog', { name: 'En pausa' }).getByRole('button', { name: 'Ajustes' }))
  await choose(page, 'English')
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Go on' }).press('Enter')
  await expect(page.locator('.feedback')).toContainText(/Destination port \d+ \(\w+\): its lamp is lit\./)
  expect(await settled(page)).toBe(4)
  expect(await language(page)).toEqual(['en', '1.1 First doors · Port Authority'])

  await page.keyboard.press('Escape')
  await press(page.getByRole('dialog', { name: 'Paused' }).getByRole('button', { name: 'Settings' }))
  await choose(page, 'Español')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await settleByKey(page, 5)

  await page.reload()
  await expect(page.getByRole('heading', { name: 'Primeras puertas' })).toBeVisible()
  expect(await language(page)).toEqual(['es', '1.1 Primeras puertas · Port Authority'])
})

test('who plays in English fetches no Spanish', async ({ page }) => {
  const asked: string[] = []
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) void response.text().then((text) => asked.push(text))
  })
  await page.goto('#/shift/1.1?seed=abc')
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(page.locator('.stage.ready')).toBeVisible()
  expect(asked.length).toBeGreaterThan(2)
  expect(asked.filter((text) => text.includes('El paquete del mostrador'))).toEqual([])
})

test.describe('a browser that speaks Spanish', () => {
  test.use({ locale: 'es-ES' })

  test('opens in Spanish, a shift with its reasons too', async ({ page }) => {
    await page.goto('')
    await expect(page.getByRole('heading', { name: 'Turno de noche. Un servidor, una dirección.' })).toBeVisible()
    expect(await language(page)).toEqual(['es', 'Port Authority'])
    await page.goto('#/shift/1.4?seed=abc')
    await page.getByRole('button', { name: 'Empezar el turno' }).click()
    await expect(page.locator('.stage.ready')).toBeVisible()
    await page.keyboard.press('x')
    await expect(page.locator('.feedback.wrong')).toContainText(/puerto de destino/i)
  })
})

test.describe('a browser that speaks neither', () => {
  test.use({ locale: 'fr-FR' })

  test('opens in English', async ({ page }) => {
    await page.goto('')
    await expect(page.getByRole('heading', { name: 'Night shift. One server, one address.' })).toBeVisible()
  })
})

test.describe('Spanish that does not arrive', () => {
  test.use({ locale: 'es-ES', expected: /ERR_FAILED|Failed to load/ })

  test('leaves a game in English that says so and can be played', async ({ page }) => {
    await page.route(/\/assets\/es-[^/]*\.js$/, (route) => route.abort())
    await page.goto('')
    await expect(page.getByText('Español could not be fetched.')).toBeVisible()
    expect(await language(page)).toEqual(['en', 'Port Authority'])
    await page.getByRole('button', { name: 'Start the shift' }).click()
    await expect(page.locator('.feedback')).toContainText('It wants 443. Take it there.')
  })
})

/** On a laptop and on a phone nothing is wider than the page, and no button stands beyond its edges. */
const fits = (page: Page) =>
  at(page, [LAPTOP, PHONE], async ({ width }) => {
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
      .toBeLessThanOrEqual(0)
    const places = await page
      .locator('button:visible:not(.over), h1:visible, .papers')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ left, right }) => ({ left, right })))
    for (const { left, right } of places) {
      expect(left).toBeGreaterThanOrEqual(-1)
      expect(right).toBeLessThanOrEqual(width + 1)
    }
  })

/** Plays level 1.1 to its end with three mistakes, so that the result has something to show. */
const playBadly = (page: Page) =>
  page.evaluate(() => {
    for (let turn = 0; turn < 13; turn++) {
      const { store, truth } = window.portAuthority ?? {}
      const right = truth?.()
      const wrong = right?.kind === 'rst' ? ({ kind: 'drop' } as const) : ({ kind: 'rst' } as const)
      if (right) store?.getState().decide(turn > 3 && turn < 10 && turn % 2 === 0 ? wrong : right)
    }
  })

/** Opens level 1.1 in Spanish. */
async function begin(page: Page): Promise<void> {
  await page.goto('#/shift/1.1?seed=abc')
  await page.getByRole('button', { name: 'Empezar el turno' }).click()
  await expect(page.locator('.stage.ready')).toBeVisible()
}

test.describe('Spanish on a laptop and on a phone', () => {
  test.use({ locale: 'es-ES' })

  test('fits the page with letters of twice the size, from Home to the result', async ({ page }) => {
    await page.goto('')
    await page.evaluate(() =>
      localStorage.setItem(
        'port-authority.settings',
        '{"version":1,"sound":false,"volume":0,"motion":"reduced","textSize":200,"keys":true}',
      ),
    )
    await page.reload()
    await expect(page.getByRole('button', { name: 'Empezar el turno' })).toBeVisible()
    await fits(page)
    await page.getByRole('button', { name: 'Ajustes' }).click()
    await fits(page)
    await page.keyboard.press('Escape')
    await begin(page)
    await fits(page)
    await playBadly(page)
    await expect(page.getByRole('heading', { name: 'Primeras puertas: la noche ha terminado' })).toBeVisible()
    await expect(page.locator('.missed-paper').first()).toBeVisible()
    await fits(page)
  })

  test('shows all of the desk of every way of acting', async ({ page }) => {
    for (const id of ['2.3', '2.4', '3.3', '3.4']) {
      await page.goto(`#/shift/${id}?seed=abc`)
      await page.getByRole('button', { name: 'Empezar el turno' }).click()
      await expect(page.locator('.stage.ready')).toBeVisible()
      await fits(page)
      await at(page, [LAPTOP, PHONE], async ({ height }) => {
        for (const button of await page.locator('.rack button').all()) {
          const box = await button.boundingBox()
          expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height + 1)
          const cut = await button.evaluate((one) => one.scrollWidth - one.clientWidth)
          expect(cut, `${id}: ${await button.innerText()}`).toBeLessThanOrEqual(1)
        }
      })
    }
  })

  test('written from right to left no page is too wide, words begin at the right, and packets read from the left', async ({
    page,
  }) => {
    const leftOf = async (selector: string) => (await page.locator(selector).first().boundingBox())?.x ?? 0
    await page.goto('')
    await expect(page.getByRole('button', { name: 'Empezar el turno' })).toBeVisible()
    await page.evaluate(() => (document.documentElement.dir = 'rtl'))
    await fits(page)
    await begin(page)
    await fits(page)
    await at(page, [LAPTOP, PHONE], async () => {
      expect(await leftOf('.topbar .pause')).toBeLessThan(await leftOf('.topbar h1'))
      const places = await Promise.all(['.protocol', '.source', '.sourcePort'].map((field) => leftOf(`.form ${field}`)))
      expect(places).toEqual(places.toSorted((a, b) => a - b))
      expect(await leftOf('.form .destination')).toBeLessThan(await leftOf('.form .destinationPort'))
    })
    for (const printed of await page.locator('.papers, .papers .mono').all())
      await expect(printed).toHaveCSS('direction', 'ltr')
    await playBadly(page)

    await expect(page.getByRole('heading', { name: 'Primeras puertas: la noche ha terminado' })).toBeVisible()
    await fits(page)
    expect(await page.locator('.missed-paper .tuple').count()).toBeGreaterThan(0)
    for (const line of await page.locator('.missed-paper .tuple').all()) {
      await expect(line).toHaveCSS('direction', 'ltr')
      const ends = await line.locator('span').evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect()))
      const firstRow = ends.filter(({ top }) => Math.abs(top - (ends[0]?.top ?? 0)) < 8).map(({ left }) => left)
      expect(firstRow).toEqual(firstRow.toSorted((a, b) => a - b))
    }
    await page.goto('#/')
    await expect(page.locator('.home-bar .gear')).toBeVisible()
    expect(await leftOf('.gear')).toBeLessThan(await leftOf('.brand'))
  })
})
