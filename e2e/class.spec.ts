import type { Page } from '@playwright/test'
import { io } from 'socket.io-client'
import { expect, test } from '@playwright/test'
import { answer, asked, handed, join, openClassroom, proceed, verdict } from './class-play'
import { fits, noFault } from './faults'

/** Which of the options were right is nowhere in what a phone was sent. */
const KEY = /"right":true|"misconception"|"explanation"|"tally"/

const joinAll = (phones: readonly Page[]) => Promise.all(phones.map((phone) => join(phone)))

test('a live quiz goes from one press to the end: six phones, a wall that keeps the secret, a teacher who sees all', async ({
  browser,
}) => {
  const room = await openClassroom(browser)
  const { teacher, wall, phones } = room
  await noFault(teacher)
  await noFault(wall)
  const names = await joinAll(phones)
  expect(new Set(names).size).toBe(6)
  for (const name of names) await expect(wall.locator('.wall-names')).toContainText(name)
  await expect(wall.locator('.wall-count')).toContainText('6 players')

  await proceed(room, /^Begin/, 'key')
  await Promise.all(phones.map((phone) => asked(phone)))
  const [first, second] = phones
  if (!first || !second) throw new Error('There are six phones.')
  await noFault(first)
  await fits(first)
  await noFault(wall)
  await answer(first, 0)
  await expect(handed(first)).toContainText('Received')
  await expect(wall.locator('.wall-answered')).toContainText('1/6')
  await expect(wall.locator('.bar-count, .bar-fill, .bar-tick')).toHaveCount(0)
  await expect(teacher.locator('.host-counted')).toContainText('1 of 6 answered')
  await expect(teacher.locator('.host-missing li')).toHaveCount(5)
  await noFault(teacher)
  for (const page of [...phones, wall]) expect(room.heard(page).filter((said) => KEY.test(said))).toEqual([])
  await answer(second, 1)
  await proceed(room, /^Close the question/, 'key')

  for (const phone of [first, second]) await expect(verdict(phone)).toHaveText(/Right|Wrong/)
  await expect(verdict(phones[3] ?? first)).toContainText('No answer from you this time')
  await expect(first.locator('.reply-why')).toBeVisible()
  await expect(wall.locator('.bar-tick, .typed-bars .right').first()).toBeVisible()
  expect(await wall.locator('.wall-leaders li').count()).toBeLessThanOrEqual(5)
  await noFault(wall)
  await noFault(first)
  await fits(first)

  await proceed(room, /^Next question/)
  await Promise.all(phones.map((phone, place) => answer(phone, place)))
  // All have answered: nobody has to wait, and nobody has to close it.
  await expect(teacher.locator('.host-phase')).toContainText('Question closed')
  for (const phone of phones) await expect(verdict(phone)).toHaveText(/Right|Wrong/)

  await teacher.keyboard.press('e')
  await teacher.getByRole('button', { name: 'End it' }).click()
  await expect(teacher.getByRole('heading', { name: 'What this class thinks' })).toBeVisible()
  await expect(teacher.getByText('no names', { exact: false })).toBeVisible()
  await noFault(teacher)
  await expect(wall.getByRole('heading', { name: 'Thank you for the night shift.' })).toBeVisible()
  for (const phone of phones) await expect(phone.getByRole('heading', { name: 'The class is over' })).toBeVisible()
  expect(
    await first.evaluate(() => [localStorage, sessionStorage].map((one) => one.getItem('port-authority.seats'))),
  ).toEqual(['{"version":1,"seats":[]}', '{"version":1,"seats":[]}'])
  await room.close()
})

