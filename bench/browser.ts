import { spawn } from 'node:child_process'
import type { Browser } from '@playwright/test'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { CHROMIUM_ARGS, findChromium } from '../scripts/chromium.mjs'

const PORT = 4192

/** Builds the game, serves it and hands a browser to `use`; ends both. */
export async function withGame(
  mode: 'test' | 'production',
  use: (browser: Browser, url: string) => Promise<void>,
): Promise<void> {
  await build({ mode, logLevel: 'error' })
  const folder = mode === 'test' ? 'dist-test' : 'dist'
  const server = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts', folder], {
    env: { ...process.env, PORT: String(PORT) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await new Promise<void>((resolve, reject) => {
      server.stdout.once('data', () => resolve())
      server.once('exit', () => reject(new Error('The server did not start.')))
    })
    const executablePath = await findChromium()
    const browser = await chromium.launch({ args: CHROMIUM_ARGS, ...(executablePath && { executablePath }) })
    try {
      await use(browser, `http://localhost:${PORT}/`)
    } finally {
      await browser.close()
    }
  } finally {
    server.kill()
  }
}
