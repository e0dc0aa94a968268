import type { Browser, CDPSession, Page } from '@playwright/test'
import * as v from 'valibot'
import { withGame } from './browser'
import { median, quantile } from './median'

declare global {
  interface Window {
    framesSeen?: number
  }
}

const FRAME = 16.7
const FRAMES = 150

const TraceEvent = v.object({
  name: v.string(),
  ph: v.string(),
  tid: v.number(),
  ts: v.optional(v.number(), 0),
  dur: v.optional(v.number(), 0),
  tdur: v.optional(v.number(), 0),
})
const Trace = v.object({ traceEvents: v.array(TraceEvent) })

/**
 * Milliseconds of JavaScript per frame, as the browser's own trace has them: the processor time of the main thread in all
 * callbacks of one frame. Waiting for the processor while the software renderer has it is not JavaScript's and not in it.
 */
async function framesOf(browser: Browser, page: Page): Promise<readonly number[]> {
  await browser.startTracing(page, { categories: ['devtools.timeline'] })
  await page.waitForFunction(countFrames, FRAMES, { timeout: 120_000 })
  const { traceEvents } = v.parse(Trace, JSON.parse((await browser.stopTracing()).toString()))
  const callbacks = traceEvents
    .filter(({ name, ph }) => name === 'FireAnimationFrame' && ph === 'X')
    .toSorted((a, b) => a.ts - b.ts)
  const frames: number[] = []
  let end = -Infinity
  for (const { ts, dur, tdur } of callbacks) {
    const sameFrame = ts - end < 1000
    frames.push((sameFrame ? (frames.pop() ?? 0) : 0) + tdur / 1000)
    end = ts + dur
  }
  return frames.slice(20)
}

/** True once this many frames have passed since it was first asked. */
function countFrames(frames: number): boolean {
  window.framesSeen = (window.framesSeen ?? 0) + 1
  return window.framesSeen > frames
}

async function throttle(session: CDPSession, rate: number): Promise<void> {
  await session.send('Emulation.setCPUThrottlingRate', { rate })
}

/** The stage with many packets in flight, and how soon it answers an input. */
export async function benchStage(print: (line: string) => void): Promise<void> {
  await withGame('test', async (browser, url) => {
    for (const rate of [1, 4]) {
      for (const count of [30, 300, 1000]) {
        const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, serviceWorkers: 'block' })
        // The runner names inner functions with a helper that the page does not have.
        await page.addInitScript({ content: 'globalThis.__name = (value) => value' })
        await page.goto(`${url}#/shift/1.6?seed=abc`)
        await page.getByRole('button', { name: 'Start the shift' }).click()
        await page.locator('.stage.ready').waitFor()
        await page.evaluate(flood, count)
        const session = await page.context().newCDPSession(page)
        await throttle(session, rate)
        const times = await framesOf(browser, page)
        const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)]
        const target = rate === 4 && count === 300 ? ' (target at p95: under 50%)' : ''
        print(
          `${String(count).padStart(4)} packets, ${rate}x throttle: p50 ${p50.toFixed(1)} ms = ${((p50 / FRAME) * 100).toFixed(0)}%, p95 ${p95.toFixed(1)} ms = ${((p95 / FRAME) * 100).toFixed(0)}% of a frame${target}`,
        )
        if (count === 30 && rate === 4) {
          const [first = NaN, ...later] = await answerTimes(page)
          print(
            `input to first visible answer at 4x throttle: the first ${first.toFixed(0)} ms, then ${median(later).toFixed(0)} ms in the middle of ${later.length} (target 50)`,
          )
        }
        await page.close()
      }
    }
  })
}

/** Fills the wire with copies of the packets that wait. */
function flood(count: number): void {
  const { store } = window.portAuthority ?? {}
  if (!store) throw new Error('The build has no hook for tests.')
  const { shift } = store.getState()
  const waiting = Array.from({ length: count }, (_, id) => {
    const arrival = shift.waiting[id % shift.waiting.length]
    if (!arrival) throw new Error('Nobody waits.')
    return { ...arrival, id }
  })
  store.setState({ shift: { ...shift, waiting } })
}

/** Milliseconds from a key to the first frame in which the page says something about it. */
async function answerTimes(page: Page): Promise<readonly number[]> {
  const times: number[] = []
  for (let input = 0; input < 10; input++) {
    times.push(await answerTime(page))
    await page.waitForFunction(countFrames, FRAMES * 2 + 60 * input, { timeout: 120_000 })
  }
  return times
}

async function answerTime(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const begin = performance.now()
        const observer = new MutationObserver(() => {
          observer.disconnect()
          requestAnimationFrame(() => resolve(performance.now() - begin))
        })
        const line = document.querySelector('.feedback')
        if (line) observer.observe(line, { childList: true, subtree: true, characterData: true, attributes: true })
        window.dispatchEvent(new KeyboardEvent('keydown', { key: 'r', bubbles: true }))
      }),
  )
}