test('peer instruction: a vote, advice, talk, a second vote with other numbers, and both side by side', async ({
  browser,
}) => {
  const room = await openClassroom(browser, {
    way: 'Peer instruction',
    // The easiest there is: whatever the first vote, the second is on a sibling.
    set: {
      id: 'votes',
      title: 'Votes',
      language: 'en',
      images: false,
      seed: 5,
      items: [{ key: 1, template: 'rf-what-comes-back', count: 1, fixed: {} }],
    },
  })
  const { teacher, wall, phones } = room
  await joinAll(phones)
  await proceed(room, /^Begin/)
  await Promise.all(phones.map((phone, place) => answer(phone, place)))
  await expect(teacher.locator('.host-advice')).toBeVisible()
  for (const phone of phones) {
    await expect(phone.locator('.handed')).toContainText('Find somebody who chose otherwise')
    await expect(verdict(phone)).toHaveCount(0)
    expect(room.heard(phone).filter((said) => KEY.test(said))).toEqual([])
  }
  await expect(wall.locator('.wall-talk')).toBeVisible()
  await expect(wall.locator('.bar-count, .bar-fill, .bar-tick, .split-vote')).toHaveCount(0)

  const before = await wall.locator('.wall-question').innerText()
  await teacher.keyboard.press('v')
  await Promise.all(phones.map((phone) => asked(phone)))
  await expect(wall.locator('.wall-vote')).toBeVisible()
  expect(await wall.locator('.wall-question').innerText()).not.toBe(before)
  await Promise.all(phones.map((phone) => answer(phone, 0)))
  for (const phone of phones) await expect(verdict(phone)).toHaveText(/Right|Wrong/)
  await expect(wall.locator('.bar-before').first()).toBeVisible()
  await expect(wall.locator('.split-vote')).toContainText(await wall.locator('.bar.right .bar-text').innerText())
  await noFault(wall)
  await noFault(teacher)
  await room.close()
})

test('a race shows a calm clock, and speed adds a tenth at most', async ({ browser }) => {
  const room = await openClassroom(browser, { way: 'Race', phones: 4 })
  const { wall, phones } = room
  await joinAll(phones)
  await expect(wall.locator('.wall-join')).toContainText('speed at most 10')
  await proceed(room, /^Begin/)
  for (const phone of phones) {
    await expect(phone.getByRole('timer')).toHaveText(/^\d+ s$/)
    await expect(phone.locator('.calm-clock')).toContainText('three times as long')
  }
  await expect(wall.locator('.ring-below')).toContainText('three times as long')
  await Promise.all(phones.map((phone, place) => answer(phone, place)))
  for (const phone of phones) {
    await expect(verdict(phone)).toHaveText(/Right|Wrong/)
    await expect(phone.locator('.phone-points')).toHaveText(/^(0|1\d\d) points$/)
  }
  for (const phone of phones) {
    const points = Number.parseInt((await phone.locator('.phone-points').textContent()) ?? '', 10)
    expect(points).toBeLessThanOrEqual(110)
  }
  await room.close()
})

test('at their own pace everybody has their own numbers, the reason after each, and an end', async ({ browser }) => {
  const room = await openClassroom(browser, {
    way: 'Self-paced',
    phones: 2,
    more: async (teacher) => {
      await teacher.getByLabel('Minutes until the deadline').selectOption('30')
    },
  })
  const { teacher, phones } = room
  await joinAll(phones)
  await proceed(room, /^Begin/)
  const [first, second] = phones
  if (!first || !second) throw new Error('There are two phones.')
  await expect(first.locator('.self-item')).toHaveCount(10)
  const heardBefore = room.heard(first).filter((said) => KEY.test(said))
  expect(heardBefore).toEqual([])
  for (let turn = 1; turn <= 2; turn++) {
    await asked(first)
    const kind = await first.locator('.phone-question').getAttribute('class')
    if (/asks-(?:order|match)/.test(kind ?? '')) {
      await first.locator('.self-item').nth(turn).click()
      continue
    }
    await answer(first, 0)
    await expect(verdict(first)).toHaveText(/Right|Wrong/)
    await expect(first.locator('.reply-why')).toBeVisible()
    await first.getByRole('button', { name: 'Next question' }).click()
  }
  await noFault(first)
  await fits(first)
  await first.reload()
  await expect(first.locator('.self-item').first()).toBeVisible()
  await expect(teacher.locator('.host-seats')).toContainText(/[12] of 10/)
  await expect(second.locator('.self-list')).toContainText('0 of 10 answered')
  await proceed(room, /^Close for everybody/)
  for (const phone of phones) await expect(phone.locator('.self-list')).toContainText('The deadline has passed')
  await expect(verdict(second)).toContainText('No answer from you this time')
  await room.close()
})

