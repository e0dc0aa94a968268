import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { unzipSync } from 'fflate'
import initSqlJs from 'sql.js'
import { factsInDeck } from '../src/practice/fact'
import { halfLifeLearner, practise } from '../src/practice/learner.test-support'
import { readPracticeFile } from '../src/practice/exchange/file'
import {
  answerCard,
  finishSession,
  mainCards,
  openPractice,
  practised,
  readCard,
  takeFile,
  verdict,
} from './practice-play'
import { expect, test } from './support'

const MORNING = new Date('2026-06-01T08:00:00')
const DAY = 24 * 60 * 60 * 1000

test('the first session begins with one key, and is done by keyboard alone: three ports that stay', async ({
  page,
}) => {
  await openPractice(page)
  await expect(page.getByRole('heading', { name: 'Three ports in two minutes' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText('You have not met this one.')).toBeVisible()
  const asked = await finishSession(page)
  expect(new Set(asked.map(({ fact }) => fact.port)).size).toBe(3)
  // Each is met on a door or a line, and then recalled by its number.
  expect(asked.filter(({ direction }) => direction === 'number').length).toBeGreaterThanOrEqual(3)
  await expect(page.getByRole('heading', { name: '3 ports learned.' })).toBeFocused()
  await expect(page.locator('.coming-back li')).toHaveCount(3)
  await page.getByRole('link', { name: 'To practice' }).click()
  await expect(page.getByText('1 day in a row')).toBeVisible()
  await page.reload()
  await expect(page.getByText('1 day in a row')).toBeVisible()
  await page.goto('#/practice/map')
  await expect(page.getByRole('heading', { name: '3 ports of 65,536 lit' })).toBeVisible()
})

test('the next day what was learned is due, with new ports between', async ({ page }) => {
  await page.clock.install({ time: MORNING })
  await openPractice(page)
  await page.keyboard.press('Enter')
  await expect(page.locator('.recall')).toBeVisible()
  // What failed at first comes back sooner than what never did.
  const failed = await answerCard(page, false)
  await page.keyboard.press('Enter')
  await expect(verdict(page)).toHaveCount(0)
  await finishSession(page)
  await page.clock.setSystemTime(MORNING.getTime() + DAY)
  await page.goto('#/practice')
  await page.reload()
  const start = page.getByRole('link', { name: /Start today’s session/ })
  await expect(start).toContainText(/\d due, \d+ new/)
  await page.keyboard.press('Enter')
  const asked = await finishSession(page)
  expect(asked.some(({ fact }) => fact.id === failed.fact.id)).toBe(true)
  expect(new Set(asked.map(({ fact }) => fact.id)).size).toBeGreaterThan(3)
  await page.getByRole('link', { name: 'To practice' }).click()
  await expect(page.getByText('2 days in a row')).toBeVisible()
})

test('a wrong number says what it is, helps, and comes again; a slip is taken back by key', async ({ page }) => {
  await takeFile(page, practised(mainCards(factsInDeck('card-five').slice(0, 2)), 3, Date.now() - 20 * DAY))
  await page.goto('#/practice/session')
  const number = page.locator('.recall input[inputmode=numeric]')
  for (let turn = 0; turn < 20 && (await number.count()) === 0; turn++) {
    await answerCard(page)
    await page.keyboard.press('Enter')
    await expect(verdict(page)).toHaveCount(0)
  }
  const { fact } = await readCard(page)
  await page.keyboard.type(':445')
  await page.keyboard.press('Enter')
  await expect(verdict(page)).toHaveText(/Wrong/)
  await expect(page.locator('.nearly')).toHaveText(/^445 is SMB/)
  await expect(page.getByText('Memory aid')).toBeVisible()
  await expect(page.getByRole('button', { name: /^1?\s*Again/ })).toHaveAttribute('aria-pressed', 'true')

  await page.keyboard.press('u')
  await expect(page.getByText('Taken back. The card is asked once more.')).toBeVisible()
  expect((await readCard(page)).fact.id).toBe(fact.id)
  await page.keyboard.type(`${fact.port}/${fact.protocol}`)
  await page.keyboard.press('Enter')
  await expect(verdict(page)).toHaveText(/Right/)
  // The grade can be changed with its own key.
  await page.keyboard.press('2')
  await expect(page.getByRole('button', { name: /Hard/ })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Enter')
  await expect(verdict(page)).toHaveCount(0)
  // On the next card Ctrl+Z takes the last answer back.
  await page.keyboard.press('Control+z')
  await expect(page.getByText('Taken back. The card is asked once more.')).toBeVisible()
  expect((await readCard(page)).fact.id).toBe(fact.id)
  await page.keyboard.press('?')
  await expect(verdict(page)).toHaveText(/Shown/)
  await page.getByRole('button', { name: 'Write your own' }).click()
  await expect(page.getByLabel('Your own memory aid')).toBeFocused()
  await page.keyboard.type('my own line')
  await page.keyboard.press('Enter')
  await expect(page.getByText('my own line')).toBeVisible()
})

test('what cannot be read costs nothing', async ({ page }) => {
  await takeFile(page, practised(['443/tcp>number'], 3, Date.now() - 20 * DAY))
  await page.goto('#/practice/session')
  await expect(page.locator('.recall')).toBeVisible()
  for (let turn = 0; turn < 20 && (await page.locator('.recall input[inputmode=numeric]').count()) === 0; turn++) {
    await answerCard(page)
    await page.keyboard.press('Enter')
    await expect(verdict(page)).toHaveCount(0)
  }
  await page.keyboard.type('99999')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('That is no port number.')
  await expect(verdict(page)).toHaveCount(0)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('a session is done with the thumb, and the number field asks for digits', async ({ page }) => {
    await openPractice(page)
    await page.getByRole('link', { name: /Learn the first three/ }).tap()
    const end = page.locator('.session-end')
    let typed = 0
    for (let turn = 0; turn < 40; turn++) {
      await expect(end.or(page.locator('.recall:not(.closed)'))).toBeVisible()
      if ((await end.count()) > 0) break
      const { option, typed: text } = await readCard(page)
      const field = page.locator('.recall .typed input')
      if ((await field.count()) > 0) {
        await expect(field).toBeFocused()
        if ((await field.getAttribute('inputmode')) === 'numeric') typed++
        await field.pressSequentially(text)
        await page.getByRole('button', { name: /Hand in/ }).tap()
      } else await page.locator('.option').filter({ hasText: option }).first().tap()
      await expect(verdict(page)).toHaveText(/Right|Wrong/)
      await page.getByRole('button', { name: /Go on|Finish/ }).tap()
      await expect(verdict(page)).toHaveCount(0)
    }
    expect(typed).toBeGreaterThanOrEqual(3)
    await expect(end).toBeVisible()
  })
})

test('a door of the picture is an answer for whoever points at it', async ({ page }) => {
  // A number that failed comes back as a door now and then.
  await takeFile(page, practised(mainCards(factsInDeck('card-five')), 3, Date.now() - 30 * DAY))
  const pointed = page.locator('.pointed .bay-door')
  for (let session = 0; session < 4 && (await pointed.count()) === 0; session++) {
    await page.goto('#/practice')
    await page.goto('#/practice/session')
    await expect(page.locator('.recall')).toBeVisible()
    for (let turn = 0; turn < 30 && (await pointed.count()) === 0; turn++) {
      if ((await page.locator('.session-end').count()) > 0) break
      await answerCard(page, false)
      await page.keyboard.press('Enter')
      await expect(verdict(page)).toHaveCount(0)
    }
  }
  const { fact } = await readCard(page)
  await pointed.filter({ hasText: new RegExp(`^\\s*${fact.port}\\s`) }).click()
  await expect(verdict(page)).toHaveText(/Right/)
})

test('without a database practice says so, and the session goes on in memory', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { get: () => undefined }))
  await openPractice(page)
  await expect(page.getByText('This browser keeps nothing for us.')).toBeVisible()
  await page.keyboard.press('Enter')
  await finishSession(page)
  await expect(page.getByRole('heading', { name: '3 ports learned.' })).toBeVisible()
  await page.getByRole('link', { name: 'To practice' }).click()
  await expect(page.getByText('1 day in a row')).toBeVisible()
})

