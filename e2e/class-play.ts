import type { Browser, BrowserContext, Page } from '@playwright/test'
import type { QuestionSet } from '../src/quiz/set'
import { complaintsOf, expect } from './support'

/** A class with everybody in a browser of their own. */
export interface Classroom {
  readonly code: string
  readonly teacher: Page
  readonly wall: Page
  readonly phones: readonly Page[]
  /** What the server sent to a phone, one text for each message. */
  readonly heard: (phone: Page) => readonly string[]
  /** One phone more, at the door. */
  readonly phone: () => Promise<Page>
  /** Ends all of it, and fails where a page complained of anything but a lost connection. */
  readonly close: () => Promise<void>
}

// Whoever is in flight mode, or whose teacher restarts, has no connection: browsers say so.
const LOST = /ERR_INTERNET_DISCONNECTED|WebSocket|class\/socket|ERR_NETWORK_CHANGED/

export interface Opening {
  readonly way?: 'Live quiz' | 'Peer instruction' | 'Race' | 'Self-paced' | 'Team shift'
  /** Presses what stands behind "More" before the room is opened. */
  readonly more?: (teacher: Page) => Promise<void>
  readonly phones?: number
  /** A question set that the teacher has in this browser, and asks. */
  readonly set?: QuestionSet
}

/** Opens a room with one press, a projector beside it, and so many phones at the door. */
export async function openClassroom(
  browser: Browser,
  { way, more, phones = 6, set }: Opening = {},
): Promise<Classroom> {
  const contexts: BrowserContext[] = []
  const complaints: (readonly string[])[] = []
  const frames = new Map<Page, string[]>()
  const page = async (width: number, height: number): Promise<Page> => {
    // Eight pages whose stars twinkle are more than a machine without a graphics card draws.
    const context = await browser.newContext({
      viewport: { width, height },
      hasTouch: width < 500,
      reducedMotion: 'reduce',
    })
    contexts.push(context)
    const opened = await context.newPage()
    complaints.push(complaintsOf(opened))
    const heard: string[] = []
    frames.set(opened, heard)
    opened.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => void heard.push(String(payload)))
    })
    return opened
  }
  const teacher = await page(1280, 720)
  if (set)
    await teacher.addInitScript(([key, sets]) => localStorage.setItem(key, sets), [
      'port-authority.sets',
      JSON.stringify({ version: 1, sets: [set] }),
    ] as const)
  await teacher.goto('#/class')
  if (set) await teacher.getByLabel('From your sets').selectOption(set.id)
  if (way) await teacher.locator('.way-card', { hasText: way }).click()
  if (more) {
    await teacher.getByText('More', { exact: true }).click()
    await more(teacher)
  }
  await teacher.getByRole('button', { name: /^Open the room/ }).click()
  const shown = teacher.locator('.host-code')
  await expect(shown).toHaveText(/^[2-9A-HJKMNP-Z]{6}$/)
  const code = (await shown.textContent()) ?? ''

  const wall = await page(1920, 1080)
  const popup = teacher.waitForEvent('popup')
  await teacher.keyboard.press('w')
  const opened = await popup
  await opened.waitForURL(/\/wall\?w=/)
  await wall.goto(opened.url())
  await opened.close()
  await expect(wall.locator('.wall-code')).toHaveText(code)

  const phone = async () => {
    const one = await page(390, 844)
    await one.goto(`#/class/${code}`)
    return one
  }
  const all: Page[] = []
  for (let count = 0; count < phones; count++) all.push(await phone())
  return {
    code,
    teacher,
    wall,
    phones: all,
    heard: (one) => frames.get(one) ?? [],
    phone,
    close: async () => {
      await Promise.all(contexts.map((context) => context.close()))
      expect(complaints.flat().filter((complaint) => !LOST.test(complaint))).toEqual([])
    },
  }
}

/** Joins with one press, and gives the name that was drawn. */
export async function join(phone: Page): Promise<string> {
  await phone.getByRole('button', { name: 'Join' }).click()
  const you = phone.locator('.phone-me strong')
  await expect(you).toBeVisible()
  return (await you.textContent()) ?? ''
}

/** Does what stands on the teacher's large button, with the mouse or with the key for it. */
export async function proceed(
  { teacher }: Pick<Classroom, 'teacher'>,
  name: RegExp,
  hand: 'mouse' | 'key' = 'mouse',
): Promise<void> {
  const button = teacher.locator('.host-now .primary')
  await expect(button).toHaveText(name)
  if (hand === 'mouse') await button.click()
  else await teacher.keyboard.press('Enter')
}

/** Waits until a phone may answer. */
export const asked = (phone: Page) => expect(phone.locator('.phone-question:not(.closed)')).toBeVisible()

/** Gives an answer: the option at this place, or something typed. */
export async function answer(phone: Page, place: number): Promise<void> {
  await asked(phone)
  const field = phone.locator('.typed input')
  const options = phone.locator('.answers .option')
  if ((await field.count()) > 0) await field.fill(String(80 + place))
  else await options.nth(place % (await options.count())).click()
  const handIn = phone.getByRole('button', { name: 'Hand in' })
  if ((await handIn.count()) > 0) await handIn.click()
}

/** What a phone says has become of its answer. */
export const handed = (phone: Page) => phone.locator('.handed-title')

/** Right, wrong, or no answer, once it may be seen. */
export const verdict = (phone: Page) => phone.locator('.outcome')
