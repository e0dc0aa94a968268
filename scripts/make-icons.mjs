// Draws public/icons from assets/icon.svg. Run by hand: node scripts/make-icons.mjs
import { readFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { CHROMIUM_ARGS, findChromium } from './chromium.mjs'

const drawing = readFileSync('assets/icon.svg', 'utf8')
const NIGHT = '#0a0f1e'

// What systems cut to a shape of their own has no corners, and its picture lies within 40% of the width around the middle.
const ICONS = [
  { name: 'icon-192', size: 192 },
  { name: 'icon-512', size: 512 },
  { name: 'maskable-512', size: 512, scale: 0.82, ground: NIGHT },
  { name: 'apple-touch-icon', size: 180, scale: 0.9, ground: NIGHT },
]

const browser = await chromium.launch({ args: CHROMIUM_ARGS, executablePath: await findChromium() })
const page = await browser.newPage()
for (const { name, size, scale = 1, ground } of ICONS) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(
    `<style>body{margin:0;background:${ground ?? 'transparent'}}svg{display:block;width:${size}px;transform:scale(${scale})}</style>${drawing}`,
  )
  await page.screenshot({ path: `public/icons/${name}.png`, omitBackground: !ground })
}
await browser.close()
