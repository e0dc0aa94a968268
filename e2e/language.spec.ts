import type { Page } from '@playwright/test'
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

for (const viewport of [
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
]) {
  const name = `at ${viewport.width} by ${viewport.height}`

  /** Nothing is wider than the page, and no button stands beyond its edges. */
  const fits = async (page: Page) => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    for (const button of await page.locator('button:visible:not(.over), h1:visible, .papers').all()) {
      const box = await button.boundingBox()
      expect(box?.x ?? 0).toBeGreaterThanOrEqual(-1)
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(viewport.width + 1)
    }
  }

  /** Plays level 1.1 to its end with three mistakes, so that the result has something to show. */
  const playBadly = async (page: Page) => {
    for (let turn = 1; turn <= 10; turn++) {
      if (turn > 4 && turn < 8) {
        await page.keyboard.press((await paper(page, 'destinationPort')) === '8080' ? '1' : 'r')
        await expect(page.locator('.feedback.wrong')).toBeVisible()
      }
      // With the last one the result takes the place of what counts them.
      if (turn < 10) await settleByKey(page, turn)
      else await decideByKey(page)
    }
  }

  test.describe(`Spanish ${name}`, () => {
    test.use({ viewport, locale: 'es-ES' })

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
      await page.goto('#/shift/1.1?seed=abc')
      await page.getByRole('button', { name: 'Empezar el turno' }).click()
      await expect(page.locator('.stage.ready')).toBeVisible()
      await fits(page)
      await playBadly(page)
      await expect(page.getByRole('heading', { name: 'Primeras puertas: la noche ha terminado' })).toBeVisible()
      await fits(page)
    })

    for (const id of ['2.3', '2.4', '3.3', '3.4'])
      test(`shows all of the desk of level ${id}`, async ({ page }) => {
        await page.goto(`#/shift/${id}?seed=abc`)
        await page.getByRole('button', { name: 'Empezar el turno' }).click()
        await expect(page.locator('.stage.ready')).toBeVisible()
        await fits(page)
        for (const button of await page.locator('.rack button').all()) {
          const box = await button.boundingBox()
          expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height + 1)
          const cut = await button.evaluate((one) => one.scrollWidth - one.clientWidth)
          expect(cut, await button.innerText()).toBeLessThanOrEqual(1)
        }
      })
  })

  test.describe(`written from right to left ${name}`, () => {
    test.use({ viewport, locale: 'es-ES' })

    const mirror = (page: Page) => page.evaluate(() => (document.documentElement.dir = 'rtl'))
    const leftOf = async (page: Page, selector: string) => (await page.locator(selector).first().boundingBox())?.x ?? 0

    test('no page is too wide, words begin at the right, and packets read from the left', async ({ page }) => {
      await page.goto('')
      await expect(page.getByRole('button', { name: 'Empezar el turno' })).toBeVisible()
      await mirror(page)
      await fits(page)
      expect(await leftOf(page, '.gear')).toBeLessThan(await leftOf(page, '.brand'))

      await page.goto('#/shift/1.1?seed=abc')
      await page.getByRole('button', { name: 'Empezar el turno' }).click()
      await expect(page.locator('.stage.ready')).toBeVisible()
      await fits(page)
      expect(await leftOf(page, '.topbar .pause')).toBeLessThan(await leftOf(page, '.topbar h1'))
      const fields = ['.protocol', '.source', '.sourcePort']
      const places = await Promise.all(fields.map((field) => leftOf(page, `.form ${field}`)))
      expect(places).toEqual(places.toSorted((a, b) => a - b))
      expect(await leftOf(page, '.form .destination')).toBeLessThan(await leftOf(page, '.form .destinationPort'))
      for (const printed of await page.locator('.papers, .papers .mono').all())
        await expect(printed).toHaveCSS('direction', 'ltr')
      await playBadly(page)

      await expect(page.getByRole('heading', { name: 'Primeras puertas: la noche ha terminado' })).toBeVisible()
      await fits(page)
      for (const line of await page.locator('.missed-paper .tuple').all()) {
        await expect(line).toHaveCSS('direction', 'ltr')
        const ends = await line
          .locator('span')
          .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect()))
        const firstRow = ends.filter(({ top }) => Math.abs(top - (ends[0]?.top ?? 0)) < 8).map(({ left }) => left)
        expect(firstRow).toEqual(firstRow.toSorted((a, b) => a - b))
      }
    })
  })
}
