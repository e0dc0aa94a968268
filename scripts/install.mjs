// What `npm start` and `npm test` need and do not find, they install: packages, and (with --tests) a Chromium and a Redis.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'

const STAMP = 'node_modules/.installed-for'
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Port Authority needs Node.js 20.19 or later; this is ${process.versions.node}. Get a newer one at nodejs.org.`,
  )
  process.exit(1)
}

const run = (command, args, options = {}) =>
  spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32', ...options }).status === 0

/** The packages are there when they were installed for this very lock file. */
const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
const installed = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted
if (!installed) {
  console.log('Installing the packages …')
  if (!run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])) {
    console.error('npm ci failed: its message above says why. Without a network there is nothing to install from.')
    process.exit(1)
  }
  writeFileSync(STAMP, wanted)
}

if (process.argv.includes('--tests')) {
  const { findChromium } = await import('./chromium.mjs')
  const { findRedis } = await import('./redis.mjs')
  try {
    if (!(await findChromium())) await getChromium(findChromium)
    if (!findRedis()) getRedis(findRedis)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}

/** Playwright's own download first, then the system's package manager. */
async function getChromium(findChromium) {
  console.log('Looking for a Chromium: asking Playwright for its own …')
  run('npx', ['playwright', 'install', 'chromium'], { timeout: 240_000, stdio: ['ignore', 'ignore', 'ignore'] })
  if (await findChromium()) return
  installWithApt('chromium')
  if (await findChromium()) return
  throw new Error(
    'The tests play the game in a real Chromium, and none could be found or installed.\n' +
      'Install Chromium or Chrome, or name one: CHROMIUM_PATH=/path/to/chromium npm test',
  )
}

function getRedis(findRedis) {
  // Debian starts what it installs; the tests start their own.
  installWithApt('redis-server', { RUNLEVEL: '1' })
  if (!findRedis())
    console.error(
      'No redis-server could be found or installed: the tests with several nodes will be skipped.\n' +
        'Install Redis, or name one: REDIS_SERVER=/path/to/redis-server npm test',
    )
}

/** Where there is apt and the right to use it. */
function installWithApt(name, env = {}) {
  const root = process.getuid?.() === 0
  const sudo = !root && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
  if (!root && !sudo) return
  console.log(`Asking apt for ${name} …`)
  const options = { env: { ...process.env, ...env } }
  const apt = (...args) => (root ? run('apt-get', args, options) : run('sudo', ['-n', 'apt-get', ...args], options))
  if (apt('update', '-qq')) apt('install', '-y', '-qq', name)
}