test('a phone comes back by itself: after a reload, out of flight mode with its answer, and too late it says so', async ({
  browser,
}) => {
  const room = await openClassroom(browser, { phones: 3 })
  const { teacher, wall, phones } = room
  const [first, second, third] = phones
  if (!first || !second || !third) throw new Error('There are three phones.')
  const names = await joinAll(phones)
  await proceed(room, /^Begin/)
  await answer(first, 0)
  await expect(handed(first)).toContainText('Received')
  await first.reload()
  await expect(first.locator('.phone-me strong')).toHaveText(names[0] ?? '')
  await expect(handed(first)).toContainText('Received')
  await expect(first.locator('.handed-answer')).toBeVisible()

  await second.context().setOffline(true)
  await expect(second.locator('.line-state')).toContainText('The connection is lost')
  await expect(teacher.locator('.host-seats li', { hasText: names[1] ?? '' })).toContainText('away')
  await answer(second, 1)
  await expect(handed(second)).toContainText('Kept here until the connection is back')
  await second.context().setOffline(false)
  await expect(handed(second)).toContainText('Received')
  await expect(second.locator('.line-state')).toBeEmpty()
  await expect(wall.locator('.wall-answered')).toContainText('2/3')

  await third.context().setOffline(true)
  await expect(third.locator('.line-state')).toContainText('The connection is lost')
  await answer(third, 0)
  await proceed(room, /^Close the question/)
  await expect(verdict(first)).toBeVisible()
  await third.context().setOffline(false)
  await expect(verdict(third)).toContainText('Not counted')
  await expect(verdict(third)).toContainText('closed before this answer came')

  // Whoever comes late is in as well.
  await proceed(room, /^Next question/)
  const late = await room.phone()
  await join(late)
  await answer(late, 0)
  await expect(handed(late)).toContainText('Received')
  await expect(teacher.locator('.host-counted')).toContainText('1 of 4 answered')
  await room.close()
})

test('the teacher removes and renames players, pauses, locks, leaves and comes back', async ({ browser }) => {
  const room = await openClassroom(browser, { phones: 3 })
  const { teacher, wall, phones, code } = room
  const [first, second] = phones
  if (!first || !second) throw new Error('There are three phones.')
  const names = await joinAll(phones)
  await teacher.getByRole('button', { name: `Remove ${names[0]}` }).click()
  await expect(first.getByRole('heading', { name: 'You are no longer in this room' })).toBeVisible()
  await expect(wall.locator('.wall-names')).not.toContainText(names[0] ?? '')
  await first.reload()
  await expect(first.getByRole('button', { name: 'Join' })).toBeVisible()

  await teacher.getByRole('button', { name: `Draw a new name for ${names[1]}` }).click()
  await expect(second.locator('.phone-me strong')).not.toHaveText(names[1] ?? '')
  const renamed = (await second.locator('.phone-me strong').textContent()) ?? ''
  await teacher.getByRole('button', { name: 'New names for all' }).click()
  await expect(second.locator('.phone-me strong')).not.toHaveText(renamed)

  await teacher.keyboard.press('l')
  await expect(teacher.getByRole('button', { name: 'Unlock' })).toBeVisible()
  await first.getByRole('button', { name: 'Join' }).click()
  await expect(first.getByRole('alert')).toContainText('The room is locked')
  await teacher.keyboard.press('l')
  await expect(teacher.getByRole('button', { name: 'Lock', exact: true })).toBeVisible()
  await join(first)

  await proceed(room, /^Begin/)
  await asked(second)
  await teacher.keyboard.press('p')
  await expect(second.getByRole('heading', { name: 'Paused' })).toBeVisible()
  await expect(wall.getByRole('heading', { name: 'Paused' })).toBeVisible()
  await teacher.keyboard.press('p')
  await asked(second)

  // The room goes on without its teacher, who finds it again.
  await teacher.goto('#/')
  await answer(second, 0)
  await expect(handed(second)).toContainText('Received')
  await teacher.goto('#/class')
  await teacher.getByRole('link', { name: new RegExp(code) }).click()
  await expect(teacher.locator('.host-counted')).toContainText('1 of 3 answered')
  await teacher.reload()
  await expect(teacher.locator('.host-counted')).toContainText('1 of 3 answered')
  await room.close()
})

