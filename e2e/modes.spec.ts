import type { Browser, Page } from '@playwright/test'
import { expectNoFaults } from './faults'
import { papers } from './play'
import { again, expect, test } from './support'

/** A moment that is Wednesday in California, and Thursday on Kiritimati and by UTC. */
const MOMENT = Date.UTC(2026, 10, 26, 3, 30)

const WON = {
  version: 1,
  levels: { '1.1': { stars: 3, accuracy: 1, played: 1 }, '1.2': { stars: 2, accuracy: 0.9, played: 1 } },
}

/** Gives the browser a past: levels 1.1 and 1.2 are won. */
const returning = (page: Page) =>
  page.addInitScript((won) => {
    if (!localStorage.getItem('port-authority.progress')) localStorage.setItem('port-authority.progress', won)
  }, JSON.stringify(WON))

/** Decides as the model does, or wrongly where `wrong` says so, until `verdicts` are given or the shift is over. */
const decide = (page: Page, verdicts: number, wrong: readonly number[] = []) =>
  page.evaluate(
    ([count, mistakes]) => {
      for (let turn = 0; turn < count; turn++) {
        const { store, truth } = window.portAuthority ?? {}
        const right = truth?.()
        if (!store || !right) return
        const before = store.getState().shift
        if (mistakes.includes(turn)) {
          const kinds = ['rst', 'icmp', 'drop', 'eaddrinuse', 'grant', 'eacces'] as const
          for (const kind of kinds)
            if (kind !== right.kind && store.getState().shift === before) store.getState().decide({ kind })
        }
        if (store.getState().shift === before) store.getState().decide(right)
      }
    },
    [verdicts, wrong] as const,
  )

const packetsOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { level, seed, waiting, coming } = window.portAuthority?.store.getState().shift ?? {}
    return JSON.stringify({ waves: level?.waves, seed, waiting, coming })
  })

