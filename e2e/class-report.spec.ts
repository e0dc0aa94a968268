import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { answer, goOn, verdict } from './ask'
import { join, openClassroom, proceed } from './class-play'
import { fits, noFault } from './faults'
import { expect, test } from './support'
import { TEMPLATES } from '../src/quiz/templates'
import { bodyOf, variantOf } from '../src/room/posed'
import type { Report } from '../src/room/report'
import { newReport, readReport, writeReport } from '../src/room/report'

/** A class of thirty that was asked five questions, one of them twice, each with some answers that show an idea. */
function sample(names: boolean): Report {
  const chosen = TEMPLATES.filter(({ kind, id }) => kind === 'choose' && !id.startsWith('bd-'))
  const asked = [0, 9, 9, 20, 31].map((place) => chosen[place]?.id ?? '')
  const rounds = asked.map((template, place): Report['rounds'][number] => {
    const posed = place === 2 ? variantOf({ template, seed: 2 }, 1) : { template, seed: place + 1 }
    const body = bodyOf(posed)
    const options = 'options' in body ? body.options.toSorted((a, b) => Number(b.right) - Number(a.right)) : []
    const counts =
      [
        [12, 15, 3],
        [11, 14, 5],
        [24, 4, 2],
        [28, 1, 1],
        [9, 20, 1],
      ][place] ?? []
    const groups = options.slice(0, 3).map(({ means }, at) => ({
      version: 0,
      answer: { kind: 'choose' as const, means },
      count: counts[at] ?? 1,
    }))
    const moved = { stayedRight: 10, gained: 14, lost: 1, stayedWrong: 5 }
    return {
      item: place < 2 ? place : place - 1,
      vote: place === 2 ? 2 : 1,
      posed,
      groups,
      ...(place === 2 && { moved }),
    }
  })
  const people = ['Brave Buoy', 'Calm Quay', 'Witty Packet'].map((name, person) => ({
    name,
    given: rounds.map((_, round): [number, number] => [round, (person + round) % 3]),
  }))
  return newReport({
    way: 'peer',
    language: 'en',
    opened: Date.UTC(2026, 10, 25, 9),
    players: 32,
    rounds,
    ...(names && { people }),
  })
}

async function open(page: Page, text: string, name = 'class-report.json'): Promise<void> {
  await page.goto('#/class/report')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
}

test('a saved report opens again with what to teach next, and can be saved as it is', async ({ page }) => {
  await open(page, writeReport(sample(true)))
  await expect(page.getByRole('heading', { name: 'What to teach next' })).toBeVisible()
  const lessons = page.locator('.lesson')
  await expect(lessons).not.toHaveCount(0)
  await expect(lessons.first().locator('mark, .lit').first()).toBeVisible()
  await expect(lessons.first().getByText('0:20')).toBeVisible()
  await expect(page.getByText('Brave Buoy')).toBeVisible()
  await expect(page.locator('.change').first()).toContainText('14 changed from wrong to right')

  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the report' }).click()
  const saved = await readFile(await (await saving).path(), 'utf8')
  expect(readReport(saved)).toEqual({ report: sample(true) })

  const table = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Wrong ideas' }).click()
  const csv = await readFile(await (await table).path(), 'utf8')
  expect(csv.split('\r\n')[0]).toContain('Wrong idea,What is right,Followed')

  await page.locator('.report-question summary').first().click()
  await expect(page.locator('.question-options').first()).toBeVisible()
  await noFault(page)
})

test('the lessons of a report become a question set, and a room opens with it', async ({ page }) => {
  await open(page, writeReport(sample(false)))
  await page.getByRole('button', { name: 'Make a question set' }).click()
  await expect(page.getByRole('link', { name: 'Open a room with it' })).toBeVisible()
  await page.getByRole('link', { name: 'Look at the set' }).click()
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('For next time')
})

test('a file that is no report says so, and what is on paper has no buttons', async ({ page }) => {
  await open(page, '{"kind":"something else"}')
  await expect(page.getByRole('alert')).toContainText('no report of a class')
  await open(page, writeReport(sample(true)))
  await expect(page.getByRole('heading', { name: 'Questions', exact: true })).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(page.locator('.report-keep')).toBeHidden()
  await expect(page.locator('.quiz-bar')).toBeHidden()
  await expect(page.locator('tr.print-only').first()).toBeVisible()
})

test('the report speaks Spanish', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'languages', { value: ['es'] })
  })
  await open(page, writeReport({ ...sample(true), language: 'es' }))
  await expect(page.getByRole('heading', { name: 'Qué enseñar ahora' })).toBeVisible()
  await expect(page.getByText('Preguntas para la próxima vez').first()).toBeVisible()
})

/** The phone reads its papers and presses the door that they name, or refuses where there is none. */
async function deliver(phone: Page): Promise<void> {
  const value = async (field: string) => (await phone.locator(`.form .${field} dd`).textContent())?.trim() ?? ''
  const [protocol, port] = [(await value('protocol')).toLowerCase(), await value('destinationPort')]
  const door = phone.locator(`.team-door.${protocol}`, {
    has: phone.locator('.team-plate', { hasText: new RegExp(`^${port}$`) }),
  })
  if ((await door.count()) > 0) await door.click()
  else await phone.getByRole('button', { name: /^Refuse/ }).click()
}

