import { act, door, openLevel, papers, playThrough, press, readPapers, result, settled } from './play'
import { expect, test } from './support'

test.use({ contextOptions: { reducedMotion: 'no-preference' } })

test('a whole level is played through the accessible tree alone, and the next door opens', async ({ page }) => {
  await openLevel(page, '1.1')
  await playThrough(page, 10)
  await expect(page.getByRole('img', { name: '3 stars of 3' })).toBeVisible()
  await page.getByRole('button', { name: 'Next: The return address' }).click()
  await expect(page.getByRole('heading', { name: 'The return address' })).toBeVisible()
})

for (const [id, packets] of [
  ['1.2', 14],
  ['1.3', 16],
  ['1.4', 18],
] as const)
  test(`level ${id} is won by someone who reads its papers`, async ({ page }) => {
    await openLevel(page, id)
    await playThrough(page, packets)
    await expect(page.getByRole('img', { name: '3 stars of 3' })).toBeVisible()
  })

test('the boss is won through the accessible tree alone, also where the papers are lines of tcpdump', async ({
  page,
}) => {
  await openLevel(page, '1.6')
  await playThrough(page, 36)
  await expect(page.getByRole('img', { name: '3 stars of 3' })).toBeVisible()
})

test('level 1.5 shows names on the plates, then on the papers, then asks for ranges', async ({ page }) => {
  const names: Record<string, string> = {
    '80': 'http',
    '443': 'https',
    '25': 'smtp',
    '3306': 'mysql',
    '5432': 'postgresql',
    '51820': 'wireguard',
  }
  await openLevel(page, '1.5')
  for (let turn = 0; turn < 7; turn++) {
    await expect.poll(() => settled(page)).toBe(turn)
    const { protocol, destinationPort } = await readPapers(page)
    const name = names[destinationPort]
    if (name) await press(door(page, name, protocol))
    else await press(page.getByRole('button', { name: 'Refuse' }))
  }
  await page.keyboard.press('b')
  await page.getByRole('searchbox').fill('submission')
  await expect(page.getByRole('dialog')).toContainText('587/tcp')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const numbers = Object.fromEntries(Object.entries(names).map(([number, name]) => [name, number]))
  for (let turn = 7; turn < 14; turn++) {
    await expect.poll(() => settled(page)).toBe(turn)
    const { protocol, destinationPort } = await readPapers(page)
    const number = numbers[destinationPort]
    if (number) await press(door(page, number, protocol))
    else await press(page.getByRole('button', { name: 'Refuse' }))
  }
  for (let turn = 14; turn < 18; turn++) {
    await expect.poll(() => settled(page)).toBe(turn)
    const port = Number((await readPapers(page)).destinationPort)
    await page.keyboard.press(port < 1024 ? 's' : port < 49152 ? 'u' : 'd')
  }
  await expect(result(page)).toBeVisible()
  await expect(page.getByRole('img', { name: '3 stars of 3' })).toBeVisible()
})

test('a wrong verdict says what the network sent, which field decided, and comes back later', async ({ page }) => {
  await openLevel(page, '1.2')
  const { destinationPort } = await readPapers(page)
  const wrong = destinationPort === '22' ? '80' : '22'
  await door(page, wrong, 'TCP').click()
  await expect(page.locator('.feedback.wrong')).toContainText(`Destination port ${destinationPort} decides`)
  await expect(page.locator('.feedback .sent')).toBeVisible()
  expect(await settled(page)).toBe(0)
  for (let turn = 0; turn < 3; turn++) {
    await expect.poll(() => settled(page)).toBe(turn)
    await act(page)
  }
  await expect(page.getByText('tried again')).toBeVisible()
  expect((await readPapers(page)).destinationPort).toBe(destinationPort)
})

test('the result names what was missed and the idea behind it, and its link replays the shift', async ({ page }) => {
  await openLevel(page, '1.4')
  for (let verdicts = 0, missed = false; (await result(page).count()) === 0 && verdicts < 30; verdicts++) {
    const before = await papers(page).innerText()
    const { protocol, destinationPort } = await readPapers(page)
    if (!missed && protocol === 'UDP' && (await door(page, destinationPort, protocol).count()) === 0) {
      missed = true
      await page.keyboard.press('x')
    } else await act(page)
    await expect
      .poll(async () => (await result(page).count()) > 0 || (await papers(page).innerText()) !== before)
      .toBe(true)
    if ((await settled(page).catch(() => 18)) === 18) await expect(result(page)).toBeVisible()
  }
  await expect(page.getByRole('heading', { name: 'What was missed, and why' })).toBeVisible()
  await page.getByText('A closed port simply does not answer, so silence means closed.').click()
  await expect(page.getByText('A closed TCP port answers at once with RST')).toBeVisible()
  await page.getByRole('button', { name: 'Watch it again' }).click()
  await expect(page.getByRole('group', { name: 'A recorded shift' })).toBeVisible()
  await page.getByRole('button', { name: 'Step' }).click()
  await expect(page.locator('.feedback .mark')).toBeVisible()
  await page.getByRole('button', { name: 'Take over' }).click()
  await expect(page.getByRole('group', { name: 'Verdicts' })).toBeVisible()
})

test('rush lets packets keep coming; pausing stops them', async ({ page }) => {
  await page.clock.install()
  await page.goto('#/shift/1.2?seed=abc')
  await page.getByRole('radio', { name: /Rush/ }).check()
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(page.getByText('Pigeonholes')).toBeVisible()
  // In leaps: run through, every picture of these seconds would be drawn.
  const pass = async (seconds: number) => {
    for (let step = 0; step < seconds * 4; step++) await page.clock.fastForward(250)
  }
  await pass(9)
  await expect(page.getByText(/[1-8] of 8 taken/)).toBeAttached()
  await page.keyboard.press('Escape')
  const taken = await page.locator('.pigeonholes .sr-only').innerText()
  await pass(6)
  expect(await page.locator('.pigeonholes .sr-only').innerText()).toBe(taken)
  await page.getByRole('button', { name: 'Go on' }).click()
  await pass(6)
  expect(await page.locator('.pigeonholes .sr-only').innerText()).not.toBe(taken)
})