test.describe('Today’s shift', () => {
  async function open(browser: Browser, timezoneId: string, locale: string): Promise<string> {
    const context = await browser.newContext({ timezoneId, locale, serviceWorkers: 'block' })
    const page = await context.newPage()
    await page.clock.setFixedTime(MOMENT)
    await page.goto('#/today')
    await expect(page.locator('time')).toHaveAttribute('datetime', '2026-11-26')
    await page.locator('.mode .start').click()
    await expect.poll(() => packetsOf(page)).toContain('waves')
    const packets = await packetsOf(page)
    await context.close()
    return packets
  }

  test('is the same on both sides of the date line, in every language', async ({ browser }) => {
    const here = await open(browser, 'America/Los_Angeles', 'en-US')
    expect(await open(browser, 'Pacific/Kiritimati', 'es-ES')).toBe(here)
  })

  test('counts once: the result is copied as text and as a link, and then it is practice', async ({
    page,
    browser,
  }) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.clock.setFixedTime(MOMENT)
    await returning(page)
    await page.goto('')
    await page.getByRole('link', { name: 'Today’s shift' }).click()
    await page.getByRole('button', { name: 'Begin the sixty' }).press('Enter')
    await expect(papers(page)).toBeVisible()
    await decide(page, 20)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Start again' })).toHaveCount(0)
    await page.keyboard.press('Escape')
    await decide(page, 80, [1, 5])
    await expect(page.getByRole('heading', { name: 'Today’s shift is done' })).toBeFocused()
    await expect(page.getByText(/^\d\d of 60 right at first try$/)).toBeVisible()
    const score = await page.locator('.mode-score').innerText()
    expect(score).not.toMatch(/^60/)
    await page.getByRole('button', { name: 'Copy as text' }).click()
    await expect(page.getByText('Copied')).toBeVisible()
    const text = await page.evaluate(() => navigator.clipboard.readText())
    expect(text).toMatch(/^Port Authority 2026-11-26\n\d\d of 60 at first try\n([■□]{10}\n){6}http\S+#\/today$/)
    expect(text.split('□').length - 1).toBe(60 - Number(score.slice(0, 2)))
    await expect(page.getByRole('link', { name: 'What was missed, and why' })).toHaveAttribute('href', /#\/result\//)
    await page.getByRole('button', { name: 'Copy link' }).click()
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('#/result/')
    const link = await page.evaluate(() => navigator.clipboard.readText())

    const elsewhere = await (await browser.newContext({ serviceWorkers: 'block' })).newPage()
    await elsewhere.goto(link)
    await expect(elsewhere.getByRole('heading', { name: 'Today’s shift: the night is over' })).toBeVisible()
    await expect(elsewhere.locator('.figures')).toContainText(`${score.slice(0, 2)} of 60 right`)
    await elsewhere.context().close()

    await page.getByRole('button', { name: 'Practise the same sixty' }).click()
    await expect(papers(page)).toBeVisible()
    await decide(page, 80)
    await expect(page.getByText('This was practice')).toBeVisible()
    await expect(page.locator('.mode-score')).toHaveText(score)
    await page.getByRole('link', { name: 'To the building' }).click()
    await expect(page.getByRole('link', { name: 'Today’s shift' })).toContainText(score)
  })

  test('goes on after a reload from the last verdict that a player gave', async ({ page }) => {
    await page.clock.setFixedTime(MOMENT)
    await page.goto('#/today')
    await page.getByRole('button', { name: 'Begin the sixty' }).click()
    await expect(papers(page)).toBeVisible()
    await decide(page, 11)
    // By hand, as a player would: the first button of the rack or a door, whatever it leads to.
    await page.getByRole('group', { name: 'Doors' }).getByRole('button').first().press('Enter')
    const kept = () => page.evaluate(() => localStorage.getItem('port-authority.log') ?? '')
    if (!(await kept()).includes('trying'))
      await page.getByRole('group', { name: 'Verdicts' }).getByRole('button').first().press('Enter')
    await expect.poll(kept).toContain('trying')
    const settled = await page.evaluate(() => window.portAuthority?.store.getState().shift.decisions.length)
    await page.reload()
    await page.getByRole('button', { name: /Go on: \d+ of 60 done/ }).click()
    await expect(papers(page)).toBeVisible()
    expect(await page.evaluate(() => window.portAuthority?.store.getState().shift.decisions.length)).toBe(settled)
  })
})

test.describe('Night Shift', () => {
  test('leaves nothing when nothing was done, does not stop by itself, ends by hand, and keeps its best', async ({
    page,
  }) => {
    await returning(page)
    await page.goto('#/night')
    for (const verdicts of [0, 75]) {
      await expect(page.getByText('No night yet.')).toBeVisible()
      await page.getByRole('button', { name: 'Start the night' }).press('Enter')
      await expect(papers(page)).toBeVisible()
      await decide(page, verdicts)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'End the night' }).press('Enter')
    }
    await expect(page.getByRole('heading', { name: 'Night Shift: the night is over' })).toBeVisible()
    await expect(page.getByText('75 of 75 right at first try. Written into the log.')).toBeVisible()
    await page.getByRole('button', { name: 'Watch it again' }).click()
    await expect(page.getByRole('group', { name: 'A recorded shift' })).toContainText('75')
    await page.goto(page.url().replace('/replay/', '/result/'))
    await expect(page.locator('.figures')).toContainText('75 of 75 right')

    await page.goto('#/night')
    await page.reload()
    await expect(page.getByRole('row', { name: /75 \/ 75/ })).toBeVisible()
  })
})