test('a full disk is said, and what was answered is written as soon as there is room', async ({ page }) => {
  await page.addInitScript(() => {
    const own = IDBObjectStore.prototype.add
    Object.assign(window, { diskIsFull: false })
    IDBObjectStore.prototype.add = function add(this: IDBObjectStore, ...given: Parameters<typeof own>) {
      if (Reflect.get(window, 'diskIsFull') === true) throw new DOMException('no room', 'QuotaExceededError')
      return Reflect.apply(own, this, given)
    }
  })
  await openPractice(page)
  await page.keyboard.press('Enter')
  await expect(page.locator('.recall')).toBeVisible()
  await page.evaluate(() => Object.assign(window, { diskIsFull: true }))
  await answerCard(page)
  await expect(page.getByText('The browser’s storage is full')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(verdict(page)).toHaveCount(0)
  await page.evaluate(() => Object.assign(window, { diskIsFull: false }))
  await answerCard(page)
  await expect(page.getByText('The browser’s storage is full')).toHaveCount(0)
  await page.goto('#/practice/map')
  await page.reload()
  await expect(page.getByRole('heading', { name: '2 ports of 65,536 lit' })).toBeVisible()
})

test('a corrupt file is refused by name, and nothing is lost', async ({ page }) => {
  const text = practised(mainCards(factsInDeck('card-five')), 3, Date.now() - DAY)
  await takeFile(page, text)
  await expect(page.getByText('practice.json: 36 entries were new')).toBeVisible()
  for (const [name, broken, says] of [
    ['cut.json', text.slice(0, 300), 'is cut off or no JSON'],
    ['other.json', '{"kind":"port-authority progress"}', 'holds no practice of this game'],
    ['newer.json', text.replace('"version":1', '"version":2'), 'comes from a newer version'],
  ] as const) {
    await takeFile(page, broken, name)
    await expect(page.getByText(`${name} ${says}`)).toBeVisible()
  }
  // Whatever is whole in a damaged file is kept, and the damage is counted.
  await takeFile(page, text.replace('"right":true', '"right":"yes"'), 'damaged.json')
  await expect(page.getByText('damaged.json: 0 entries were new and are taken over. 1 entry was damaged')).toBeVisible()
  await page.goto('#/practice/map')
  await expect(page.getByRole('heading', { name: '5 ports of 65,536 lit' })).toBeVisible()
})

test('two browsers become one by their files, in either direction', async ({ page, browser }) => {
  const other = await (await browser.newContext()).newPage()
  const saveFrom = async (one: typeof page) => {
    await one.goto('#/practice/decks')
    const saving = one.waitForEvent('download')
    await one.getByRole('button', { name: 'Save it to a file' }).click()
    const saved = await saving
    expect(saved.suggestedFilename()).toMatch(/^port-authority-practice-\d{4}-\d\d-\d\d\.json$/)
    return readFileSync(await saved.path(), 'utf8')
  }
  for (const one of [page, other]) {
    await openPractice(one)
    await one.keyboard.press('Enter')
    await expect(one.locator('.recall')).toBeVisible()
    await answerCard(one)
  }
  await page.goto('#/practice/decks')
  await page.getByRole('button', { name: 'New deck' }).click()
  await page.getByLabel('Name of the deck').fill('Our rack')
  await page.getByLabel('Paste a list').fill('47808/udp\n8883/tcp')
  await page.getByRole('button', { name: 'Add these ports' }).click()
  await expect(page.getByText('2 ports added.')).toBeVisible()
  const [mine, theirs] = [await saveFrom(page), await saveFrom(other)]
  await takeFile(page, theirs)
  await takeFile(other, mine)
  const [merged, same] = [readPracticeFile(await saveFrom(page)), readPracticeFile(await saveFrom(other))]
  expect(merged).toEqual(same)
  expect(merged).toMatchObject({ damaged: 0, decks: [{ title: 'Our rack', facts: ['47808/udp', '8883/tcp'] }] })
  expect('log' in merged && merged.log.length).toBe(2)
  await takeFile(page, mine)
  await expect(page.getByText('0 entries were new')).toBeVisible()
  await other.context().close()
})

test('another tab follows', async ({ page, context }) => {
  await openPractice(page)
  const other = await context.newPage()
  await openPractice(other)
  await page.keyboard.press('Enter')
  await finishSession(page)
  await expect(other.getByText('1 day in a row')).toBeVisible()
  await page.goto('#/practice')
  await other.getByRole('checkbox', { name: /^Homelab/ }).check()
  await expect(page.getByRole('checkbox', { name: /^Homelab/ })).toBeChecked()
})

test('an own deck is put together by search, practised, shared by link, exported to Anki and as a table, and deleted', async ({
  page,
}) => {
  await page.goto('#/practice/decks')
  await page.getByRole('button', { name: 'New deck' }).click()
  await expect(page.getByLabel('Name of the deck')).toBeFocused()
  await page.keyboard.type('Our rack')
  for (const [typed, port] of [
    ['bacnet', '47808/udp'],
    ['8443/tcp', '8443/tcp'],
    ['grafana', '3000/tcp'],
  ] as const) {
    await page.getByRole('searchbox').fill(typed)
    await page.getByRole('button', { name: new RegExp(`^Add ${port}`) }).click()
  }
  await page.getByLabel('Paste a list').fill('udp UNCONN 0 0 0.0.0.0:8883 0.0.0.0:*\nnonsense here')
  await page.getByRole('button', { name: 'Add these ports' }).click()
  await expect(page.getByText('1 line without a port:')).toBeVisible()
  await page.getByRole('button', { name: /^Remove 8883\/udp/ }).click()
  await page.getByRole('button', { name: 'Done' }).click()

  await page.getByLabel('Deck', { exact: true }).selectOption('Our rack')
  const saveAs = async (name: string) => {
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name }).click()
    const saved = await saving
    return { name: saved.suggestedFilename(), bytes: readFileSync(await saved.path()) }
  }
  const anki = await saveAs('For Anki (.apkg)')
  expect(anki.name).toBe('our-rack.apkg')
  const sql = await initSqlJs()
  const database = new sql.Database(unzipSync(anki.bytes)['collection.anki2'])
  expect(database.exec('PRAGMA integrity_check')[0]?.values).toEqual([['ok']])
  expect(database.exec('SELECT count(*) FROM notes')[0]?.values).toEqual([[3]])
  expect(
    String(database.exec('SELECT flds FROM notes ORDER BY id')[0]?.values.flat()[2]).split('\u001F').slice(0, 2),
  ).toEqual(['47808', 'udp'])
  const table = await saveAs('As a table (.csv)')
  expect(table.name).toBe('our-rack.csv')
  expect(table.bytes.toString()).toContain('47808,udp,bacnet')

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: /^Copy link/ }).click()
  await expect(page.getByText('Link copied.')).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  await page.getByRole('button', { name: /^Delete/ }).click()
  await page.getByRole('button', { name: /^Delete it\? Press once more/ }).click()
  await expect(page.getByText('No own deck yet.')).toBeVisible()
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'Our rack' })).toBeVisible()
  await page.getByRole('button', { name: /Take this deck/ }).click()
  await expect(page.getByRole('checkbox', { name: /^Our rack/ })).toBeChecked()
  await page.goto('#/practice/deck?t=Mine&p=22x')
  await expect(page.getByText('The link to this deck is damaged')).toBeVisible()
})

