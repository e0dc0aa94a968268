import { defineConfig } from '@playwright/test'
import { CHROMIUM_ARGS, PLAIN_CHROMIUM_ARGS, findChromium } from './scripts/chromium.mjs'

// Two runs at once need a port and a build each.
const PORT = Number(process.env['E2E_PORT'] ?? 4191)
const FOLDER = process.env['E2E_FOLDER'] ?? 'dist-test'
const executablePath = await findChromium()
const launchOptions = (args: string[]) => ({ args, ...(executablePath && { executablePath }) })

// What is about the stage is drawn as players with a graphics card see it; all else needs none, and is quicker without.
const STAGE = ['first-minute', 'floors', 'levels', 'links', 'look'].map((spec) => `**/${spec}.spec.ts`)

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json']],
  use: {
    baseURL: `http://localhost:${PORT}/`,
    // Only offline.spec.ts is about the service worker; elsewhere it would answer for the network that a test changes.
    serviceWorkers: 'block',
    viewport: { width: 1280, height: 720 },
    // Where the processor draws, stars that twinkle cost more than the test. Specs about motion ask for it.
    contextOptions: { reducedMotion: 'reduce' },
  },
  projects: [
    { name: 'card', testMatch: STAGE, use: { launchOptions: launchOptions(CHROMIUM_ARGS) } },
    { name: 'plain', testIgnore: STAGE, use: { launchOptions: launchOptions(PLAIN_CHROMIUM_ARGS) } },
  ],
  webServer: {
    command: `node --import tsx scripts/start.ts ${FOLDER}`,
    env: { PORT: String(PORT) },
    port: PORT,
    reuseExistingServer: false,
    stdout: 'ignore',
  },
})