test('the log writes an entry for a finished floor, and brass for what was done', async ({ page }) => {
  const levels = Object.fromEntries(
    ['1.1', '1.2', '1.3', '1.4', '1.5', '1.6'].map((id) => [id, { stars: 3, accuracy: 1, played: 1 }]),
  )
  await page.addInitScript(
    (won) => localStorage.setItem('port-authority.progress', won),
    JSON.stringify({ version: 1, levels }),
  )
  await page.goto('#/log')
  const floor = page.getByRole('listitem').filter({ hasText: 'The Lobby' })
  await expect(floor).toContainText('Nobody got lost in the lobby')
  await expect(page.getByRole('listitem').filter({ hasText: 'The Windows' })).toContainText('Still dark')
  await expect(page.getByRole('listitem').filter({ hasText: 'Not one wrong door' })).toContainText('(earned)')
  await expect(page.getByRole('listitem').filter({ hasText: 'Reads bytes' })).toContainText('0 of 100')
  await page.goto('#/shift/1.2?seed=abc')
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(papers(page)).toBeVisible()
  await decide(page, 40)
  await expect(page.getByRole('heading', { name: /the night is over/ })).toBeVisible()
  await page.goto('#/log')
  await expect(page.getByRole('listitem').filter({ hasText: 'Return to sender' })).toContainText('6 of 40')
  await expect(page.getByText('1 day of practice')).toBeVisible()
})

test.describe('the bench of levels', () => {
  test('is used from the keyboard: what cannot be won says why, leads to its field, and is mended and played', async ({
    page,
    browser,
  }) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto('#/quiz/sets')
    await page.getByRole('link', { name: 'Build a level' }).press('Enter')
    await expect(page.getByRole('heading', { name: 'Build a level' })).toBeFocused()
    await expect(page.getByText('This level can be played: 10 packets')).toBeVisible()
    const title = page.getByLabel('Title')
    await title.focus()
    await title.press('ControlOrMeta+a')
    await page.keyboard.type('Tuesday at the quay')

    await page.getByRole('button', { name: 'Add a door' }).press('Enter')
    const port = page.getByLabel('Port', { exact: true }).nth(3)
    await port.press('ControlOrMeta+a')
    await page.keyboard.type('22')
    await page.getByRole('checkbox', { name: 'Refuse' }).press('Space')
    const fault = page.getByRole('button', {
      name: 'Wave 1, verdicts: a packet needs “Refuse”, and it is not on offer.',
    })
    await fault.press('Enter')
    await expect(page.getByRole('checkbox', { name: 'To a door' })).toBeFocused()
    await expect(page.getByRole('button', { name: 'Play it' })).toHaveAttribute('aria-disabled', 'true')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await expect(page.getByText('This level can be played: 10 packets')).toBeVisible()
    await expect(
      page.getByRole('group', { name: 'Doors' }).getByRole('button', { name: /^Door 22, TCP/ }),
    ).toBeVisible()

    await page.getByRole('button', { name: 'Copy the link' }).press('Enter')
    await expect(page.getByText('The link is copied')).toBeVisible()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    await page.reload()
    await expect(page.getByLabel('Title')).toHaveValue('Tuesday at the quay')

    const elsewhere = await (await browser.newContext({ serviceWorkers: 'block' })).newPage()
    await elsewhere.goto(link)
    await expect(elsewhere.getByRole('heading', { name: 'Tuesday at the quay' })).toBeVisible()
    await elsewhere.getByRole('button', { name: 'Start the shift' }).press('Enter')
    await expect(papers(elsewhere)).toBeVisible()
    await decide(elsewhere, 20)
    await expect(elsewhere.getByRole('heading', { name: 'Tuesday at the quay: the night is over' })).toBeVisible()
    await expect(elsewhere.locator('.figures')).toContainText('10 of 10 right')
    // What somebody has built opens no door of the campaign.
    expect(await elsewhere.evaluate(() => localStorage.getItem('port-authority.progress'))).toBeNull()
    await elsewhere.context().close()
  })

  test('begins with a template: a gate is put in another order, played at once, and a Service says where it cannot be', async ({
    page,
  }) => {
    await page.goto('#/build')
    const side = page.getByRole('region', { name: 'Preview' })
    await page.getByRole('button', { name: 'Firewall rules' }).press('Enter')
    await expect(page.getByText('“Firewall rules” is on the bench.')).toBeVisible()
    await page.getByRole('button', { name: 'Move rule 3 up' }).press('Enter')
    const board = side.getByRole('region', { name: /nft list chain/ })
    await expect(board).toContainText(/dport 22 accept.*dport \{ 80, 443 \} accept/s)
    await side.getByRole('button', { name: 'Policy' }).last().press('Enter')
    await expect(side.locator('.feedback:is(.right, .wrong)')).toBeVisible()

    await page.getByRole('button', { name: 'Kubernetes Service' }).press('Enter')
    await page.getByLabel('app', { exact: true }).first().fill('shop')
    await page.getByLabel('app', { exact: true }).nth(1).fill('shop')
    await page.getByRole('button', { name: 'Cluster, Service 1, app: nothing here has this name.' }).press('Enter')
    await expect(page.getByRole('combobox', { name: 'app' }).first()).toBeFocused()
    await page.getByRole('button', { name: 'Bring mine back' }).press('Enter')
    await expect(page.getByLabel('Title')).toHaveValue('My first level')
  })

  test('refuses what is malformed, hostile or too large, with the place and the reason', async ({ page }) => {
    await page.goto('#/build')
    const upload = (name: string, text: string) =>
      page
        .locator('input[type="file"]')
        .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as a file' }).click(),
    ])
    const saved: unknown = JSON.parse((await (await file.createReadStream()).toArray()).join(''))
    const alert = page.getByRole('alert')
    await upload('ports.json', JSON.stringify(saved).replaceAll(/"port":\d+/g, '"port":70000'))
    await expect(alert).toContainText('Wave 1, door 1, port: this number is out of range.')
    await upload('script.json', JSON.stringify(saved).replace('{', '{"onload":"alert(1)",'))
    await expect(alert).toContainText('Onload: a level has no such part.')
    await upload('large.json', ' '.repeat(200_000))
    await expect(alert).toContainText('it is too large')
    await upload('photo.json', '{"kind":"photo"}')
    await expect(alert).toContainText('this is a file of something else')
    await page.goto('#/level?z=notalevel')
    await expect(page.getByRole('heading', { name: 'This level cannot be played' })).toBeVisible()
    await page.getByRole('link', { name: 'To the building' }).click()
    await expect(page.getByRole('button', { name: 'Start the shift' })).toBeVisible()
  })
})

