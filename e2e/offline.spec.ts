import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import type { Page } from '@playwright/test'
import { build } from 'vite'
import { CHROMIUM_ARGS, findChromium } from '../scripts/chromium.mjs'
import { readPracticeFile } from '../src/practice/exchange/file'
import { serveFolder } from '../src/server/static'
import { answer, goOn, questionLink, verdict } from './ask'
import { papers, playThrough, press, result } from './play'
import { answerCard, finishSession } from './practice-play'
import { complaintsOf, expect, test } from './support'

test.use({ serviceWorkers: 'allow' })
// One after another: the newer build is made once.
test.describe.configure({ mode: 'default' })

const OLD = { folder: process.env['E2E_FOLDER'] ?? 'dist-test', says: 'Night shift. One server, one address.' }
const NEW = { folder: mkdtempSync(join(tmpdir(), 'port-authority-new-')), says: 'Night shift. The newer house.' }

test.beforeAll(async () => {
  const rewrite = {
    name: 'a newer version',
    transform: (code: string) => code.replaceAll(OLD.says, NEW.says),
  }
  await build({ mode: 'test', logLevel: 'error', build: { outDir: NEW.folder }, plugins: [rewrite] })
})
test.afterAll(() => rmSync(NEW.folder, { recursive: true, force: true }))

/** The files of a build that a page may ask for. */
const filesOf = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^service-worker\.js|\.(?:br|gz)$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name).slice(join(folder, '/').length))
    .toSorted()

