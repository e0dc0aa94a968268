import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { answer, questionLink } from './ask'
import { fits, noFault } from './faults'
import { openLevel, papers, press, readPapers } from './play'
import { expect, test } from './support'

test.use({ contextOptions: { reducedMotion: 'no-preference' } })

const recorded = (file: string) => readFileSync(`evidence/views/${file}`, 'utf8')
const ending = (page: Page) => page.locator('.story-ending')
const form = (page: Page) => page.getByRole('form', { name: 'Send a packet' })

const download = async (page: Page, press: () => Promise<void>) => {
  const saving = page.waitForEvent('download')
  await press()
  const saved = await saving
  return { name: saved.suggestedFilename(), bytes: readFileSync(await saved.path()) }
}

test('a packet is sent, a rule is changed, and the way shows what decides; the address holds it all', async ({
  page,
}) => {
  await page.goto('#/sandbox')
  await expect(ending(page)).toContainText('Silence')
  await expect(page.locator('.stops .decides')).toContainText('No rule matches. The policy drops it')
  await expect(page.locator('.stops .decides')).toContainText('Rule 4 does not match (source address)')

  // The fourth rule is for neighbours: without that condition the stranger is let in.
  const rule = page.getByRole('group', { name: 'input' }).getByRole('listitem').nth(3)
  await rule.locator('summary').first().click()
  await rule.getByLabel('From address').fill('')
  await rule.getByLabel('From address').press('Enter')
  await expect(ending(page)).toContainText('Delivered to the lamp at 0.0.0.0:22')
  await expect(page.locator('.stops .decides')).toContainText('The lamp at 0.0.0.0:22 takes it (listener of sshd).')

  await form(page).getByLabel('What').selectOption('data')
  await form(page).getByRole('button', { name: 'Send' }).click()
  await expect(ending(page)).toContainText('Delivered to the window 203.0.113.7:51514 – 192.0.2.10:22')

  await page.reload()
  await expect(page.locator('.parcel')).toHaveCount(2)
  await page.locator('.parcel').nth(1).click()
  await expect(ending(page)).toContainText('connected socket')
})

test('the way is told stop by stop by keyboard alone', async ({ page }) => {
  await page.goto('#/sandbox')
  const stepwise = page.getByRole('button', { name: 'Step by step' })
  await stepwise.focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('.stops > li')).toHaveCount(1)
  await expect(page.locator('.story [role=status]')).toHaveText('SYN leaves 203.0.113.7:51514 for 192.0.2.10:22.')
  await page.getByRole('button', { name: 'Next stop' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('.stops > li')).toHaveCount(2)
  await page.keyboard.press('Enter')
  await expect(page.locator('.stops > li')).toHaveCount(3)
  await expect(page.locator('.story [role=status]')).toContainText('Silence')
})

test('what cannot be a port or an address stays with the reason, and changes nothing', async ({ page }) => {
  await page.goto('#/sandbox')
  const door = page.locator('.builder .piece').first()
  await door.locator('summary').click()
  await door.getByLabel('Port').fill('70000')
  await door.getByLabel('Port').press('Enter')
  await expect(door.getByRole('alert')).toContainText('“70000” is no port')
  await expect(page.locator('.diagram')).toContainText('22')
  await form(page).getByLabel('To address').fill('300.1.1.1')
  await form(page).getByRole('button', { name: 'Send' }).click()
  await expect(form(page).getByRole('alert')).toContainText('“300.1.1.1” is no IP address')
  await expect(page.locator('.parcel')).toHaveCount(1)
})

test('a published port passes by the board for the machine, and the picture shows the annex', async ({ page }) => {
  await page.goto('#/sandbox')
  await page.getByText('Street door: published ports and NAT').click()
  await page.getByRole('button', { name: 'Publish a container’s port' }).click()
  await form(page).getByLabel('To port').fill('8080')
  await form(page).getByRole('button', { name: 'Send' }).click()
  await expect(ending(page)).toContainText('Delivered into web1')
  await expect(page.locator('.stops')).toContainText('Container web1 has published 8080:80')
  await expect(page.locator('.diagram')).toContainText('web1')
})

test('a damaged link is refused with a sentence, and one may begin anew', async ({ page }) => {
  await page.goto('#/sandbox?s=1~AAAA')
  await expect(page.getByRole('alert')).toHaveText(/This link is damaged/)
  await page.goto('#/sandbox?s=9~AAAA')
  await expect(page.getByRole('alert')).toHaveText(/newer version/)
  await page.getByRole('button', { name: 'Begin with an empty building' }).click()
  await expect(page.locator('.diagram svg')).toBeVisible()
})

test('the picture is saved as SVG and PNG, and stands still for who wants no motion', async ({ page }) => {
  await page.goto('#/sandbox')
  const svg = await download(page, () => page.getByRole('button', { name: 'Save as SVG' }).click())
  expect(svg.name).toBe('port-authority-sandbox.svg')
  const text = svg.bytes.toString('utf8')
  expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
  expect(text).toContain('@keyframes flow')
  expect(text).toContain('font-face')
  await page.getByLabel('For paper').check()
  await expect(page.locator('.diagram')).toHaveClass(/light/)
  const png = await download(page, () => page.getByRole('button', { name: 'Save as PNG' }).click())
  expect(png.name).toBe('port-authority-sandbox.png')
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG')
  // 1280 wide in the picture: twice that in pixels.
  expect(png.bytes.readUInt32BE(16)).toBe(2560)

  const flow = page.locator('.diagram .flow').first()
  expect(await flow.evaluate((line) => getComputedStyle(line).animationName)).toBe('flow')
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await expect.poll(() => flow.evaluate((line) => getComputedStyle(line).animationName)).toBe('none')
})

