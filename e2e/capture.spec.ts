import { readFileSync, readdirSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { adviceFor, click, follow, skipTo } from './advice'
import { papers, settled } from './play'
import { expect, test } from './support'

/** Lets a file go over an element, as a hand does that drags it in from the desktop. */
async function drop(page: Page, selector: string, path: string, name: string): Promise<void> {
  const data = readFileSync(path).toString('base64')
  const transfer = await page.evaluateHandle(
    ([text, title]) => {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
      const hand = new DataTransfer()
      hand.items.add(new File([bytes], title))
      return hand
    },
    [data, name] as const,
  )
  await page.dispatchEvent(selector, 'dragover', { dataTransfer: transfer })
  await page.dispatchEvent(selector, 'drop', { dataTransfer: transfer })
}

test('a capture dropped on Home becomes a shift of its own packets', async ({ page }) => {
  await page.goto('')
  await drop(page, '.home', 'evidence/captures/live-wire.pcap', 'evening.pcap')
  await expect(page.getByText(/evening.pcap: 36 packets/)).toBeVisible()
  await page.getByRole('radio', { name: /^192.0.2.2/ }).check()
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(page.locator('.intro')).toBeVisible()
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(papers(page)).toBeVisible()
  await expect(papers(page)).toContainText('192.0.2.1')
  await expect(page.getByRole('button', { name: /^Door 80, TCP/ })).toBeVisible()
  await page.getByRole('button', { name: 'tcpdump' }).click()
  await expect(papers(page)).toContainText('192.0.2.1.51000 > 192.0.2.2.80: Flags [S]')
  await page.getByRole('button', { name: 'Hex' }).click()
  await expect(papers(page)).toContainText('0x0020')
})

test('the sample is one click away and is played with doors and windows', async ({ page }) => {
  await page.goto('#/own')
  await page.getByRole('button', { name: /Take the sample/ }).click()
  await expect(page.getByText(/sample.pcap: 145 packets/)).toBeVisible()
  await expect(page.getByRole('radio', { name: /192.0.2.10.*the busiest server/ })).toBeChecked()
  await page.getByRole('radio', { name: '20', exact: true }).check()
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(page.locator('.intro')).toBeVisible()
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(papers(page)).toBeVisible()
  // Data for an open connection goes to its window, and the window is found by its label.
  for (let turn = 0; turn < 4; turn++) {
    await expect.poll(() => settled(page)).toBe(turn)
    const label = await papers(page).locator('.source dd').innerText()
    const sourcePort = await papers(page).locator('.sourcePort dd').innerText()
    const protocol = await papers(page).locator('.protocol dd').innerText()
    const port = await papers(page).locator('.destinationPort dd').innerText()
    const details = await papers(page).locator('.details').innerText()
    const door = page.getByRole('button', { name: new RegExp(`^Door ${port}, ${protocol}`) })
    if (protocol === 'UDP' || /Flags \[S\]/.test(details)) {
      if ((await door.count()) > 0) await door.click()
      else await page.getByRole('button', { name: protocol === 'UDP' ? 'Unreachable' : 'Refuse' }).click()
    } else {
      await page.getByRole('button', { name: 'To a window' }).click()
      await page.getByRole('searchbox').fill(`${label}:${sourcePort}`)
      const dialog = page.getByRole('dialog')
      const window = dialog.getByRole('button', { name: `${label}:${sourcePort}` })
      await expect(dialog.getByRole('heading')).toHaveText(`Windows of door ${port}`)
      await window.click()
    }
  }
  await skipTo(page, 19)
  await follow(page, await adviceFor(page), click)
  await expect(page.getByText(/You lit \d+ windows?\. \d+ doors?, \d protocols?\./)).toBeVisible()
})

const BAD = readdirSync('evidence/captures/bad').filter((file) => /\.(pcap|pcapng|gz)$/.test(file))

test('a damaged file gets one clear answer and costs nothing: the next one is taken', async ({ page }) => {
  await page.goto('#/own')
  const choose = page.getByRole('button', { name: 'Choose a file' })
  for (const name of BAD)
    await test.step(name, async () => {
      await expect(choose).toBeVisible()
      await drop(page, '.own', `evidence/captures/bad/${name}`, name)
      await expect(page.locator('.found')).toContainText(name)
      if (name !== 'compressed.pcap.gz') await expect(page.locator('.damage').first()).toHaveText(/^[A-Z].{20,}\./)
      await page.getByRole('button', { name: 'Choose another file' }).click()
    })
  await expect(choose).toBeVisible()
})

/** Drops a recording on the page that is the sample over and over; says how many packets it has. */
const dropLarge = (page: Page, bytes: number): Promise<number> =>
  page.evaluate(
    ([base64, size]) => {
      const sample = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      // One piece, named thousands of times: the file is large, what makes it is not.
      const records = new Blob([sample.slice(24)])
      const times = Math.ceil(size / records.size)
      const file = new File([sample.slice(0, 24), ...Array<Blob>(times).fill(records)], 'night.pcap')
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(file)
      document.querySelector('.own')?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }))
      return times * 145
    },
    [readFileSync('assets/sample.pcap').toString('base64'), bytes] as const,
  )

test('a recording of 100 MB is read with a bar that moves, and a larger one can be given up', async ({ page }) => {
  await page.goto('#/own')
  const choose = page.getByRole('button', { name: 'Choose a file' })
  await expect(choose).toBeVisible()
  await dropLarge(page, 1_000_000_000)
  await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) > 0)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(choose).toBeVisible()
  const packets = await dropLarge(page, 100_000_000)
  await expect(page.getByText(`night.pcap: ${packets.toLocaleString('en')} packets`)).toBeVisible()
  await expect(page.getByRole('radio', { name: /192.0.2.10.*the busiest server/ })).toBeChecked()
})