/** A server of one build at a time, below a path of its own as on a shared web host. */
async function site(first: string) {
  let serve = serveFolder(first)
  const server = createServer((request, response) => {
    request.url = request.url?.replace(/^\/harbour\//, '/') ?? '/'
    serve(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return {
    url: `http://localhost:${address.port}/harbour/`,
    serve: (folder: string) => (serve = serveFolder(folder)),
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** The end of a first visit: the worker has all files and answers for this page too. */
async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await expect(page.getByRole('heading', { name: OLD.says })).toBeVisible()
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated')
}

/** Comes back to the page as from another window, which is when it looks for a newer version, until one waits. */
async function newerVersionWaits(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  const waiting = () =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting?.state ?? 'none')
  await expect.poll(waiting).toBe('installed')
}

/** Empties the cache that HTTP has in the browser: it promises nothing, and must not hide what the worker does not keep. */
async function forgetHttp(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.clearBrowserCache')
  await devtools.detach()
}

/** Marks this document; the mark is gone once it has been loaded again. */
const mark = (page: Page) => page.evaluate(() => void (document.documentElement.dataset['marked'] = 'yes'))
const marked = (page: Page) => page.evaluate(() => document.documentElement.dataset['marked'] === 'yes')

/** What the browser keeps, as paths within the build. */
const keptBy = (page: Page, url: string): Promise<readonly string[]> =>
  page.evaluate(async (base) => {
    const caches = await Promise.all((await self.caches.keys()).map((name) => self.caches.open(name)))
    const requests = (await Promise.all(caches.map((cache) => cache.keys()))).flat()
    return requests.map((request) => request.url.slice(base.length).replace(/\?.*/, '')).toSorted()
  }, url)

const notice = (page: Page) => page.getByText('A new version is ready.')

test('after the first visit every file of the build is kept, and the browser would install the game', async ({
  page,
}) => {
  const house = await site(OLD.folder)
  await visit(page, house.url)
  expect(await keptBy(page, house.url)).toEqual(filesOf(OLD.folder))
  const devtools = await page.context().newCDPSession(page)
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
  // A context of a test is a private window.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([])
  const { errors, url } = await devtools.send('Page.getAppManifest')
  expect([errors, url]).toEqual([[], `${house.url}manifest.webmanifest`])
  house.close()
})

test('a worker is asked for again each time, and the manifest is called what it is', async ({ request }) => {
  const house = await site(OLD.folder)
  const worker = await request.get(`${house.url}service-worker.js`)
  expect(worker.headers()['cache-control']).toBe('no-cache')
  expect(worker.headers()['content-type']).toContain('text/javascript')
  const manifest = await request.get(`${house.url}manifest.webmanifest`)
  expect(manifest.headers()['content-type']).toContain('application/manifest+json')
  house.close()
})

test('a browser that was closed opens the game without a network: Home, a level, a round, own sets, practice, a capture, Spanish', async () => {
  const house = await site(OLD.folder)
  const profile = mkdtempSync(join(tmpdir(), 'port-authority-profile-'))
  const executablePath = await findChromium()
  const launch = (offline: boolean) =>
    chromium.launchPersistentContext(profile, {
      args: CHROMIUM_ARGS,
      ...(executablePath && { executablePath }),
      viewport: { width: 1280, height: 720 },
      serviceWorkers: 'allow',
      offline,
    })
  const before = await launch(false)
  const first = await before.newPage()
  await visit(first, house.url)
  await forgetHttp(first)
  await before.close()
  house.close()

  const context = await launch(true)
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  await page.goto(house.url)
  await expect(page.getByRole('heading', { name: OLD.says })).toBeVisible()
  expect(await page.evaluate(() => navigator.onLine)).toBe(false)

  await page.goto(`${house.url}#/shift/1.1?seed=abc`)
  await page.reload()
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(page.locator('.stage.ready')).toBeVisible()
  await playThrough(page, 10)
  await expect(result(page)).toBeVisible()

  const deep = await context.newPage()
  complaintsOf(deep)
  await deep.goto(`${house.url}?from=a-link${questionLink('ps-which-window')}`)
  await answer(deep, 'mouse', false)
  await expect(verdict(deep)).toContainText('Wrong')
  await goOn(deep, 'mouse')
  await expect(deep.getByRole('heading', { name: '0 of 1 right' })).toBeVisible()
  await deep.close()

  await page.goto(`${house.url}#/quiz/sets`)
  await expect(page.getByRole('heading', { name: 'Question sets' })).toBeVisible()
  await page.goto(`${house.url}#/practice`)
  await expect(page.locator('.lobby-about').first()).toBeVisible()
  await page.goto(`${house.url}#/practice/decks`)
  await expect(page.getByRole('heading', { name: 'Own decks' })).toBeVisible()
  await page.goto(`${house.url}#/own`)
  await page.getByRole('button', { name: /sample/i }).click()
  await expect(page.getByRole('radio').first()).toBeVisible()
  await page.goto(`${house.url}#/`)
  await press(page.getByRole('button', { name: 'Settings' }))
  await page.getByRole('radio', { name: 'Español' }).check()
  await page.keyboard.press('Escape')
  await page.reload()
  await expect(page.getByText('Lee la 5-tupla.')).toBeVisible()
  expect(complaints).toEqual([])
  await context.close()
  rmSync(profile, { recursive: true, force: true })
})

test('an update waits while a round runs, is offered at Home, and is taken there', async ({ page }) => {
  const house = await site(OLD.folder)
  await visit(page, house.url)
  await page.goto(`${house.url}#/quiz/round?n=5&s=k3&d=2`)
  await answer(page, 'keys', true)
  await mark(page)
  house.serve(NEW.folder)
  await newerVersionWaits(page)
  await goOn(page, 'keys')
  for (let left = 4; left > 0; left--) {
    await answer(page, 'keys', false)
    await expect(notice(page)).toHaveCount(0)
    await goOn(page, 'keys')
  }
  await expect(page.getByRole('heading', { name: '1 of 5 right' })).toBeVisible()
  await expect(notice(page)).toHaveCount(0)

  await page.goto(`${house.url}#/`)
  await expect(notice(page)).toBeVisible()
  await expect(page.getByRole('heading', { name: OLD.says })).toBeVisible()
  expect(await marked(page)).toBe(true)
  await press(page.getByRole('button', { name: 'Reload' }))
  await expect(page.getByRole('heading', { name: NEW.says })).toBeVisible()
  expect(await marked(page)).toBe(false)
  await expect(notice(page)).toHaveCount(0)
  await expect.poll(() => keptBy(page, house.url)).toEqual(filesOf(NEW.folder))
  house.close()
})

test('an update waits while a session of practice runs, and every answer is still there after it', async ({ page }) => {
  const house = await site(OLD.folder)
  await visit(page, house.url)
  await page.goto(`${house.url}#/practice/session`)
  await expect(page.locator('.recall')).toBeVisible()
  const first = await answerCard(page, false)
  await mark(page)
  house.serve(NEW.folder)
  await newerVersionWaits(page)
  await page.keyboard.press('Enter')
  const asked = await finishSession(page)
  expect(asked.some(({ fact }) => fact.id === first.fact.id)).toBe(true)
  await expect(page.getByRole('heading', { name: '3 ports learned.' })).toBeVisible()
  await expect(notice(page)).toHaveCount(0)
  expect(await marked(page)).toBe(true)

  await page.goto(`${house.url}#/`)
  await press(page.getByRole('button', { name: 'Reload' }))
  await expect(page.getByRole('heading', { name: NEW.says })).toBeVisible()
  await page.goto(`${house.url}#/practice/decks`)
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save it to a file' }).click()
  const read = readPracticeFile(readFileSync(await (await saving).path(), 'utf8'))
  expect('log' in read && read.log.length).toBe(asked.length + 1)
  house.close()
})

test('an update that one page takes leaves another alone, and the parts of the old version stay for it', async ({
  page,
  context,
}) => {
  const house = await site(OLD.folder)
  await visit(page, house.url)
  await page.goto(`${house.url}#/shift/1.1?seed=abc`)
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(papers(page)).toBeVisible()
  await mark(page)
  house.serve(NEW.folder)
  await newerVersionWaits(page)

  const other = await context.newPage()
  await other.goto(house.url)
  await press(other.getByRole('button', { name: 'Reload' }))
  await expect(other.getByRole('heading', { name: NEW.says })).toBeVisible()
  await forgetHttp(page)

  // No server has these parts any more.
  const late = filesOf(OLD.folder).filter((file) => /ResultScreen|CaptureScreen/.test(file) && file.endsWith('.js'))
  expect(late).toHaveLength(2)
  for (const file of late) expect(filesOf(NEW.folder)).not.toContain(file)
  await playThrough(page, 10)
  await expect(result(page)).toBeVisible()
  await page.goto(`${house.url}#/own`)
  await expect(page.getByRole('button', { name: /sample/i })).toBeVisible()
  expect(await marked(page)).toBe(true)
  await page.goto(`${house.url}#/`)
  await press(page.getByRole('button', { name: 'Reload' }))
  await expect.poll(() => marked(page)).toBe(false)
  await expect(notice(page)).toHaveCount(0)
  house.close()
})

test('whoever closes the page and comes again has the newer version without being asked', async ({ page, context }) => {
  const house = await site(OLD.folder)
  await visit(page, house.url)
  house.serve(NEW.folder)
  await newerVersionWaits(page)
  await page.close()
  const again = await context.newPage()
  await again.goto(house.url)
  await expect(again.getByRole('heading', { name: NEW.says })).toBeVisible()
  await expect.poll(() => keptBy(again, house.url)).toEqual(filesOf(NEW.folder))
  house.close()
})
