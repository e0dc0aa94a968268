import type { Page } from '@playwright/test'
import axe from 'axe-core'
import { doors, openLevel, papers, press, result, settled } from './play'
import { again, expect, test } from './support'

test.use({ contextOptions: { reducedMotion: 'no-preference' } })

/** What the network model says of the errand at the desk: which key of the rack, which door, or that a plan is asked for. */
interface Advice {
  readonly key?: string
  readonly door?: number
  readonly plan?: readonly BoardAdvice[]
}

interface BoardAdvice {
  readonly policy: string
  readonly rules: readonly { readonly from: string; readonly to: string; readonly does: string }[]
}

const LETTERS: Readonly<Record<string, string>> = {
  pass: 'a',
  drop: 'x',
  refuse: 'r',
  open: 'o',
  closed: 'c',
  filtered: 'f',
  'open|filtered': 'q',
  unseen: 'n',
  understood: 'u',
  'hung-up': 'h',
}

const adviceFor = (page: Page): Promise<Advice> =>
  page.evaluate((letters) => {
    const { store, truth } = window.portAuthority ?? {}
    const choice = truth?.()
    const shift = store?.getState().shift
    const arrival = shift?.waiting[0]
    if (!choice || !shift || !arrival) throw new Error('Nobody waits at the desk.')
    if (choice.kind === 'tell') {
      const { told } = choice
      if (told.kind === 'say') return { key: letters[told.saying] ?? '' }
      if (told.kind === 'line') return { key: told.line === 'policy' ? '0' : String(told.line + 1) }
      const at = arrival.asks === 'tell' ? arrival.options.findIndex(({ told: one }) => one === told) : -1
      return { key: String(at + 1) }
    }
    if (choice.kind === 'plan') {
      const plan = choice.plan.boards.map(({ policy, rules }) => ({
        policy,
        rules: rules.map(({ known, from, ports, action }) => ({
          from: known ? 'known flows (established, related)' : (from ?? 'anyone'),
          to: !ports ? '' : ports.length === 1 ? `tcp ${ports.join()}` : `tcp { ${ports.join(', ')} }`,
          does: action,
        })),
      }))
      return { plan }
    }
    if (choice.kind === 'let') return { key: 'n' }
    const socket = 'socket' in choice ? choice.socket : undefined
    const door = shift.host.sockets.filter(({ peer }) => !peer).findIndex(({ id }) => id === socket)
    if (door >= 0) return { door }
    return { key: choice.kind === 'rst' ? 'r' : choice.kind === 'icmp' ? 'i' : 'x' }
  }, LETTERS)

type Hit = (target: ReturnType<Page['locator']>) => Promise<void>

/** Writes the boards as a person does: adds a rule, chooses its parts, sets the policy. */
async function writeBoards(page: Page, boards: readonly BoardAdvice[], hit: Hit): Promise<void> {
  for (const [index, { policy, rules }] of boards.entries()) {
    const board = page.locator('.bench-board').nth(index)
    for (const [place, { from, to, does }] of rules.entries()) {
      await hit(board.getByRole('button', { name: 'Add a rule' }))
      const part = (name: string) => board.getByLabel(`Rule ${place + 1}: ${name}`)
      await part('From').selectOption(from)
      if (to !== '') await part('To port').selectOption(to)
      await part('Then').selectOption(does)
    }
    await board.getByLabel('Policy').selectOption(policy)
  }
  await hit(page.getByRole('button', { name: 'Let the night come' }))
}

async function play(page: Page, hit: Hit | 'keys'): Promise<void> {
  const packets = Number(await page.locator('.topbar .settled .mono').last().innerText())
  const pointer: Hit = hit === 'keys' ? press : hit
  for (let turn = 0; turn < packets; turn++) {
    await expect.poll(() => settled(page)).toBeGreaterThanOrEqual(turn)
    if ((await settled(page)) > turn) continue
    const { key, door, plan } = await adviceFor(page)
    if (plan) await writeBoards(page, plan, pointer)
    else if (door !== undefined)
      await (hit === 'keys' ? page.keyboard.press(String(door + 1)) : hit(page.locator('.over.door').nth(door)))
    else if (key === 'n' && (await page.getByRole('button', { name: 'Hold the night' }).count()) > 0)
      continue // The night runs by itself.
    else if (hit === 'keys') await page.keyboard.press(key ?? '')
    else await hit(page.locator(`.rack [data-letter="${key ?? ''}"]`))
  }
  await expect(result(page)).toBeVisible()
  await expect(page.getByRole('img', { name: '3 stars of 3' })).toBeVisible()
}