const LOG = {
  version: 1,
  days: ['2026-11-24', '2026-11-26'],
  todays: { '2026-11-26': { tries: '1'.repeat(58) + '01', code: '1~20261126~1~c~' } },
  nights: [{ at: MOMENT, right: 64, of: 70, streak: 22, code: '1~n1-~1~c~' }],
  deeds: { labels: 50, hex: 12 },
  missed: ['source-port-is-door'],
}

for (const [name, settings, size] of [
  ['on a laptop', {}, { width: 1280, height: 720 }],
  ['on a phone, in Spanish', { language: 'es' }, { width: 390, height: 844 }],
  ['at 200% on a narrow screen', { textSize: 200 }, { width: 640, height: 800 }],
] as const)
  test(
    `the screens of days, nights, the log and the bench are in order ${name}`,
    again(name !== 'on a phone, in Spanish'),
    async ({ page }) => {
      await page.setViewportSize(size)
      await page.clock.setFixedTime(MOMENT)
      const whole = { version: 1, sound: true, volume: 0.7, motion: 'reduced', textSize: 100, keys: true, ...settings }
      await page.addInitScript(
        (kept) => {
          for (const [key, value] of Object.entries(kept)) localStorage.setItem(`port-authority.${key}`, value)
        },
        { log: JSON.stringify(LOG), progress: JSON.stringify(WON), settings: JSON.stringify(whole) },
      )
      let heading = ''
      for (const where of ['', 'today', 'night', 'log', 'build', 'level?z=AAAA']) {
        await page.goto(`#/${where}`)
        await expect(page.locator('h1')).not.toHaveText(heading)
        heading = await page.locator('h1').innerText()
        await expectNoFaults(page, where)
      }
    },
  )
