import type { Locator, Page } from '@playwright/test'
import type { Choice } from '../src/lessons/choice'
import type { Plan, PlannedRule } from '../src/lessons/plan'
import { endpointText } from '../src/net/tuple'
import { keyOfTold } from '../src/ui/shift/tell-keys'
import { expectNoFaults } from './faults'
import { PHONE } from './in-order'
import { press, result, settled } from './play'
import { expect } from './support'

/**
 * What the network model says of the errand at the desk, as a hand does it: a key of the rack, a door (from 0), a window by its
 * label and the port of its door, a label to write (address, port, address, port), or a plan for the night. Nothing of these where
 * the night runs by itself.
 */
export interface Advice {
  readonly key?: string
  readonly door?: number
  readonly window?: { readonly label: string; readonly port: number }
  readonly label?: readonly string[]
  readonly plan?: Plan
}

/** How a button is hit: with the mouse, a finger, or focus and Enter. */
export type Hit = (target: Locator) => Promise<void>

export const click: Hit = (target) => target.click()
export const tap: Hit = (target) => target.tap()

/** The right choice for the errand at the desk with what a hand needs to make it. */
const truthAt = (page: Page) =>
  page.evaluate(() => {
    const { store, truth } = window.portAuthority ?? {}
    const choice = truth?.()
    const shift = store?.getState().shift
    const arrival = shift?.waiting[0]
    if (!choice || !shift || !arrival) throw new Error('Nobody waits at the desk.')
    const options = arrival.asks === 'tell' ? arrival.options : []
    return {
      choice,
      option: options.findIndex(({ told }) => choice.kind === 'tell' && told === choice.told),
      isWritten: arrival.asks === 'reply' || (arrival.asks === 'tell' && arrival.stamps !== undefined),
      socket: 'socket' in choice ? shift.host.sockets.find(({ id }) => id === choice.socket) : undefined,
      doors: shift.host.sockets.filter(({ peer }) => !peer).map(({ id }) => id),
    }
  })

const PLAIN: Readonly<Partial<Record<Choice['kind'], string>>> = { rst: 'r', icmp: 'i', drop: 'x' }

/** What is right for the errand at the desk. Throws where nobody waits. */
export async function adviceFor(page: Page): Promise<Advice> {
  const { choice, option, isWritten, socket, doors } = await truthAt(page)
  const written = choice.kind === 'reply' ? choice : choice.kind === 'tell' && isWritten ? choice.told : undefined
  if (written && 'source' in written)
    return { label: [written.source, written.destination].flatMap(({ address, port }) => [address, String(port)]) }
  if (choice.kind === 'tell') return { key: keyOfTold(choice.told, option) }
  if (choice.kind === 'plan') return { plan: choice.plan }
  if (socket?.peer) return { window: { label: endpointText(socket.peer), port: socket.local.port } }
  if (socket) return { door: doors.indexOf(socket.id) }
  const key = PLAIN[choice.kind]
  return key === undefined ? {} : { key }
}

/** Finds a window in the list of its door by its label, and takes it. */
export async function takeWindow(page: Page, { label, port }: NonNullable<Advice['window']>, hit: Hit): Promise<void> {
  await page.keyboard.press('w')
  const dialog = page.getByRole('dialog')
  const doorsThere = dialog.locator('.window-doors button')
  if ((await doorsThere.count()) > 0) await hit(doorsThere.filter({ hasText: `${port}/` }).first())
  await page.getByRole('searchbox').fill(label)
  await hit(dialog.getByRole('button', { name: label, exact: true }))
}

/** Writes a label with stamps, and sends it; each stamp has a digit as its key. */
export async function writeLabel(page: Page, label: readonly string[], hit: Hit | 'keys'): Promise<void> {
  const stamps = page.locator('.stamps .stamp')
  const texts = (await stamps.allTextContents()).map((text) => text.split(' ')[0])
  for (const stamp of label)
    await (hit === 'keys'
      ? page.keyboard.press(String(texts.indexOf(stamp) + 1))
      : hit(stamps.nth(texts.indexOf(stamp))))
  await expect(page.locator('.reply-label')).toContainText(label.at(-1) ?? '')
  await (hit === 'keys' ? page.keyboard.press('Enter') : hit(page.getByRole('button', { name: 'Send it' })))
}

