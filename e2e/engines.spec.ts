import type { Page } from '@playwright/test'
import type { Page as FirefoxPage } from 'puppeteer-core'
import { launch } from 'puppeteer-core'
import { FIREFOX_PREFERENCES, findFirefox } from '../scripts/firefox.mjs'
import { expect, test } from './support'

const FIREFOX = findFirefox()
const NONE = 'No Firefox here: install one, or name it with FIREFOX_PATH. Daily shifts were compared in Chromium alone.'
if (!FIREFOX) console.warn(NONE)

/** A moment that is Wednesday in California, and Thursday in Japan and by UTC. */
const MOMENT = Date.UTC(2026, 10, 26, 3, 30)

/** Lets it be that moment for good. */
function stop(moment: number): void {
  globalThis.Date = new Proxy(Date, {
    construct: (date, given): Date => Reflect.construct(date, given.length > 0 ? given : [moment]),
    get: (date, name) => (name === 'now' ? () => moment : Reflect.get(date, name)),
  })
}

/** Right or wrong: the same keys for whatever comes to the desk. */
const KEYS = ['1', 'r', '2', 'x', '3', 'i', 'r', '1', 'x', '2', '4', 'r', 'x', '1', '3', '5', 'r', '2'] as const

/** What a shift came to so far: the packets that lie there, what was decided, and the link to all of it. */
const story = () => {
  const { level, seed, waiting, coming, decisions } = window.portAuthority?.store.getState().shift ?? {}
  const log: { readonly trying?: { readonly day: string; readonly code: string } } = JSON.parse(
    localStorage.getItem('port-authority.log') ?? '{}',
  )
  return {
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    packets: JSON.stringify([level?.id, seed, waiting, coming]),
    decisions: (decisions ?? []).map(({ choice, truth, right }) => ({ choice, truth, right })),
    link: log.trying,
  }
}

const settled = () => window.portAuthority?.store.getState().shift.decisions.length ?? -1

/** What is asked of a page, whoever drives it. */
interface Tab {
  readonly go: (address: string) => Promise<unknown>
  readonly until: (selector: string) => Promise<unknown>
  readonly press: (key: (typeof KEYS)[number] | 'Enter') => Promise<void>
  readonly settled: () => Promise<number>
  readonly story: () => Promise<ReturnType<typeof story>>
}

const ofPlaywright = (page: Page): Tab => ({
  go: (address) => page.goto(address),
  until: (selector) => page.waitForSelector(selector),
  press: (key) => page.keyboard.press(key),
  settled: () => page.evaluate(settled),
  story: () => page.evaluate(story),
})

const ofPuppeteer = (page: FirefoxPage): Tab => ({
  go: (address) => page.goto(address),
  until: (selector) => page.waitForSelector(selector),
  press: (key) => page.keyboard.press(key),
  settled: () => page.evaluate(settled),
  story: () => page.evaluate(story),
})

/** Begins Today's shift and presses the keys until ten verdicts are given. */
async function play(tab: Tab, address: string): Promise<ReturnType<typeof story>> {
  await tab.go(`${address}#/today`)
  await tab.until('time[datetime="2026-11-26"]')
  await tab.until('.mode .start')
  await tab.press('Enter')
  await tab.until('.stage.ready')
  for (const key of KEYS) if ((await tab.settled()) < 10) await tab.press(key)
  return tab.story()
}

/** How many colours a picture has. */
const coloursOf = (page: Page, picture: Uint8Array): Promise<number> =>
  page.evaluate(
    async (bytes) => {
      const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }))
      const pencil = new OffscreenCanvas(image.width, image.height).getContext('2d')
      pencil?.drawImage(image, 0, 0)
      const { data } = pencil?.getImageData(0, 0, image.width, image.height) ?? { data: new Uint8ClampedArray() }
      return new Set(new Uint32Array(data.buffer)).size
    },
    [...picture],
  )

test.describe('Today’s shift in another browser', () => {
  test.skip(!FIREFOX, NONE)
  test.use({ timezoneId: 'America/Los_Angeles' })

  test('is the same shift in Firefox, across the date line: packets, verdicts, link and picture', async ({
    page,
    baseURL,
  }) => {
    const firefox = await launch({
      browser: 'firefox',
      executablePath: FIREFOX ?? '',
      headless: true,
      env: { ...process.env, TZ: 'Asia/Tokyo' },
      extraPrefsFirefox: FIREFOX_PREFERENCES,
      defaultViewport: { width: 1280, height: 720 },
    })
    try {
      const other = await firefox.newPage()
      const complaints: string[] = []
      other.on('console', (message) => {
        if (['error', 'warn'].includes(message.type())) complaints.push(message.text())
      })
      other.on('pageerror', (error) => complaints.push(String(error)))
      await other.evaluateOnNewDocument(stop, MOMENT)
      await page.addInitScript(stop, MOMENT)

      const [here, there] = await Promise.all([
        play(ofPlaywright(page), baseURL ?? ''),
        play(ofPuppeteer(other), baseURL ?? ''),
      ])
      expect([here.zone, there.zone]).toEqual(['America/Los_Angeles', 'Asia/Tokyo'])
      expect({ ...there, zone: '' }).toEqual({ ...here, zone: '' })
      expect(here.decisions).toHaveLength(10)
      expect(here.link?.day).toBe('2026-11-26')

      const canvas = await other.$('.canvas')
      const picture = await canvas?.screenshot({ encoding: 'binary' })
      expect(await coloursOf(page, picture ?? new Uint8Array())).toBeGreaterThan(1000)
      expect(complaints).toEqual([])
    } finally {
      await firefox.close()
    }
  })
})