test('two phones share a shift: each has its own parcel, the wall fills with windows, and the report says how it went', async ({
  browser,
}) => {
  const room = await openClassroom(browser, { way: 'Team shift', phones: 2 })
  const { phones, wall, teacher } = room
  for (const phone of phones) await join(phone)
  await proceed(room, /Begin/)
  for (const phone of phones) await expect(phone.locator('.team-places')).toBeVisible()
  const [first, second] = phones
  if (!first || !second) throw new Error('Two phones play.')
  await expect(wall.getByRole('heading', { name: 'The class is the server' })).toBeVisible()
  for (const [turn, phone] of [first, second, first, second, first].entries()) {
    await deliver(phone)
    await expect(phone.locator('.team-last.right')).toBeVisible()
    await expect(wall.locator('.team-sums')).toContainText(`${turn + 1} of`)
    await expect(phone.locator('.team-places:not(.busy)')).toBeVisible()
  }
  await expect(wall.locator('.team-recent .right').first()).toBeVisible()
  await expect(wall.locator('.house-picture')).toBeVisible()

  // A wrong call is told with its reason, and the parcel goes on to somebody else.
  const port = await first.locator('.form .destinationPort dd').textContent()
  const others = first.locator('.team-door', { hasNot: first.locator('.team-plate', { hasText: port ?? '' }) })
  await others.first().click()
  await expect(first.locator('.team-last.wrong')).toContainText('It goes to somebody else')
  await expect(wall.locator('.team-recent .wrong')).toContainText('came back')
  for (const phone of phones) {
    await noFault(phone)
    await fits(phone)
  }
  await noFault(wall)

  // A desk is where it was after a reload.
  const papers = await second.locator('.form').textContent()
  await second.reload()
  await expect(second.locator('.form')).toHaveText(papers ?? '')

  await teacher.keyboard.press('e')
  await teacher.getByRole('button', { name: 'End it' }).click()
  await expect(teacher.getByRole('heading', { name: 'The shared shift' })).toBeVisible()
  await expect(teacher.getByText('6 parcels taken')).toBeVisible()
  await expect(teacher.getByText('unless you save the report')).toBeVisible()
  await room.close()
})

test('a task goes out as a link, is answered with no server, and its codes become the report', async ({ page }) => {
  await page.goto('#/class/collect')
  await page.getByRole('textbox', { name: 'Title' }).fill('Week 3')
  await page.getByRole('combobox', { name: 'How many' }).selectOption('5')
  const link = await page.getByRole('textbox', { name: 'Link for the learners' }).inputValue()
  const codes: string[] = []
  for (const name of ['Ada', 'Ben']) {
    await page.evaluate(() => {
      localStorage.clear()
      sessionStorage.clear()
    })
    await page.goto(link)
    await page.reload()
    await expect(page.getByRole('heading', { name: 'Week 3' })).toBeVisible()
    await page.getByRole('button', { name: 'Begin' }).click()
    await expect(page.getByRole('alert')).toContainText('Write a name')
    await page.getByRole('textbox').fill(name)
    await page.getByRole('button', { name: 'Begin' }).click()
    for (let at = 0; at < 5; at++) {
      await answer(page, 'mouse', at % 2 === 0)
      await expect(verdict(page)).toBeVisible()
      await goOn(page, 'mouse')
      await expect(page.locator('main.question.closed')).toHaveCount(0)
    }
    await expect(page.getByRole('heading', { name: 'Done. Hand in this code' })).toBeVisible()
    const code = await page.getByRole('textbox', { name: 'Your code' }).inputValue()
    // The same after a reload.
    await page.reload()
    await expect(page.getByRole('textbox', { name: 'Your code' })).toHaveValue(code)
    await noFault(page)
    codes.push(code)
  }
  await page.goto('#/class/collect')
  const broken = `${codes[0]?.slice(0, -3)}`
  await page.getByRole('textbox', { name: 'Codes' }).fill(`${codes.join('\n')}\n${codes[1]} ${broken} hello`)
  await page.getByRole('button', { name: 'Read the codes' }).click()
  await expect(page.getByRole('status').filter({ hasText: '2 codes read' })).toContainText('2 codes could not be read')
  await expect(page.locator('.task-results li')).toHaveCount(2)
  await expect(page.getByText('damaged or cut short')).toBeVisible()
  await expect(page.locator('.report').getByRole('heading', { name: 'Week 3' })).toBeVisible()
  await expect(page.locator('.report-people tbody tr')).toHaveCount(2)
  await page.getByRole('checkbox', { name: 'The report may name people' }).uncheck()
  await expect(page.getByText('nothing links two answers')).toBeVisible()
  await noFault(page)
})

test('a link that is no task says so', async ({ page }) => {
  await page.goto('#/class/task?l=en&q=nonsense')
  await expect(page.getByText('This link is not whole')).toBeVisible()
})
