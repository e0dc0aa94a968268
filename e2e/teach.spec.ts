import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { fits, noFault } from './faults'
import { expect, test } from './support'

const newSet = async (page: Page, title: string) => {
  await page.goto('#/quiz/sets')
  await page.getByRole('button', { name: 'New set' }).click()
  await page.getByRole('textbox', { name: 'Title' }).fill(title)
}

/** Adds the first template that a search finds. */
const addTemplate = async (page: Page, ...searches: readonly string[]) => {
  await page.getByRole('button', { name: 'Add from templates' }).click()
  for (const search of searches) {
    await page.getByLabel('Search').fill(search)
    await page.locator('.picker-list button').first().click()
    await page.getByRole('button', { name: 'Add to the set' }).click()
  }
  await page.getByRole('button', { name: 'Done' }).click()
}

const items = (page: Page) => page.locator('.item')

/** A set with two templates and an own question. */
const lesson = async (page: Page) => {
  await newSet(page, 'Lesson 1')
  await addTemplate(page, 'ps-which-window', 'nft')
  await page.getByRole('button', { name: 'Write a question' }).click()
  await page.getByLabel('Question', { exact: true }).fill('Which port has **SSH**?')
  await page.getByLabel('Answer 1', { exact: true }).fill('22')
  await page.getByLabel('Answer 2', { exact: true }).fill('23')
  await page.getByLabel('Feedback to answer 2').fill('That is Telnet.')
}

const download = async (page: Page, press: () => Promise<void>) => {
  const saving = page.waitForEvent('download')
  await press()
  const saved = await saving
  return { name: saved.suggestedFilename(), path: await saved.path() }
}

test('a set made with the mouse is still there after a reload, and comes into another browser by a file', async ({
  page,
  browser,
}) => {
  await lesson(page)
  await page.getByRole('button', { name: 'Edit question 1' }).click()
  await page.getByLabel('door').selectOption('443')
  await expect(page.locator('.item-example')).toContainText(':443')
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Lesson 1')
  await expect(items(page)).toHaveCount(3)
  await expect(items(page).nth(2)).toContainText('Which port has SSH?')
  await page.getByRole('button', { name: 'Edit question 1' }).click()
  await expect(page.getByLabel('door')).toHaveValue('443')
  const stems = await page.locator('.item-stem').allInnerTexts()

  const { name, path } = await download(page, () => page.getByRole('button', { name: 'Save to a file' }).click())
  expect(name).toBe('lesson-1-set.json')
  const fresh = await browser.newContext()
  const there = await fresh.newPage()
  await there.goto('#/quiz/sets')
  await there
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'application/json', buffer: readFileSync(path) })
  await there.getByRole('link', { name: 'Edit Lesson 1' }).click()
  await expect(there.locator('.item-stem')).toHaveText(stems)
  await there.getByRole('button', { name: 'Edit question 1' }).click()
  await expect(there.getByLabel('door')).toHaveValue('443')
  await fresh.close()
})

