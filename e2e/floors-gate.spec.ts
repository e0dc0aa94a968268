import { adviceFor, expectWon, open, playTo, skipTo, tap, winWithEachHand, writePlan } from './advice'
import { expectNoFaults } from './faults'
import { PHONE } from './in-order'
import { doors, press, settled } from './play'
import { expect, test } from './support'

// Mouse, finger and keyboard act in one browser.
test.use({ hasTouch: true })

for (const id of ['4.2', '4.3', '4.4', '4.6'])
  test(`level ${id} takes mouse, finger and keyboard, has no accessibility fault at either size, and is won`, async ({
    page,
  }) => {
    await winWithEachHand(page, id)
  })

test('a line of the board can be chosen on the board itself', async ({ page }) => {
  await open(page, '4.2')
  const { key } = await adviceFor(page)
  await page.locator('.board .rule button', { has: page.locator(`.rule-number:text-is("${key}")`) }).click()
  await expect.poll(() => settled(page)).toBe(1)
  await expect(page.locator('.board .decided .rule-number')).toHaveText(key ?? '')
})

test('level 4.1 begins dark, each knock draws its mark, and someone who only hears the page wins it', async ({
  page,
}) => {
  await open(page, '4.1')
  await expect(doors(page)).toHaveCount(0)
  const board = page.getByRole('region', { name: /The board: nmap/ })
  // Some knocks of either wave are heard, and the last one; the model makes the others.
  for (const turn of [0, 1, 2, 7, 8, 9, 10, 15]) {
    await skipTo(page, turn)
    if (turn === 7) {
      await expect(doors(page)).not.toHaveCount(0)
      await expect(board).toContainText('filtered')
      await expectNoFaults(page)
      await page.setViewportSize(PHONE)
      await expectNoFaults(page)
    }
    const heard = (await page.locator('.feedback [role=status]').innerText()).split('Next: ').at(-1) ?? ''
    const [, answer = ''] = /came back: (.*)/.exec(heard) ?? []
    const udp = heard.startsWith('UDP')
    const name = answer.startsWith('Nothing')
      ? udp
        ? 'Cannot tell'
        : 'Filtered'
      : /Flags \[S\.\]/.test(answer)
        ? 'Open'
        : /Flags \[R/.test(answer) || /port \d+ unreachable/.test(answer)
          ? 'Closed'
          : 'Filtered'
    await press(page.getByRole('button', { name: new RegExp(`^${name}`) }))
    if (turn < 15) await expect.poll(() => settled(page)).toBe(turn + 1)
  }
  await expectWon(page)
})

test('level 4.5 is planned with a finger: the meter counts what the street reaches, and the night goes well', async ({
  page,
}) => {
  await open(page, '4.5')
  await expectNoFaults(page)
  await page.setViewportSize(PHONE)
  await expectNoFaults(page)
  const meter = page.locator('.bench-meter')
  await expect(meter).toContainText('Strangers reach 9 doors')
  const lamp = page.getByLabel('6379/tcp redis')
  await lamp.selectOption('127.0.0.1')
  await page.getByLabel('23/tcp telnetd').selectOption('out')
  await expect(meter).toContainText('Strangers reach 7 doors')
  const { plan } = await adviceFor(page)
  if (plan) await writePlan(page, plan, tap)
  // The night runs by itself.
  await expect.poll(() => settled(page)).toBeGreaterThan(2)
  await skipTo(page, 24)
  await page.keyboard.press('n')
  await expectWon(page)
})

test('rules are ordered by dragging, and by the buttons beside them', async ({ page }) => {
  await open(page, '4.7')
  const rules = page.locator('.bench-rule')
  for (const port of ['tcp 443', 'tcp 22', 'tcp 5432']) {
    await page.getByRole('button', { name: 'Add a rule' }).click()
    await rules
      .last()
      .getByLabel(/To port/)
      .selectOption(port)
  }
  const order = () =>
    rules
      .getByLabel(/To port/)
      .evaluateAll((all) => all.map((one) => one instanceof HTMLSelectElement && one.selectedOptions[0]?.label))
  const [first, last] = [rules.nth(0).locator('.bench-handle'), rules.nth(2)]
  await first.hover()
  await page.mouse.down()
  await last.hover()
  await page.mouse.up()
  expect(await order()).toEqual(['tcp 22', 'tcp 5432', 'tcp 443'])
  await press(page.getByRole('button', { name: 'Move rule 3 up' }))
  expect(await order()).toEqual(['tcp 22', 'tcp 443', 'tcp 5432'])
  await press(page.getByRole('button', { name: 'Take rule 1 down' }))
  expect(await order()).toEqual(['tcp 443', 'tcp 5432'])
})

test('the night stands still at the first loss, and the pointer stays at the rule that decided', async ({ page }) => {
  await open(page, '4.7')
  await page.getByRole('button', { name: 'Add a rule' }).click()
  await page.getByLabel('Rule 1: Then').selectOption('drop')
  await page.getByRole('button', { name: 'Let the night come' }).click()
  await expect(page.locator('.bench-lost')).toContainText('The night stands still.')
  await expect(page.locator('.feedback.wrong')).toContainText('Rule 1 decided. The house wanted this visit.')
  await expect(page.locator('.bench-rule.decided')).toHaveCount(1)
})

test('level 4.7 is won from the keyboard: the attacks come by 443, and each is explained', async ({ page }) => {
  await open(page, '4.7')
  await playTo(page, 'keys', 1)
  const asked = page.getByText(/It came by 443, as every customer does/)
  await expect(asked.first()).toBeVisible()
  await expect(page.getByRole('button', { name: /^Closed ports/ })).toBeVisible()
  await expectNoFaults(page)
  await playTo(page, 'keys')
  await expectWon(page)
})
