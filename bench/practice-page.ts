import type { Browser, Page } from '@playwright/test'
import { FACTS, cardsOf, factsInDeck } from '../src/practice/fact'
import { withGame } from './browser'

const REVIEWS = 100_000
const ROUNDS = 9
const THROTTLE = 4
const MOST = 200

/** What was practised for years: all but the first deck, so that there is something new to begin with. */
const CARDS = [...FACTS.values()]
  .filter(({ id }) => !factsInDeck('card-five').some((one) => one.id === id))
  .flatMap(cardsOf)

declare global {
  interface Window {
    /** Milliseconds from the first picture of the session's screen until its first card is on it. */
    started?: number
  }
}

/** Notes how long it takes from the empty screen of a session, when its code has come, to the first card. */
function watchStart(): void {
  let from: number | undefined
  new MutationObserver(() => {
    if (from === undefined && document.querySelector('.practice .waiting')) from = performance.now()
    if (from !== undefined && document.querySelector('.recall')) window.started ??= performance.now() - from
  }).observe(document, { childList: true, subtree: true })
}

/** Writes a log of so many reviews of these cards over some years, as the page itself would have. */
async function plant({
  reviews,
  cards,
}: {
  readonly reviews: number
  readonly cards: readonly string[]
}): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open('port-authority.practice')
    asked.addEventListener('success', () => resolve(asked.result))
    asked.addEventListener('error', () => reject(new Error('The database could not be opened.')))
  })
  const writing = database.transaction('log', 'readwrite')
  const log = writing.objectStore('log')
  const end = Date.now() - 86_400_000
  for (let index = 0; index < reviews; index++) {
    const wrong = index % 11 === 0
    log.add({
      id: `planted-${index.toString(36)}`,
      at: end - Math.floor((reviews - index) / 300) * 86_400_000 + (index % 300) * 7500,
      kind: 'review',
      card: cards[index % cards.length],
      way: 'type',
      input: 'keyboard',
      right: !wrong,
      grade: wrong ? 1 : 3,
      utcOffset: 0,
      firstKey: 1200 + (index % 700),
      ...(wrong && { taken: 443 }),
    })
  }
  await new Promise((resolve) => writing.addEventListener('complete', resolve))
  database.close()
}

/** Leaves the page as a person does who turns to another tab: it keeps a checkpoint. */
async function leave(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  })
  await page.waitForFunction(
    () =>
      new Promise<boolean>((resolve) => {
        const asked = indexedDB.open('port-authority.practice')
        asked.addEventListener('success', () => {
          const kept = asked.result.transaction('kept').objectStore('kept').get('checkpoint')
          kept.addEventListener('success', () => resolve(kept.result !== undefined))
        })
      }),
    undefined,
    { timeout: 120_000 },
  )
}

/**
 * The quickest of some starts of a session, in milliseconds, at a quarter of the processor's speed: what it costs when nothing
 * else wants the processor.
 */
async function starts(browser: Browser, url: string, reviews: number): Promise<number> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.addInitScript(watchStart)
  await page.goto(`${url}#/practice`)
  await page.waitForSelector('.lobby')
  await page.evaluate(plant, { reviews, cards: CARDS })
  await page.reload()
  await page.waitForSelector('.insights', { timeout: 120_000 })
  await leave(page)
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE })
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await page.goto('about:blank')
    await page.goto(`${url}#/practice/session`)
    await page.waitForSelector('.recall', { timeout: 60_000 })
    times.push((await page.evaluate(() => window.started)) ?? NaN)
  }
  await context.close()
  return Math.min(...times)
}

/** Measures in a browser that has the game at `url`. */
export async function measurePractice(browser: Browser, url: string, print: (line: string) => void): Promise<void> {
  const few = await starts(browser, url, 10)
  const many = await starts(browser, url, REVIEWS)
  print(`from a session's empty screen to its first card, at ${THROTTLE} times throttle, the database opened and read:`)
  print(`  with 10 reviews ${few.toFixed(0)} ms, with ${REVIEWS} reviews ${many.toFixed(0)} ms (target: ${MOST} ms)`)
  print(`  ${(many / few).toFixed(1)} times as long`)
}

/** How soon practice can begin after years of it. */
export const benchPracticePage = (print: (line: string) => void): Promise<void> =>
  withGame('production', (browser, url) => measurePractice(browser, url, print))