test('a set is made, ordered and thinned out with the keyboard alone', async ({ page }) => {
  await page.goto('#/quiz/sets')
  const press = async (name: string) => {
    await page.getByRole('button', { name, exact: true }).focus()
    await page.keyboard.press('Enter')
  }
  await press('New set')
  await page.getByRole('textbox', { name: 'Title' }).focus()
  await page.keyboard.type('By hand')
  await press('Add from templates')
  await page.getByLabel('Search').focus()
  await page.keyboard.type('ps-which-window')
  await expect(page.locator('.picker-list button')).toHaveCount(1)
  await page.locator('.picker-list button').focus()
  await page.keyboard.press('Enter')
  await press('Add to the set')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Add from templates' })).toBeFocused()
  await press('Write a question')
  await expect(page.getByLabel('Question', { exact: true })).toBeFocused()
  await page.keyboard.type('Typed?')
  await expect(items(page).nth(1)).toContainText('Typed?')
  await press('Move question 2 up')
  await expect(items(page).nth(0)).toContainText('Typed?')
  await expect(page.getByRole('button', { name: 'Move question 1 down' })).toBeFocused()
  await press('Duplicate question 1')
  await expect(items(page)).toHaveCount(3)
  await press('Remove question 2')
  await expect(items(page)).toHaveCount(2)
  await expect(page.getByRole('button', { name: 'Bring it back' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(items(page)).toHaveCount(3)
  await expect(items(page).nth(1)).toContainText('Typed?')
})

test('an unfinished question is kept as it is, says what it lacks, and is not exported', async ({ page }) => {
  await newSet(page, 'Half')
  await page.getByRole('button', { name: 'Write a question' }).click()
  await page.getByLabel('Question', { exact: true }).fill('Which')
  await expect(page.locator('.own-faults')).toContainText('An answer is empty.')
  await page.reload()
  await expect(items(page).nth(0)).toContainText('gives no question')
  await page.getByRole('button', { name: 'Export' }).click()
  await expect(page.getByRole('dialog')).toContainText('There is no finished question in this set.')
})

test('an export keeps what fits, names what does not with its figures, and leaves it out only when told to', async ({
  page,
}) => {
  await lesson(page)
  await page.getByRole('button', { name: 'Export' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('All 3 questions fit.')
  await expect(dialog).toContainText('import not performed')
  const moodle = await download(page, () => dialog.getByRole('button', { name: 'Download' }).click())
  expect(moodle.name).toBe('lesson-1-moodle.xml')
  expect(readFileSync(moodle.path, 'utf8')).toContain('That is Telnet.')
  await dialog.getByLabel('Kahoot spreadsheet').check()
  await expect(dialog).toContainText('1 of 3 questions fit.')
  await expect(dialog.getByRole('region', { name: 'Does not fit' })).toContainText(
    'Question 1: What a tool prints needs lines of its own, and Kahoot has none.',
  )
  await expect(dialog.getByRole('button', { name: 'Download' })).toBeDisabled()
  await dialog.getByLabel('Leave these out and export the rest').check()
  const kahoot = await download(page, () => dialog.getByRole('button', { name: 'Download' }).click())
  expect(kahoot.name).toBe('lesson-1-kahoot.xlsx')
  expect(readFileSync(kahoot.path).subarray(0, 2).toString()).toBe('PK')

  await page.goto('#/quiz/sets')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'kahoot.xlsx', mimeType: '', buffer: readFileSync(kahoot.path) })
  await expect(page.getByRole('dialog')).toContainText('1 question taken.')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Edit kahoot' }).click()
  await expect(items(page)).toHaveCount(1)
  await expect(items(page).nth(0)).toContainText('Which port has SSH?')
})

test('every target writes a file of its own', async ({ page }) => {
  await newSet(page, 'Everywhere')
  await page.getByRole('button', { name: 'Write a question' }).click()
  await page.getByLabel('Question', { exact: true }).fill('Which port has HTTPS?')
  await page.getByLabel('Answer 1', { exact: true }).fill('443')
  await page.getByLabel('Answer 2', { exact: true }).fill('80')
  await page.getByRole('button', { name: 'Export' }).click()
  const dialog = page.getByRole('dialog')
  const names: string[] = []
  for (const target of await dialog.locator('.targets input').all()) {
    await target.check()
    names.push((await download(page, () => dialog.getByRole('button', { name: 'Download' }).click())).name)
  }
  expect(names).toEqual([
    'everywhere-moodle.xml',
    'everywhere-gift.txt',
    'everywhere-qti.zip',
    'everywhere-blackboard.txt',
    'everywhere-kahoot.xlsx',
    'everywhere-wayground.csv',
    'everywhere-blooket.csv',
    'everywhere-gimkit.csv',
    'everywhere-zipgrade-key.csv',
  ])
})

test('a file with mistakes gives what is valid, and for each mistake the line and the reason', async ({ page }) => {
  await newSet(page, 'From files')
  const bring = (name: string, text: string) =>
    page.locator('main input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
  await bring('questions.txt', 'Which port has SSH? {=22 ~23}\n\nThis one is {=broken\n\nWrite an essay. {}\n')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('1 question taken. 2 questions were not taken.')
  await expect(dialog.locator('.remarks li')).toHaveText([
    'Line 3, This one is {=broken: it cannot be read as GIFT from here on.',
    'Line 5, Write an essay. {}: own questions have no such kind.',
  ])
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(items(page)).toHaveCount(1)
  await bring('sheet.csv', 'Question,Correct Answer,Incorrect Answer 1\nWhich?,a,b\nNo answer?,,\n')
  await expect(dialog.locator('.remarks li')).toHaveText(['Line 3, No answer?: it has too few answers.'])
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(items(page)).toHaveCount(2)
  await bring('picture.png', 'PNG')
  await expect(page.locator('.teach-said')).toContainText('picture.png is none of these')
  await expect(items(page)).toHaveCount(2)
})

test('a link to a set gives the same questions in two browsers, and none is made of own questions', async ({
  page,
  browser,
}) => {
  await newSet(page, 'By link')
  await addTemplate(page, 'ps-which-window', 'ps-which-window')
  await page.getByRole('button', { name: 'Link', exact: true }).click()
  const link = await page.getByRole('dialog').getByLabel('Link').inputValue()
  await page.keyboard.press('Escape')
  const seen = async () => {
    const context = await browser.newContext()
    const there = await context.newPage()
    await there.goto(link)
    await expect(there.locator('.question-paper h1')).toBeVisible()
    const text = await there.locator('.question').innerText()
    await context.close()
    return text
  }
  const [first, second] = [await seen(), await seen()]
  expect(first).toContain('Where does it go?')
  expect(second).toBe(first)
  await page.getByRole('button', { name: 'Write a question' }).click()
  await page.getByRole('button', { name: 'Link', exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText('A link cannot carry own questions.')
})

test('the worksheet is black on white, nothing leaves its page, and its seed makes it again', async ({ page }) => {
  await lesson(page)
  await page.getByRole('link', { name: 'Print', exact: true }).click()
  await page.getByLabel('A and B').check()
  const texts = () => page.locator('.worksheet').allInnerTexts()
  const before = await texts()
  expect(before).toHaveLength(2)
  expect(before[0]).not.toBe(before[1])
  const seed = await page.getByLabel('Seed').inputValue()
  expect(before.join()).toContain(`seed ${seed}`)
  await page.getByRole('button', { name: 'Draw new numbers' }).click()
  await expect.poll(texts).not.toEqual(before)
  await page.getByLabel('Seed').fill(seed)
  await expect.poll(texts).toEqual(before)
  await expect(page.locator('.answer-sheet')).toHaveCount(2)

  for (const [paper, width] of [
    ['A4', 210 - 30],
    ['Letter', 215.9 - 30],
  ] as const) {
    await page.getByLabel(paper, { exact: true }).check()
    // What the printer gets: the width of a page between its margins, at 96 pixels an inch.
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: Math.floor((width / 25.4) * 96), height: 1000 })
    await expect(page.locator('.print-desk')).toBeHidden()
    await fits(page)
    const wide = await page
      .locator('.sheet')
      .evaluateAll((sheets) =>
        sheets
          .flatMap((sheet) =>
            [...sheet.querySelectorAll('*')].filter(
              (part) => part.getBoundingClientRect().right > sheet.getBoundingClientRect().right + 1,
            ),
          )
          .map((part) => part.outerHTML.slice(0, 80)),
      )
    expect(wide).toEqual([])
    const breaks = await page
      .locator('.sheet-question')
      .evaluateAll((all) => all.map((one) => getComputedStyle(one).breakInside))
    expect(new Set(breaks)).toEqual(new Set(['avoid']))
    const picture = await page.screenshot({ fullPage: true })
    const shades = await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes]))
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
      const pen = canvas.getContext('2d')
      pen?.drawImage(bitmap, 0, 0)
      const { data } = pen?.getImageData(0, 0, bitmap.width, bitmap.height) ?? { data: new Uint8ClampedArray() }
      let [white, ink, colour] = [0, 0, 0]
      for (let at = 0; at < data.length; at += 4) {
        const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3)
        if (Math.max(red, green, blue) - Math.min(red, green, blue) > 24) colour += 1
        else if (red > 240) white += 1
        else if (red < 100) ink += 1
      }
      const all = data.length / 4
      return { white: white / all, ink: ink / all, colour: colour / all }
    }, picture.toString('base64'))
    expect(shades.white).toBeGreaterThan(0.8)
    expect(shades.ink).toBeGreaterThan(0.005)
    expect(shades.colour).toBeLessThan(0.001)
    await page.emulateMedia({ media: null })
    await page.setViewportSize({ width: 1280, height: 720 })
  }
  const pdf = await page.pdf({ preferCSSPageSize: true })
  expect(pdf.subarray(0, 4).toString()).toBe('%PDF')
})