test('a door with a word, approval and own names', async ({ browser }) => {
  const room = await openClassroom(browser, {
    phones: 2,
    more: async (teacher) => {
      await teacher.getByLabel('Names').selectOption('own')
      await teacher.getByLabel('I let everybody in one by one').check()
      await teacher.getByLabel('Whoever joins types a word from the wall').check()
    },
  })
  const { teacher, wall, phones } = room
  const [first, second] = phones
  if (!first || !second) throw new Error('There are two phones.')
  const word = (await wall.locator('.wall-word strong').textContent()) ?? ''
  expect(word).not.toBe('')
  await first.getByLabel('Your name').fill('Ø')
  await first.getByRole('button', { name: 'Join' }).click()
  await expect(first.getByRole('alert')).toContainText('not the word on the wall')
  await noFault(first)
  await first.getByLabel('The word on the wall').fill(word.toUpperCase())
  await first.getByRole('button', { name: 'Join' }).click()
  await expect(first.getByRole('heading', { name: 'You are Ø' })).toBeVisible()
  await expect(first.getByText('The teacher will let you in.')).toBeVisible()
  await expect(teacher.locator('.host-seats')).toContainText('waits to be let in')
  await second.getByLabel('The word on the wall').fill(word)
  await second.getByRole('button', { name: 'Join' }).click()
  await expect(second.getByText('The teacher will let you in.')).toBeVisible()
  await teacher.getByRole('button', { name: 'Let Ø in' }).click()
  await expect(first.getByText('You are in.')).toBeVisible()
  await expect(second.getByText('The teacher will let you in.')).toBeVisible()
  await teacher.getByRole('button', { name: 'Let 1 in' }).click()
  await expect(second.getByText('You are in.')).toBeVisible()
  await expect(wall.locator('.wall-names')).toContainText('Ø')
  await room.close()
})

test('a wrong code and a full room say so', async ({ page, baseURL }) => {
  await page.goto('#/class')
  await page.getByLabel('Code').fill('4F7K2O')
  await page.getByRole('button', { name: 'Join' }).click()
  await expect(page.getByRole('alert')).toContainText('without 0, O, 1, I and L')
  await page.getByLabel('Code').fill('zzz zz-2')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('There is no room with this code')
  await noFault(page)

  const socket = io(baseURL ?? '', { path: '/class/socket', transports: ['websocket'] })
  const settings = {
    way: 'live',
    language: 'en',
    names: 'drawn',
    changing: false,
    leaders: true,
    approval: false,
    doorWord: false,
    images: false,
    players: 1,
  }
  const plan = [{ template: 'ps-which-window', seed: 1 }]
  const { code }: { readonly code: string } = await socket.emitWithAck('open', { settings, plan })
  expect(await socket.timeout(10_000).emitWithAck('join', { code })).toMatchObject({ ok: true })
  socket.disconnect()
  await page.goto(`#/class/${code}`)
  await page.getByRole('button', { name: 'Join' }).click()
  await expect(page.getByRole('alert')).toContainText('The room is full')
})

test('the class speaks the language that the teacher chose, and the teacher their own', async ({ browser }) => {
  const room = await openClassroom(browser, {
    phones: 1,
    more: async (teacher) => {
      await teacher.getByLabel('Language of the class').selectOption('es')
    },
  })
  const { teacher, wall, phones } = room
  const [phone] = phones
  if (!phone) throw new Error('There is one phone.')
  await expect(wall.locator('.wall-how')).toContainText('con el código')
  expect(await wall.evaluate(() => document.documentElement.lang)).toBe('es')
  await phone.getByRole('button', { name: 'Entrar' }).click()
  await expect(phone.getByRole('heading', { name: /^Te llamas / })).toBeVisible()
  await proceed(room, /^Begin/)
  await answerInSpanish(phone)
  await expect(verdict(phone)).toHaveText(/Correct|Incorrect/)
  await expect(teacher.locator('.host-phase')).toContainText('Question closed')
  await noFault(phone)
  await phone.getByRole('button', { name: 'Ajustes' }).click()
  await expect(phone.getByRole('dialog', { name: 'Ajustes' })).toBeVisible()
  await room.close()
})