test('a sprint lights a street of doors for sixty seconds, and keeps the best', async ({ page }) => {
  await page.clock.install()
  await page.goto('#/practice/sprint')
  await expect(page.getByRole('heading', { name: 'Sixty seconds.' })).toBeVisible()
  await page.keyboard.press('Enter')
  const field = page.getByLabel('Port number')
  const { FACTS } = await import('../src/practice/fact')
  const { practiceAsks } = await import('../src/words/en/practice-asks')
  for (let turn = 1; turn <= 5; turn++) {
    const stem = await page.locator('.sprint h1').innerText()
    const fact = [...FACTS.values()].find(
      ({ id, name, protocol }) => practiceAsks.number.type(practiceAsks.service(id, name), protocol) === stem,
    )
    await expect(field).toBeFocused()
    await page.keyboard.type(String(fact?.port))
    await expect(page.locator('.sprint-street .lit')).toHaveCount(turn)
  }
  await expect(page.getByText('5 in a row')).toBeVisible()
  await page.keyboard.type('7')
  await page.keyboard.press('Enter')
  await expect(page.locator('.sprint-last')).toHaveText(/^7\? .+ is \d+\.$/)
  await page.clock.runFor(61_000)
  await expect(page.getByRole('heading', { name: '5 ports in a minute' })).toBeFocused()
  await expect(page.getByText('Your best so far. Longest run: 5.')).toBeVisible()
  await page.goto('#/practice')
  await expect(page.getByText('Your best: 5 right, 5 in a row.')).toBeVisible()
  // It is for fun: nothing was learned by it.
  await expect(page.getByRole('link', { name: /Learn the first three/ })).toBeVisible()
})