test.describe('pictures in own questions', () => {
  test('are fetched only after they were allowed for the set, and never shown as HTML', async ({ page }) => {
    const asked: string[] = []
    await page.route('https://pictures.example/**', async (route) => {
      asked.push(route.request().url())
      await route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' })
    })
    await newSet(page, 'Pictures')
    await page.getByRole('button', { name: 'Write a question' }).click()
    await page
      .getByLabel('Question', { exact: true })
      .fill('![a door](https://pictures.example/door.svg) <img src=x onerror=alert(1)> <b>Which?</b>')
    const stem = page.locator('.task-stem')
    await expect(stem).toContainText('a door <img src=x onerror=alert(1)> <b>Which?</b>')
    await expect(stem.locator('img')).toHaveCount(0)
    expect(asked).toEqual([])
    await page.getByLabel('Show pictures in own questions').check()
    await expect(stem.locator('img')).toHaveAttribute('src', 'https://pictures.example/door.svg')
    await expect.poll(() => asked.length).toBeGreaterThan(0)
  })
})

test('what is typed in one tab is in the other, and a full storage says so', async ({ page, context }) => {
  await newSet(page, 'Two tabs')
  const other = await context.newPage()
  await other.goto(page.url())
  await page.getByRole('textbox', { name: 'Title' }).fill('Two tabs, one set')
  await expect(other.getByRole('textbox', { name: 'Title' })).toHaveValue('Two tabs, one set')
  await other.close()
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('no room', 'QuotaExceededError')
    }
  })
  await page.getByRole('textbox', { name: 'Title' }).fill('No room')
  await expect(page.getByRole('status').filter({ hasText: 'storage is full' })).toBeVisible()
})