for (const id of ['4.1', '4.3', '4.4', '4.7'])
  test(`level ${id} is won with the mouse`, again(id === '4.4'), async ({ page }) => {
    await (id === '4.1' ? openLevelOutside(page) : openPlanned(page, id))
    await play(page, (target) => target.click())
  })

for (const id of ['4.2', '4.5', '4.6'])
  test(`level ${id} is won from the keyboard alone`, async ({ page }) => {
    await openPlanned(page, id)
    await play(page, 'keys')
  })

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })
  for (const id of ['4.2', '4.5', '4.7'])
    test(`level ${id} is won with a finger`, again(id !== '4.2'), async ({ page }) => {
      await openPlanned(page, id)
      await play(page, (target) => target.tap())
    })
})

test('a line of the board can be chosen on the board itself', async ({ page }) => {
  await openLevel(page, '4.2')
  const { key } = await adviceFor(page)
  await page.locator('.board .rule button', { has: page.locator(`.rule-number:text-is("${key}")`) }).click()
  await expect.poll(() => settled(page)).toBe(1)
  await expect(page.locator('.board .decided .rule-number')).toHaveText(key ?? '')
})

test('rules are ordered by dragging, and by the buttons beside them', async ({ page }) => {
  await openPlanned(page, '4.7')
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

test('the night stands still at the first loss and shows the rule that decided', async ({ page }) => {
  await openPlanned(page, '4.7')
  await page.getByRole('button', { name: 'Add a rule' }).click()
  await page.getByRole('button', { name: 'Let the night come' }).click()
  await expect(page.locator('.bench-lost')).toContainText('Nobody wanted this visit.')
  await expect(page.locator('.bench-rule.decided')).toHaveCount(1)
})

test('the exposure meter counts what the street would reach, lamp by lamp', async ({ page }) => {
  await openPlanned(page, '4.5')
  await expect(page.locator('.bench-meter')).toContainText('Strangers reach 9 doors')
  await page.getByLabel('6379/tcp redis').selectOption('127.0.0.1')
  await page.getByLabel('23/tcp telnetd').selectOption('out')
  await expect(page.locator('.bench-meter')).toContainText('Strangers reach 7 doors')
})

test('outside, the building begins dark, and each knock draws its mark', async ({ page }) => {
  await openLevelOutside(page)
  await expect(doors(page)).toHaveCount(0)
  for (let turn = 0; turn < 7; turn++) {
    await expect.poll(() => settled(page)).toBe(turn)
    const { key } = await adviceFor(page)
    await page.keyboard.press(key ?? '')
  }
  await expect(doors(page)).not.toHaveCount(0)
  await expect(page.getByRole('region', { name: /The board: nmap/ })).toContainText('filtered')
})

/** Where a plan is asked for there are no papers of a packet yet. */
async function openPlanned(page: Page, id: string): Promise<void> {
  await page.goto(`#/shift/${id}?seed=abc`)
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(doors(page).first()).toBeVisible()
}

async function openLevelOutside(page: Page): Promise<void> {
  await page.goto('#/shift/4.1?seed=abc')
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(papers(page)).toBeVisible()
}

test('level 4.1 is won by someone who only hears the page', async ({ page }) => {
  await openLevelOutside(page)
  for (let turn = 0; turn < 16; turn++) {
    await expect.poll(() => settled(page)).toBe(turn)
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
  }
  await expect(result(page)).toBeVisible()
  await expect(page.getByRole('img', { name: '3 stars of 3' })).toBeVisible()
})

for (const viewport of [
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
])
  test.describe(`at ${viewport.width} by ${viewport.height}`, () => {
    test.use({ viewport })
    for (const [id, turns] of [
      ['4.1', 2],
      ['4.2', 2],
      ['4.3', 1],
      ['4.5', 0],
      ['4.6', 4],
      ['5.1', 2],
      ['5.3', 1],
      ['5.5', 10],
    ] as const)
      test(`level ${id} has no accessibility fault and never scrolls sideways`, async ({ page }) => {
        await page.goto(`#/shift/${id}?seed=abc`)
        await page.getByRole('button', { name: 'Start the shift' }).click()
        await expect(page.locator('.stage.ready')).toBeVisible()
        await page.evaluate((count) => {
          const { store, truth } = window.portAuthority ?? {}
          for (let turn = 0; turn < count; turn++) {
            const choice = truth?.()
            if (choice) store?.getState().decide(choice)
          }
        }, turns)
        await expect.poll(() => settled(page)).toBe(turns)
        await page.evaluate(axe.source)
        const { violations } = await page.evaluate<axe.AxeResults>('axe.run()')
        expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html}`)).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      })
  })