test('a pasted terminal becomes a building that is knocked at from three places, and nothing is sent', async ({
  page,
}) => {
  const asked: string[] = []
  await page.goto('#/terminal')
  await expect(page.locator('.paste-private')).toContainText('Nothing is sent')
  await page.waitForLoadState('networkidle')
  page.on('request', (request) => {
    if (!/\/assets\//.test(request.url())) asked.push(request.url())
  })
  const paste = `me@host:~$ ss -tlnp\n${recorded('ss-tlnp.txt')}me@host:~$ sudo nft list ruleset\n${recorded('nft-server.txt')}hello`
  await page.getByLabel('Output of your terminal').fill(paste)
  await expect(page.locator('.readings')).toContainText('Read: ss, nft')
  await expect(page.locator('.unread')).toContainText('Line')
  await expect(page.locator('.unread code')).toHaveText('hello')
  await expect(page.locator('.diagram')).toContainText('5432')

  await expect(page.locator('.reach')).toHaveText('The internet: 1 door opens.')
  await page.getByRole('button', { name: '192.0.2.10:80 tcp' }).click()
  await expect(ending(page)).toContainText('Delivered to the lamp at 0.0.0.0:80')
  await expect(page.locator('.stops')).toContainText('Rule 4 matches and lets it pass: tcp dport { 80, 443 } accept.')
  await form(page).getByLabel('To port').fill('22')
  await page.getByRole('button', { name: 'Knock' }).click()
  await expect(ending(page)).toContainText('Silence')

  await page.getByRole('radio', { name: 'This machine' }).check()
  await expect(page.locator('.reach')).toContainText('doors open')
  await page.getByRole('button', { name: '127.0.0.1:5432 tcp' }).click()
  await expect(ending(page)).toContainText('Delivered to the lamp at 127.0.0.1:5432')

  await page.getByRole('link', { name: 'Change it in the sandbox' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sandbox')
  await expect(ending(page)).toContainText('Delivered to the lamp at 127.0.0.1:5432')
  expect(asked).toEqual([])
})

test('a paste of which nothing can be read says why, line by line', async ({ page }) => {
  await page.goto('#/terminal')
  await page.getByLabel('Output of your terminal').fill('good morning\ntcp LISTEN 0 128 0.0.0.0:foo 0.0.0.0:*')
  await expect(page.locator('.unread li')).toHaveCount(2)
  await expect(page.locator('.unread')).toContainText('It belongs to no listing that is known here.')
  await expect(page.locator('.unread')).toContainText('foo is a name. Run the command with -n to get numbers.')
})

/** What a link in the feedback opens beside the game. */
const opened = async (page: Page) => {
  const opening = page.context().waitForEvent('page')
  await page.getByRole('link', { name: 'Open in sandbox' }).click()
  return opening
}

test('a wrong answer leads to the sandbox, with the very case', async ({ page }) => {
  await page.goto(questionLink('ps-which-window'))
  await answer(page, 'keys', false)
  const there = await opened(page)
  await expect(there.getByRole('heading', { level: 1 })).toHaveText('Sandbox')
  await expect(there.locator('.story-ending')).toContainText('Delivered to the window')
})

test('a wrong delivery leads to the sandbox, and the shift stays where it is', async ({ page }) => {
  await openLevel(page, '1.3')
  const { destinationPort } = await readPapers(page)
  const others = page
    .getByRole('group', { name: 'Doors' })
    .getByRole('button', { name: new RegExp(`^Door (?!${destinationPort},)`) })
  await press(others.first())
  const there = await opened(page)
  await expect(there.getByRole('heading', { level: 1 })).toHaveText('Sandbox')
  await expect(there.locator('.parcel')).toContainText(`:${destinationPort}`)
  await expect(papers(page)).toBeVisible()
})

for (const [name, width, height] of [
  ['a laptop', 1280, 720],
  ['a phone', 390, 844],
] as const)
  test(`sandbox and terminal are in order on ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto('#/sandbox')
    await expect(page.locator('.diagram svg')).toBeVisible()
    await fits(page)
    await noFault(page)
    await page.goto('#/terminal')
    await page.getByRole('button', { name: 'Show an example' }).click()
    await expect(page.locator('.diagram svg')).toBeVisible()
    await page.locator('.door-chip').first().click()
    await expect(ending(page)).toBeVisible()
    await fits(page)
    await noFault(page)
  })

test('everything is said in Spanish to who reads Spanish', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'es-ES' })
  const page = await context.newPage()
  await page.goto('#/sandbox')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Banco de pruebas')
  await expect(ending(page)).toContainText('Silencio: quien lo envió no oye nada.')
  await expect(page.locator('.diagram')).toContainText('Garita')
  await context.close()
})
