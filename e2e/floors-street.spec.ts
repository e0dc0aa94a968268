import { adviceFor, click, follow, open, winWithEachHand, writeLabel } from './advice'
import { press, settled } from './play'
import { expect, test } from './support'

// Mouse, finger and keyboard act in one browser.
test.use({ hasTouch: true })

for (const id of ['5.1', '5.2', '5.3', '5.4', '5.5'])
  test(`level ${id} takes mouse, finger and keyboard, has no accessibility fault at either size, and is won`, async ({
    page,
  }) => {
    await winWithEachHand(page, id)
  })

test('a label is written with stamps by their keys, and a wrong one says what was thought', async ({ page }) => {
  await open(page, '5.1')
  const { label = [] } = await adviceFor(page)
  expect(label[0]).toBe('203.0.113.1')
  // The flat's own address, as if a router passed the parcel on.
  const flat = await page.locator('.form .source dd').innerText()
  await writeLabel(page, [flat, ...label.slice(1)], 'keys')
  await expect(page.locator('.feedback.wrong')).toContainText('An address of the house means nothing in town.')
})

test('the list of the street door grows as flats call out', async ({ page }) => {
  await open(page, '5.1')
  const rows = page.getByRole('table', { name: 'The list' }).getByRole('row')
  await expect(rows).toHaveCount(1 + 4)
  await writeLabel(page, (await adviceFor(page)).label ?? [], click)
  await expect(rows).toHaveCount(1 + 5)
  await expect(rows.last()).toContainText('203.0.113.1:')
})

test('a ribbon keeps every version of the label: one scrubs along it with arrows, mouse or finger', async ({
  page,
}) => {
  await open(page, '5.5')
  await follow(page, await adviceFor(page), 'keys')
  const ribbon = page.getByRole('group', { name: 'The label at each stop' })
  const at = ribbon.locator('.at')
  await expect(ribbon.getByRole('listitem')).toHaveCount(3)
  await expect(at).toContainText('172.17.0.2:80')
  const handle = ribbon.getByRole('slider')
  await handle.press('ArrowLeft')
  await expect(at).toContainText('192.168.1.20:8080')
  const box = await handle.boundingBox()
  if (!box) throw new Error('The ribbon has no handle.')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + 4, box.y + box.height / 2)
  await page.mouse.up()
  await expect(at).toContainText('203.0.113.1:443')
  await page.touchscreen.tap(box.x + box.width - 4, box.y + box.height / 2)
  await expect(at).toContainText('172.17.0.2:80')
})

test('what a street door did is heard, number by number', async ({ page }) => {
  await open(page, '5.3')
  await press(page.locator(`.rack [data-letter="${(await adviceFor(page)).key ?? ''}"]`))
  await expect.poll(() => settled(page)).toBe(1)
  await expect(page.locator('.feedback [role=status]')).toContainText(
    /Right\. Destination port 8080: .* 172\.17\.0\.2:80/,
  )
})