const fromOf = ({ known, from }: PlannedRule): string =>
  known ? 'known flows (established, related)' : (from ?? 'anyone')

const portsOf = (ports: readonly number[]): string =>
  ports.length === 1 ? `tcp ${ports.join()}` : `tcp { ${ports.join(', ')} }`

/** Writes the boards of a plan as a person does: adds a rule, chooses its parts, sets the policy. */
export async function writePlan(page: Page, { boards }: Plan, hit: Hit): Promise<void> {
  for (const [index, { policy, rules }] of boards.entries()) {
    const board = page.locator('.bench-board').nth(index)
    for (const [place, rule] of rules.entries()) {
      await hit(board.getByRole('button', { name: 'Add a rule' }))
      const part = (name: string) => board.getByLabel(`Rule ${place + 1}: ${name}`)
      await part('From').selectOption(fromOf(rule))
      if (rule.ports) await part('To port').selectOption(portsOf(rule.ports))
      await part('Then').selectOption(rule.action)
    }
    await board.getByLabel('Policy').selectOption(policy)
  }
  await hit(page.getByRole('button', { name: 'Let the night come' }))
}

/** Does what the model advises, with this hand or by keys alone. */
export async function follow(page: Page, advice: Advice, hit: Hit | 'keys'): Promise<void> {
  const { key, door, window, label, plan } = advice
  const pointer: Hit = hit === 'keys' ? press : hit
  if (plan) return writePlan(page, plan, pointer)
  if (window) return takeWindow(page, window, pointer)
  if (label) return writeLabel(page, label, hit)
  if (key !== undefined)
    return hit === 'keys' ? page.keyboard.press(key) : hit(page.locator(`.rack [data-letter="${key}"]`))
  if (door !== undefined)
    return hit === 'keys' ? page.keyboard.press(String(door + 1)) : hit(page.locator('.over.door').nth(door))
  // The night runs by itself; a key calls the next visitor sooner.
  if (hit === 'keys') await page.keyboard.press('n')
}

/** Plays as the model advises until so many errands are settled; all of the shift if left out. */
export async function playTo(page: Page, hit: Hit | 'keys', turns?: number): Promise<void> {
  const all = Number(await page.locator('.topbar .settled .mono').last().innerText())
  for (let done = await settled(page); done < (turns ?? all); done = await settled(page)) {
    await follow(page, await adviceFor(page), hit)
    // After the last one the result replaces the line of state.
    if (done + 1 === all) return
    await expect.poll(() => settled(page)).toBeGreaterThan(done)
  }
}

/** Lets the model itself settle errands until so many are, without a hand: the way to what a test is about. */
export async function skipTo(page: Page, turns: number): Promise<void> {
  await page.evaluate(
    (count) => {
      const { store, truth } = window.portAuthority ?? {}
      for (let turn = 0; turn < count; turn++) {
        const choice = truth?.()
        if (choice) store?.getState().decide(choice)
      }
    },
    turns - (await settled(page)),
  )
  await expect.poll(() => settled(page)).toBe(turns)
}

/** True when the shift is over with three stars. */
export async function expectWon(page: Page): Promise<void> {
  await expect(result(page)).toBeVisible()
  await expect(page.getByRole('img', { name: '3 stars of 3' })).toBeVisible()
}

/** Starts a level whose first errand need not be a packet. */
export async function open(page: Page, id: string): Promise<void> {
  await page.goto(`#/shift/${id}?seed=abc`)
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(page.locator('.stage.ready')).toBeVisible()
}

/** One errand with the mouse, one with a finger, one with the keyboard: the context has a touch screen. */
export async function playWithEachHand(page: Page): Promise<void> {
  const done = await settled(page)
  await playTo(page, click, done + 1)
  await playTo(page, tap, done + 2)
  await playTo(page, 'keys', done + 3)
}

/** Wins a level with every hand, and looks for faults of the page on the way, at two sizes. */
export async function winWithEachHand(page: Page, id: string): Promise<void> {
  await open(page, id)
  await playWithEachHand(page)
  await expectNoFaults(page)
  await page.setViewportSize(PHONE)
  await expectNoFaults(page)
  await playTo(page, 'keys')
  await expectWon(page)
}
