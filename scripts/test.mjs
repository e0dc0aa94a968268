// The whole test: types, lint, unit, e2e. The last line says how many passed and failed, whatever happened before it.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'port-authority-'))
const reports = { unit: join(folder, 'unit.json'), e2e: join(folder, 'e2e.json') }
const count = { passed: 0, failed: 0 }

const run = (command, args, env = {}) =>
  spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32', env: { ...process.env, ...env } })
    .status === 0

const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined)

/** A stage that is one check: it passes or fails as a whole. */
const check =
  (title, ...steps) =>
  () => {
    console.log(`\n— ${title}`)
    const passed = steps.every(([command, ...args]) => run(command, args))
    count[passed ? 'passed' : 'failed']++
    return passed
  }

const unit = () => {
  console.log('\n— unit tests')
  const passed = run('npx', ['vitest', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${reports.unit}`])
  const report = read(reports.unit)
  count.passed += report?.numPassedTests ?? 0
  count.failed += report?.numFailedTests ?? 0
  if (!passed && !report?.numFailedTests) count.failed++
  return passed && (report?.numPassedTests ?? 0) > 0
}

const e2e = () => {
  console.log('\n— the game in a real Chromium')
  // All of it, with what is shown twice, is `npm run e2e`.
  const passed = run('npx', ['playwright', 'test', '--grep-invert', '@again'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: reports.e2e,
  })
  const stats = read(reports.e2e)?.stats
  count.passed += stats?.expected ?? 0
  count.failed += (stats?.unexpected ?? 0) + (stats?.flaky ?? 0)
  if (!passed && !stats?.unexpected && !stats?.flaky) count.failed++
  return passed && (stats?.expected ?? 0) > 0
}

const stages = {
  types: check('types', ['npx', 'tsc', '--noEmit']),
  lint: check(
    'lint and format',
    ['npx', 'oxlint', '-c', 'oxlint.config.mjs', '--type-aware', '--deny-warnings'],
    ['npx', 'prettier', '--check', '--log-level', 'warn', '.'],
  ),
  unit,
  build: check(
    'build',
    ['npx', 'vite', 'build', '--logLevel', 'warn'],
    ['npx', 'vite', 'build', '--mode', 'test', '--logLevel', 'warn'],
  ),
  e2e,
}

const stopped = Object.entries(stages).find(([, stage]) => !stage())
rmSync(folder, { recursive: true, force: true })
if (stopped) console.log(`\nStopped at: ${stopped[0]}.`)
console.log(`\n${count.passed} passed, ${count.failed} failed`)
process.exit(stopped ? 1 : 0)
