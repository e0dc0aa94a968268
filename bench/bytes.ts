import { gzipSync } from 'node:zlib'
import { withGame } from './browser'

/** What a visitor fetches before Home can be used, and before a shift starts: gzip'ed bytes of everything. */
export async function benchBytes(print: (line: string) => void): Promise<void> {
  await withGame('production', async (browser, url) => {
    const page = await browser.newPage()
    let sum = 0
    const seen = new Set<string>()
    page.on('response', (response) => {
      if (seen.has(response.url())) return
      seen.add(response.url())
      response.body().then(
        (body) => (sum += response.url().endsWith('.woff2') ? body.length : gzipSync(body, { level: 9 }).length),
        () => undefined,
      )
    })
    await page.goto(url)
    await page.getByRole('button', { name: 'Start the shift' }).waitFor()
    const home = sum
    await page.getByRole('button', { name: 'Start the shift' }).click()
    await page.locator('.stage.ready').waitFor()
    print(
      `before Home is usable: ${(home / 1000).toFixed(0)} kB, ${(home / 100_000).toFixed(2)} of the target of 100 kB`,
    )
    print(`before a shift starts: ${(sum / 1000).toFixed(0)} kB, ${(sum / 450_000).toFixed(2)} of the target of 450 kB`)
  })
}