async function answerInSpanish(phone: Page): Promise<void> {
  await asked(phone)
  const field = phone.locator('.typed input')
  if ((await field.count()) > 0) await field.fill('80')
  else await phone.locator('.answers .option').first().click()
  const handIn = phone.locator('.act-bar .primary')
  if ((await handIn.count()) > 0) await handIn.click()
}

test('a question in the own words of a teacher is asked with its form, and answered with what they say to each answer', async ({
  browser,
}) => {
  const option = (text: string, right: boolean, feedback = '') => ({ text, right, feedback })
  const room = await openClassroom(browser, {
    phones: 2,
    set: {
      id: 'lesson1',
      title: 'Lesson 1',
      language: 'en',
      images: false,
      seed: 5,
      items: [
        {
          key: 1,
          own: {
            kind: 'choose',
            stem: 'Which port has **SSH**?\n\n```\nssh host\n```',
            options: [option('the port `22`', true), option('the port **23**', false, 'That is *telnet*.')],
            explanation: '`sshd` listens at **22**.',
          },
        },
        {
          key: 2,
          own: {
            kind: 'type',
            stem: 'Type the port of HTTPS.',
            options: [option('443', true), option('80', false, 'That is plain HTTP.')],
            explanation: '',
          },
        },
      ],
    },
  })
  const { wall, phones } = room
  await joinAll(phones)
  const [first, second] = phones
  if (!first || !second) throw new Error('There are two phones.')
  await proceed(room, /^Begin/)
  for (const page of [first, wall]) {
    await expect(page.locator('.question-paper strong')).toHaveText('SSH')
    await expect(page.locator('.question-paper pre')).toHaveText('ssh host')
  }
  await first.locator('.option', { hasText: 'the port 22' }).click()
  await second.locator('.option', { hasText: 'the port 23' }).click()
  await expect(verdict(first)).toHaveText(/Right/)
  await expect(first.locator('.reply-why')).toHaveText('sshd listens at 22.')
  await expect(verdict(second)).toHaveText(/Wrong/)
  await expect(second.locator('.reply-why')).toContainText('That is telnet.')
  await noFault(first)
  await noFault(wall)
  await proceed(room, /^Next question/)
  await first.getByRole('textbox').fill('443')
  await second.getByRole('textbox').fill(' 80 ')
  for (const phone of phones) await phone.getByRole('button', { name: 'Hand in' }).click()
  await expect(verdict(first)).toHaveText(/Right/)
  await expect(second.locator('.reply-why')).toContainText('That is plain HTTP.')
  await expect(wall.locator('.typed-bars')).toContainText('1 of 2 right')
  await room.close()
})

test('where a network lets no WebSocket through, a phone takes part by polling', async ({ browser }) => {
  const room = await openClassroom(browser, { phones: 0 })
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const phone = await context.newPage()
  await phone.addInitScript(() => {
    Object.defineProperty(window, 'WebSocket', {
      value: function blocked() {
        throw new Error('The network lets no WebSocket through.')
      },
    })
  })
  await phone.goto(`#/class/${room.code}`)
  await join(phone)
  await proceed(room, /^Begin/)
  await answer(phone, 0)
  await expect(verdict(phone)).toHaveText(/Right|Wrong/)
  await context.close()
  await room.close()
})

test('a host that only hands out files says what live rooms need', async ({ page }) => {
  await page.route('**/class/address', (route) => route.fulfill({ status: 404, body: 'not here' }))
  await page.goto('#/class')
  await expect(page.getByText('npm start')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Open the room/ })).toHaveCount(0)
  await noFault(page)
})
