import type { Page } from '@playwright/test'
import { openLevel, papers, result } from './play'
import { expect, test } from './support'

/** All that is true of the running shift, as text. */
const stateOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { waiting, coming, host, decisions, streak, wave, random } =
      window.portAuthority?.store.getState().shift ?? {}
    // In calm mode a link keeps no times.
    const verdicts = decisions?.map(({ at: _at, ...verdict }) => verdict)
    return JSON.stringify({ waiting, coming, host, verdicts, streak, wave, random })
  })

/** Plays level 2.2 to its end, wrong at the third and the seventh parcel, and notes every state on the way. */
async function playNoting(page: Page): Promise<readonly string[]> {
  await openLevel(page, '2.2', 'links')
  const states = [await stateOf(page)]
  for (
    let turn = 0;
    (await page.evaluate(() => window.portAuthority?.store.getState().shift.finished)) === false;
    turn++
  ) {
    await page.evaluate(
      (wrong) => {
        const { store, truth } = window.portAuthority ?? {}
        const choice = truth?.()
        const { shift, decide } = store?.getState() ?? {}
        if (!choice || !shift || !decide) throw new Error('Nobody waits.')
        const other = shift.host.sockets.find(({ id, peer }) => peer && !('socket' in choice && choice.socket === id))
        decide(wrong && other ? { kind: 'connection', socket: other.id } : choice)
      },
      turn === 2 || turn === 6,
    )
    states.push(await stateOf(page))
  }
  await expect(result(page)).toBeVisible()
  return states
}

test('a replay link gives another browser the same states, packet by packet', async ({ page, browser }) => {
  const states = await playNoting(page)
  await page.getByRole('button', { name: 'Watch it again' }).click()
  const { hash } = new URL(page.url())
  expect(hash.length).toBeLessThan(120)
  const elsewhere = await (await browser.newContext()).newPage()
  await elsewhere.goto(page.url())
  await expect(papers(elsewhere)).toBeVisible()
  expect(await stateOf(elsewhere)).toBe(states[0])
  for (const state of states.slice(1)) {
    await elsewhere.getByRole('button', { name: 'Step' }).click()
    await expect.poll(() => stateOf(elsewhere)).toBe(state)
  }
  await elsewhere.context().close()
})

test('a result link shows what was reached and missed, and each miss can be seen again and taken over', async ({
  page,
  browser,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await playNoting(page)
  await page.getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByText('Link copied')).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toContain('#/result/')
  const elsewhere = await (await browser.newContext()).newPage()
  await elsewhere.goto(link)
  await expect(result(elsewhere)).toBeVisible()
  for (const what of ['.figures', '.missed'])
    expect(await elsewhere.locator(what).innerText()).toBe(await page.locator(what).innerText())
  await elsewhere.getByRole('button', { name: 'See it again' }).last().click()
  await expect(elsewhere.getByRole('group', { name: 'A recorded shift' })).toContainText(/[1-9]\d* of \d+/)
  await elsewhere.getByRole('button', { name: 'Step' }).click()
  await expect(elsewhere.locator('.feedback.wrong .labels')).toBeVisible()
  await elsewhere.getByRole('button', { name: 'Take over' }).click()
  await expect(elsewhere.getByRole('group', { name: 'Verdicts' })).toBeVisible()
  await elsewhere.context().close()
})

test('a result link that was cut off says so and leads home', async ({ page }) => {
  await page.goto('#/result/1~2.2~k~c~W0')
  await expect(page.getByRole('heading', { name: 'This link leads nowhere' })).toBeVisible()
  await page.getByRole('link', { name: 'To the building' }).click()
  await expect(page.getByRole('button', { name: /Start the shift|Go on/ })).toBeVisible()
})
