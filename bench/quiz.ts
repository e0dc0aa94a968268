import { chromium } from '@playwright/test'
import { build } from 'vite'
import { CHROMIUM_ARGS, findChromium } from '../scripts/chromium.mjs'
import { median, quantile } from './median'

const ROUNDS = 25
const TARGET = 50

/** The page's script as one text. */
async function pageScript(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry: 'bench/quiz-page.ts', formats: ['iife'], name: 'quizPage' } },
  })
  const [output] = Array.isArray(made) ? made : [made]
  const chunk = output && 'output' in output ? output.output.find((one) => one.type === 'chunk') : undefined
  if (!chunk || !('code' in chunk)) throw new Error('The page of the bench could not be built.')
  return chunk.code
}

/** Milliseconds for the questions of a round of fifty in Chromium, with and without a throttled processor. */
export async function benchQuiz(print: (line: string) => void): Promise<void> {
  const script = await pageScript()
  const executablePath = await findChromium()
  const browser = await chromium.launch({ args: CHROMIUM_ARGS, ...(executablePath && { executablePath }) })
  try {
    const page = await browser.newPage()
    const session = await page.context().newCDPSession(page)
    const times = new Map<number, { readonly first: number; readonly later: readonly number[] }>()
    for (const rate of [1, 4]) {
      await session.send('Emulation.setCPUThrottlingRate', { rate })
      await page.goto('about:blank')
      await page.addScriptTag({ content: script })
      const rounds = await page.evaluate(
        (count) => Array.from({ length: count }, (_, seed) => window.roundOfFifty?.(seed) ?? Number.NaN),
        ROUNDS,
      )
      const [first = Number.NaN, ...later] = rounds
      times.set(rate, { first, later })
      print(
        `50 questions, processor ${rate === 1 ? 'as it is   ' : `throttled ${rate}x`}: the first round ${first.toFixed(0)} ms, later ones ${median(later).toFixed(1)} ms (p95 ${quantile(later, 0.95).toFixed(1)})`,
      )
    }
    const [plain, slow] = [times.get(1), times.get(4)]
    print(`throttled / as it is: ${(median(slow?.later ?? []) / median(plain?.later ?? [])).toFixed(1)}`)
    print(`target: under ${TARGET} ms throttled 4x; a round shows its first question after one fiftieth of it`)
  } finally {
    await browser.close()
  }
}
