import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'msedge',
  'microsoft-edge',
]

const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...[process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      join(folder, 'Google/Chrome/Application/chrome.exe'),
      join(folder, 'Microsoft/Edge/Application/msedge.exe'),
    ]),
]

/** Where Playwright keeps the Chromium it downloaded, if it has one. */
async function playwrights() {
  try {
    const { chromium } = await import('@playwright/test')
    return chromium.executablePath()
  } catch {
    return undefined
  }
}

/** The path of a program that the shell would find, or undefined. */
export function onPath(name) {
  const [command, ...args] = process.platform === 'win32' ? ['where', name] : ['sh', '-c', `command -v ${name}`]
  try {
    return (
      execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
        .split('\n')[0]
        ?.trim() || undefined
    )
  } catch {
    return undefined
  }
}

/**
 * A Chromium to test with: the one CHROMIUM_PATH names, an installed one, or Playwright's own; undefined if there is none.
 * Throws when CHROMIUM_PATH names nothing.
 */
export async function findChromium() {
  const given = process.env['CHROMIUM_PATH']
  if (given) {
    if (!existsSync(given)) throw new Error(`CHROMIUM_PATH is ${given}, but there is no such file.`)
    return given
  }
  const installed = NAMES.map(onPath).find((path) => path !== undefined) ?? PLACES.find((path) => existsSync(path))
  if (installed) return installed
  const own = await playwrights()
  return own && existsSync(own) ? own : undefined
}

/** No errands of the browser's own on the network. */
const QUIET_ARGS = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** How the tests start it: software WebGL, so that a picture is the same with and without a graphics card. */
export const CHROMIUM_ARGS = [
  ...QUIET_ARGS,
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  // Without a graphics card the page is painted sooner by the processor itself than by a card that it plays.
  '--disable-gpu-rasterization',
  '--disable-accelerated-2d-canvas',
]

/** A browser that has no graphics card and plays none: a stage is drawn on a plain canvas there. */
export const PLAIN_CHROMIUM_ARGS = [...QUIET_ARGS, '--disable-gpu', '--disable-3d-apis']
