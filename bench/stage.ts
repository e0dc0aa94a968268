import type { CDPSession, Page } from '@playwright/test'
import { withGame } from './browser'
import { quantile } from './median'

const FRAME = 16.7
const FRAMES = 150

/** JavaScript per frame of the running game, from the browser's own profile of the main thread. */
async function framesOf(page: Page): Promise<readonly number[]> {
  return page.evaluate(
    (frames) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = []
        const own = window.requestAnimationFrame.bind(window)
        let cost = 0
        window.requestAnimationFrame = (callback) =>
          own((now) => {
            const begin = performance.now()
            callback(now)
            cost += performance.now() - begin
          })
        const tick = () => {
          times.push(cost)
          cost = 0
          if (times.length < frames) own(tick)
          else {
            window.requestAnimationFrame = own
            resolve(times.slice(20))
          }
        }
        own(tick)
      }),
    FRAMES,
  )
}

async function throttle(session: CDPSession, rate: number): Promise<void> {
  await session.send('Emulation.setCPUThrottlingRate', { rate })
}

/** The stage with many packets in flight, and how soon it answers an input. */
export async function benchStage(print: (line: string) => void): Promise<void> {
  await withGame('test', async (browser, url) => {
    for (const rate of [1, 4]) {
      for (const count of [30, 300, 1000]) {
        const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
        // The runner names inner functions with a helper that the page does not have.
        await page.addInitScript({ content: 'globalThis.__name = (value) => value' })
        await page.goto(`${url}#/shift/1.6?seed=abc`)
        await page.getByRole('button', { name: 'Start the shift' }).click()
        await page.locator('.stage.ready').waitFor()
        await page.evaluate(flood, count)
        const session = await page.context().newCDPSession(page)
        await throttle(session, rate)
        const times = await framesOf(page)
        const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)]
        const target = rate === 4 && count === 300 ? ' (target at p95: under 50%)' : ''
        print(
          `${String(count).padStart(4)} packets, ${rate}x throttle: p50 ${p50.toFixed(1)} ms = ${((p50 / FRAME) * 100).toFixed(0)}%, p95 ${p95.toFixed(1)} ms = ${((p95 / FRAME) * 100).toFixed(0)}% of a frame${target}`,
        )
        if (count === 30 && rate === 4)
          print(`input to first visible answer at 4x throttle: ${(await answerTime(page)).toFixed(0)} ms (target 50)`)
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
