import { existsSync } from 'node:fs'
import { onPath } from './chromium.mjs'

const NAMES = ['firefox', 'firefox-esr']

const PLACES = ['/Applications/Firefox.app/Contents/MacOS/firefox', 'C:/Program Files/Mozilla Firefox/firefox.exe']

/**
 * The Firefox to test with: the one FIREFOX_PATH names, or an installed one; undefined if there is none. Throws when
 * FIREFOX_PATH names nothing.
 */
export function findFirefox() {
  const given = process.env['FIREFOX_PATH']
  if (given && !existsSync(given)) throw new Error(`FIREFOX_PATH is ${given}, but there is no such file.`)
  return given || (NAMES.map(onPath).find((path) => path !== undefined) ?? PLACES.find((path) => existsSync(path)))
}

/** How the tests start it: WebGL without a graphics card too, and no movement. */
export const FIREFOX_PREFERENCES = {
  'webgl.force-enabled': true,
  'webgl.disable-fail-if-major-performance-caveat': true,
  'ui.prefersReducedMotion': 1,
}
