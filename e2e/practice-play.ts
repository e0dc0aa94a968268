import type { Page } from '@playwright/test'

import type { CardId, Direction, FactId } from '../src/practice/card'
import type { Fact } from '../src/practice/fact'
import { FACTS } from '../src/practice/fact'
import type { LogEvent } from '../src/practice/log'
import { rangeOf } from '../src/ports/range'
import { practiceAsks as words } from '../src/words/en/practice-asks'
import { expect } from './support'

const plain = (text: string): string => text.replaceAll('`', '')

/** What a card is about and how it is answered, as a person reads it from the page. */
interface Task {
  readonly fact: Fact
  readonly direction: Direction
  /** What to choose, and what to type. */
  readonly option: string
  readonly typed: string
}

const named = (fact: Fact): string => words.service(fact.id, fact.name)

const taskOf = (fact: Fact, direction: Direction): Task => {
  const transports = fact.transports.length > 1 ? 'both' : (fact.transports[0] ?? fact.protocol)
  const [option, typed] = {
    number: [String(fact.port), String(fact.port)],
    name: [named(fact), fact.registered ?? named(fact)],
    transport: [words.transport.options[transports], ''],
    twin: [String(fact.twin), String(fact.twin)],
    range: [words.range.options[rangeOf(fact.port)], ''],
  }[direction]
  return { fact, direction, option: option ?? '', typed: typed ?? '' }
}

/** Every question that says by itself which card it is. */
const TASKS: ReadonlyMap<string, Task> = new Map(
  [...FACTS.values()].flatMap((fact) => {
    const name = named(fact)
    const { number, name: ofName, transport, twin, range } = words
    const stems: readonly (readonly [string, Direction])[] = [
      [number.type(name, fact.protocol), 'number'],
      [number.pair(name, fact.protocol), 'number'],
      [number.door(name, fact.protocol), 'number'],
      [ofName.type(fact.id), 'name'],
      [ofName.pair(fact.id), 'name'],
      [ofName.door(fact.id), 'name'],
      [transport.stem(name, fact.port), 'transport'],
      [twin.stem(name, fact.id), 'twin'],
      [range.stem(fact.port), 'range'],
    ]
    return stems.map(([stem, direction]) => [plain(stem), taskOf(fact, direction)] as const)
  }),
)

/** Reads the card on the screen. */
export async function readCard(page: Page): Promise<Task> {
  const stem = (await page.locator('.recall h1').innerText()).replace(/^Card \d+\.\s*/, '').trim()
  const known = TASKS.get(stem)
  if (known) return known
  const lit = page.locator('.sights-place mark')
  const line = await ((await lit.count()) > 0 ? lit : page.locator('.sights-place pre')).first().innerText()
  const [, protocol = 'tcp'] = /^(tcp|udp)\b/.exec(line) ?? []
  const [, port = ''] = /> \S+\.(\d+):/.exec(line) ?? /[:.](\d+)\s/.exec(line) ?? []
  const id: FactId = `${Number(port)}/${protocol === 'udp' ? 'udp' : 'tcp'}`
  const fact = FACTS.get(id)
  if (!fact) throw new Error(`Nobody knows this card: ${stem} ${line}`)
  return taskOf(fact, 'name')
}

export const verdict = (page: Page) => page.locator('.act-bar .act-verdict')

/** Answers the card on the screen by keyboard alone, and waits until that is seen. */
export async function answerCard(page: Page, right = true): Promise<Task> {
  const task = await readCard(page)
  const field = page.locator('.recall .typed input')
  if ((await field.count()) > 0) {
    await expect(field).toBeFocused()
    await page.keyboard.type(right ? task.typed : task.direction === 'name' ? 'nonsense' : '7')
    await page.keyboard.press('Enter')
  } else {
    const options = await page.locator('.option .option-text').allInnerTexts()
    const at = options.findIndex((text) => (text === task.option) === right)
    await page.keyboard.press(String(at + 1))
  }
  await expect(verdict(page)).toHaveText(right ? /Right/ : /Wrong/)
  return task
}

/** Goes on until the session is over, with right answers; returns what was asked. */
export async function finishSession(page: Page): Promise<readonly Task[]> {
  const asked: Task[] = []
  const end = page.locator('.session-end')
  const field = page.locator('.recall:not(.closed)')
  for (let turn = 0; turn < 60; turn++) {
    await expect(end.or(field)).toBeVisible()
    if ((await end.count()) > 0) return asked
    asked.push(await answerCard(page))
    await page.keyboard.press('Enter')
    await expect(verdict(page)).toHaveCount(0)
  }
  throw new Error('The session does not end.')
}

/** Opens practice and waits until it can be begun. */
export async function openPractice(page: Page): Promise<void> {
  await page.goto('#/practice')
  await expect(page.locator('.lobby .primary.start')).toBeVisible()
}

/** A file of somebody who has practised these cards for some days, a review a day, up to `now`. */
export function practised(cards: readonly CardId[], days: number, now: number): string {
  const log = cards.flatMap((card, index) =>
    Array.from({ length: days }, (_, day): LogEvent => ({
      id: `planted-${(index * days + day).toString(36)}`,
      at: now - (days - day) * 86_400_000 + index,
      kind: 'review',
      card,
      way: 'type',
      input: 'keyboard',
      right: true,
      grade: 3,
      utcOffset: 0,
    })),
  )
  return JSON.stringify({ kind: 'port-authority practice', version: 1, decks: [], log })
}

/** Both main cards of the first facts of a deck's order. */
export const mainCards = (facts: readonly Fact[]): readonly CardId[] =>
  facts.flatMap(({ id }): readonly CardId[] => [`${id}>name`, `${id}>number`])

/** Takes a file of practice on the screen of own decks. */
export async function takeFile(page: Page, text: string, name = 'practice.json'): Promise<void> {
  await page.goto('#/practice/decks')
  await expect(page.getByRole('heading', { name: 'Own decks' })).toBeVisible()
  await page
    .locator('.own-part input[type=file]')
    .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
  await expect(page.getByText(new RegExp(`^${name.replace('.', '\\.')}`))).toBeVisible()
}
