import { adviceFor, click, expectWon, follow, playTo, skipTo } from './advice'
import { openLevel, papers, press, result } from './play'
import { expect, test } from './support'

test('raw paper is read and won by keys alone, where options shift the ports too', async ({ page }) => {
  await openLevel(page, '7.1')
  await playTo(page, 'keys', 8)
  // Each third header has an option of four bytes, and the field under a byte is named all the same.
  await page.locator('.hex .byte').nth(38).click()
  await expect(page.locator('.hex-field')).toContainText(/source port: \d+ \(bytes 38 to 39\)/)
  await playTo(page, 'keys')
  await expectWon(page)
})

test('the recorded night is sorted with the mouse: an ICMP error by the packet that it quotes, clients by who began', async ({
  page,
}) => {
  await openLevel(page, '7.2')
  await skipTo(page, 7)
  // The last lines of a conversation do not say who began it.
  await expect(page.locator('.print .prompt')).toContainText('| tail -n 2')
  await page.getByRole('button', { name: 'Cannot tell' }).click()
  await expect(page.locator('.feedback')).toContainText('no SYN in these lines')
  await expect(papers(page).locator('.details')).toHaveText('quotes UDP 192.0.2.150:58212 → 198.51.100.9:443')
  await page.getByRole('button', { name: 'Drop' }).click()
  await expect(page.locator('.feedback.wrong')).toContainText('the packet that it quotes was sent to 198.51.100.9:443')
  // It comes back after three others.
  await skipTo(page, 11)
  await playTo(page, click, 12)
  await skipTo(page, 29)
  await follow(page, await adviceFor(page), click)
  await expect(result(page)).toBeVisible()
  await expect(page.locator('.debrief')).toHaveText(/^One click, ten conversations\./)
})

test('the last night leans to what its player follows, is one a day, and tells the strongest and the weakest ideas', async ({
  page,
  browser,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.clock.setFixedTime(Date.UTC(2026, 10, 26, 12))
  const log = { version: 1, days: [], todays: {}, nights: [], deeds: {}, missed: Array(6).fill('stateless-remembers') }
  await page.addInitScript((kept) => localStorage.setItem('port-authority.log', kept), JSON.stringify(log))
  await page.goto('#/shift/7.3')
  await expect(page).toHaveURL(/#\/shift\/7\.3-[0-9a-z]{2}6\?seed=[0-9a-z]+$/)
  await expect(page).toHaveTitle(/^7\.3 The all-nighter/)
  await page.getByRole('button', { name: 'Start the shift' }).press('Enter')
  await expect(papers(page)).toBeVisible()
  // By hand at the first computer and at the fourth.
  await playTo(page, 'keys', 1)
  await skipTo(page, 40)
  await playTo(page, 'keys', 41)
  await page.evaluate(() => {
    const { store, truth } = window.portAuthority ?? {}
    if (!store) return
    for (let choice = truth?.(); choice; choice = truth?.()) {
      const [arrival] = store.getState().shift.waiting
      const wrong = arrival?.asks === 'tell' && arrival.attempt === 1 ? arrival.options : []
      const astray = wrong.find(({ misconception }) => misconception === 'k8s-port-is-targetport')
      store.getState().decide(astray ? { kind: 'tell', told: astray.told } : choice)
    }
  })
  await expect(result(page)).toBeVisible()
  await expect(page.locator('.weakest li').first()).toContainText(/^port, targetPort and nodePort are one/)
  await expect(page.locator('.strongest li')).toHaveCount(3)
  await page.getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByText('Link copied')).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())

  const elsewhere = await (await browser.newContext({ serviceWorkers: 'block' })).newPage()
  await elsewhere.goto(link)
  await expect(elsewhere.locator('.figures')).toHaveText(await page.locator('.figures').innerText(), {
    useInnerText: true,
  })
  await expect(elsewhere.locator('.shift-ideas')).toHaveText(await page.locator('.shift-ideas').innerText(), {
    useInnerText: true,
  })
  await elsewhere.context().close()
  // Played again, it knows more.
  await press(page.getByRole('button', { name: 'Play again' }))
  await expect(page).toHaveURL(/#\/shift\/7\.3-[0-9a-z]{4,}\?/)
})