test('the drill of the watch list asks why, ten times and once more for what was wrong', async ({ page }) => {
  await page.goto('#/practice/drill')
  for (let turn = 0; turn < 20; turn++) {
    const end = page.getByRole('heading', { name: /judged right/ })
    await expect(end.or(page.locator('.drill:not(.closed)'))).toBeVisible()
    if ((await end.count()) > 0) break
    await page.keyboard.press('1')
    await expect(page.locator('.reply-why')).toBeVisible()
    await page.keyboard.press('Enter')
  }
  await expect(page.getByRole('heading', { name: /judged right/ })).toBeFocused()
  expect(await page.locator('.coming-back li').count()).toBeGreaterThanOrEqual(10)
})

test('settings: a vacation holds everything back, and forgetting asks twice', async ({ page }) => {
  await takeFile(page, practised(mainCards(factsInDeck('card-five')), 3, Date.now() - DAY))
  await page.goto('#/practice')
  await expect(page.getByText('5 ports in memory.')).toBeVisible()
  await page.getByRole('button', { name: 'Practice settings' }).click()
  const dialog = page.getByRole('dialog', { name: 'Practice settings' })
  await dialog.getByRole('button', { name: 'Add' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('You are on vacation. Your cards wait.')).toBeVisible()
  await page.getByRole('button', { name: 'End the vacation' }).click()
  await expect(page.getByText('You are on vacation.')).toHaveCount(0)
  await page.getByRole('button', { name: 'Practice settings' }).click()
  await dialog.getByRole('checkbox', { name: 'Time plays no part' }).check()
  await dialog.getByRole('button', { name: 'Forget everything I learned' }).click()
  await dialog.getByRole('button', { name: /Press once more/ }).click()
  await expect(dialog.getByRole('button', { name: 'Forgotten' })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('5 ports in memory.')).toHaveCount(0)
  await page.reload()
  await page.getByRole('button', { name: 'Practice settings' }).click()
  await expect(dialog.getByRole('checkbox', { name: 'Time plays no part' })).toBeChecked()
})

/** A file of somebody who forgets unlike most, after so many days with the deck of Security+. */
async function unusual(days: number): Promise<string> {
  const learner = halfLifeLearner({ first: 10, gain: 12, left: 0.3 })
  const log = await practise(learner, {
    facts: factsInDeck('security-plus'),
    days,
    settings: { retention: 0.9 },
    seed: 3,
  })
  return JSON.stringify({ kind: 'port-authority practice', version: 1, decks: [], log })
}

const openSettings = async (page: Page) => {
  await page.goto('#/practice')
  await page.getByRole('button', { name: 'Practice settings' }).click()
  return page.getByRole('dialog', { name: 'Practice settings' })
}

test('settings: the schedule is fitted to one who has practised enough, stays so, and is taken back', async ({
  page,
}) => {
  await takeFile(page, await unusual(3), 'few.json')
  const few = await openSettings(page)
  await expect(few.getByText(/^This takes \d+ more reviews on later days\.$/)).toBeVisible()
  await expect(few.getByRole('button', { name: 'Fit it now' })).toHaveCount(0)
  await takeFile(page, await unusual(180), 'enough.json')
  const dialog = await openSettings(page)
  await dialog.getByRole('button', { name: 'Fit it now' }).click()
  await expect(dialog.locator('p[role=status]')).toHaveText(/^Better: .* All dates are set anew\.$/)
  await page.reload()
  await openSettings(page)
  await expect(dialog.getByText('The schedule is fitted to you.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Back to the defaults' }).click()
  await expect(dialog.locator('p[role=status]')).toHaveText('The defaults are back. All dates are set anew.')
  await page.reload()
  await openSettings(page)
  await expect(dialog.getByRole('button', { name: 'Fit it now' })).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Back to the defaults' })).toHaveCount(0)
})

test('settings: a browser without shared memory says that it cannot fit the schedule', async ({ page }) => {
  await page.route('**/practice-worker-*.js', async (route) => {
    const response = await route.fetch()
    const without = `const { Memory } = WebAssembly
      WebAssembly.Memory = function (asked) { if (asked.shared) throw new TypeError('no'); return new Memory(asked) };`
    await route.fulfill({ response, body: `${without}${await response.text()}` })
  })
  await takeFile(page, await unusual(180), 'enough.json')
  const dialog = await openSettings(page)
  await dialog.getByRole('button', { name: 'Fit it now' }).click()
  await expect(dialog.locator('p[role=status]')).toHaveText(/^Not in this browser: .* Nothing has changed\.$/)
  await expect(dialog.getByRole('button', { name: 'Back to the defaults' })).toHaveCount(0)
})

test('the city is saved as a picture', async ({ page }) => {
  await takeFile(page, practised(mainCards(factsInDeck('network-plus')), 3, Date.now() - DAY))
  await page.goto('#/practice/map')
  await expect(page.getByRole('img', { name: /^The city of ports at night. Lit: 20, 21, 22, / })).toBeVisible()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as a picture' }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toBe('my-city-of-ports.png')
  const bytes = readFileSync(await saved.path())
  expect([bytes.toString('latin1', 1, 4), bytes.readUInt32BE(16)]).toEqual(['PNG', 1024])
})

test('mix-ups show in the matrix and are practised by themselves', async ({ page }) => {
  await takeFile(page, practised(mainCards(factsInDeck('card-five').slice(1, 2)), 3, Date.now() - 20 * DAY))
  await page.goto('#/practice/session')
  await expect(page.locator('.recall')).toBeVisible()
  for (let turn = 0; turn < 20 && (await page.locator('.recall input[inputmode=numeric]').count()) === 0; turn++) {
    await answerCard(page)
    await page.keyboard.press('Enter')
    await expect(verdict(page)).toHaveCount(0)
  }
  const { fact } = await readCard(page)
  await page.keyboard.type('445')
  await page.keyboard.press('Enter')
  await expect(verdict(page)).toHaveText(/Wrong/)
  await page.goto('#/practice')
  await expect(page.getByRole('table', { name: 'Which you take for which' })).toContainText(String(fact.port))
  await page.getByRole('link', { name: 'Practise these' }).click()
  expect((await readCard(page)).fact.port).toBe(fact.port)
})