test('the screens and the questions speak Spanish, each by its own choice', async ({ page }) => {
  await newSet(page, 'Puertos')
  await addTemplate(page, 'ps-which-window')
  await page.getByLabel('Language of the questions').selectOption('es')
  await page.getByRole('link', { name: 'Print', exact: true }).click()
  await expect(page.locator('.worksheet')).toContainText('Variante A')
  await expect(page.locator('.worksheet')).toContainText('Nombre')
  await expect(page.getByRole('button', { name: 'Draw new numbers' })).toBeVisible()
})

for (const viewport of [
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
])
  test.describe(`at ${viewport.width} by ${viewport.height}`, () => {
    test.use({ viewport })

    test('no screen or dialog for teachers has an accessibility fault or scrolls sideways', async ({ page }) => {
      const good = async () => {
        await noFault(page)
        await fits(page)
      }
      await page.goto('#/quiz/sets')
      await expect(page.getByText('No set yet.')).toBeVisible()
      await good()
      await lesson(page)
      await good()
      await page.getByRole('button', { name: 'Edit question 1' }).click()
      await good()
      await page.getByRole('button', { name: 'Add from templates' }).click()
      await page.locator('.picker-list button').first().click()
      await good()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Export' }).click()
      await page.getByLabel('Kahoot spreadsheet').check()
      await good()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Link', exact: true }).click()
      await good()
      await page.keyboard.press('Escape')
      await page.getByRole('link', { name: 'Print', exact: true }).click()
      await expect(page.locator('.worksheet')).toBeVisible()
      await good()
      await page.goto('#/quiz/sets')
      await expect(page.locator('.set-card')).toBeVisible()
      await good()
    })
  })
