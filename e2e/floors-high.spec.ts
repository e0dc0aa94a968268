import type { Page } from '@playwright/test'
import { adviceFor, click, expectWon, follow, playTo, skipTo, tap } from './advice'
import { openLevel, papers, press, settled } from './play'
import { expect, test } from './support'

/** Where the handle of the ribbon stands: the box, and the label as it came there. */
const ribbon = (page: Page) => papers(page).getByRole('slider', { name: 'The label at each stop' })

const box = (page: Page, name: string) => page.getByRole('tab', { name, exact: true })

test('a parcel for a Service is carried with the mouse to any wing that is ready, by what kubectl lists', async ({
  page,
}) => {
  await openLevel(page, '6.1')
  const board = page.getByRole('region', { name: 'The board: kubectl get svc' })
  await expect(board).toContainText('80:30080/TCP')
  await expect(board).toContainText('10.244.1.5:8080,10.244.2.7:8080')
  const wings = page.locator('.over.door')
  await expect(wings).toHaveCount(3)
  await wings.nth(1).click()
  await expect.poll(() => settled(page)).toBe(1)
  await expect(page.locator('.feedback.right')).toContainText('the targetPort')
  await playTo(page, click, 3)
  await skipTo(page, 16)
  await playTo(page, click)
  await expectWon(page)
})

test('a desk with a wing that falls ill is kept by keys alone, and at the wing everybody is the desk', async ({
  page,
}) => {
  await openLevel(page, '6.2')
  await playTo(page, 'keys', 3)
  await skipTo(page, 8)
  const board = page.getByRole('region', { name: 'The board: cat haproxy.cfg' })
  await expect(board).toContainText('nc: connect to 192.0.2.122 port 8080 (tcp) failed')
  await playTo(page, 'keys', 10)
  await skipTo(page, 16)
  await playTo(page, 'keys')
  await expectWon(page)
})

test('postcards are sorted by someone who only hears the page', async ({ page }) => {
  await openLevel(page, '6.3')
  for (let turn = 0; turn < 12; turn++) {
    await expect.poll(() => settled(page)).toBe(turn)
    const heard = (await page.locator('.feedback [role=status]').innerText()).split('Next: ').at(-1) ?? ''
    const rule = page.getByRole('button', { name: /udp dport 443 accept/ })
    const guests = page.getByRole('button', { name: /^[0-9a-f]{8} / })
    const [, bytes = ''] = /((?:[0-9a-f]{2} ){7}[0-9a-f]{2})/.exec(heard) ?? []
    if ((await rule.count()) > 0) await press(rule)
    else if ((await guests.count()) > 0) {
      // A short header begins with 43, and four bytes of connection ID follow it.
      const id = bytes.startsWith('43') ? bytes.replaceAll(' ', '').slice(2, 10) : undefined
      await press(
        id
          ? page.getByRole('button', { name: new RegExp(`^${id}`) })
          : page.getByRole('button', { name: /^A new guest/ }),
      )
    } else if (heard.startsWith('UDP') && turn < 6) await press(page.getByRole('button', { name: /^Drop/ }))
    else await press(page.getByRole('button', { name: new RegExp(`^Door 443, ${heard.slice(0, 3)}`) }))
  }
  await skipTo(page, 17)
  await follow(page, await adviceFor(page), press)
  await expectWon(page)
})

test('a rollout is repaired by keys: the label is scrubbed, a box looked into, a wrong repair rolled back', async ({
  page,
}) => {
  await openLevel(page, '6.4')
  await expect(papers(page)).toContainText('Came back: Flags [R.]')
  await expect(ribbon(page)).toHaveAttribute('aria-valuetext', /^Node: 192\.0\.2\.100:\d+ → 192\.0\.2\.91:/)
  await ribbon(page).press('ArrowLeft')
  await expect(ribbon(page)).toHaveAttribute('aria-valuetext', /^Gate: /)
  await ribbon(page).press('Home')
  await expect(ribbon(page)).toHaveAttribute('aria-valuetext', /^Balancer: .* → 192\.0\.2\.100:443$/)
  await box(page, 'Balancer').press('ArrowRight')
  await box(page, 'Gate').press('ArrowRight')
  await expect(page.getByRole('tabpanel', { name: 'Node' })).toContainText('443:30443/TCP')
  const { key } = await adviceFor(page)
  await page.keyboard.press(key === '1' ? '2' : '1')
  await expect(page.locator('.feedback.wrong')).toContainText(/(?:died at|came to) the node as 192\.0\.2\.91:/)
  // The same test packet comes again a little later, and is understood.
  await playTo(page, 'keys', 4)
  await skipTo(page, 35)
  await playTo(page, 'keys')
  await expectWon(page)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('guests of HTTP/3 are told apart with a finger', async ({ page }) => {
    await openLevel(page, '6.3')
    await playTo(page, tap, 8)
    await skipTo(page, 17)
    await playTo(page, tap)
    await expectWon(page)
  })

  test('a rollout is repaired with a finger, and the next test packet gets further', async ({ page }) => {
    await openLevel(page, '6.4')
    await ribbon(page).tap({ position: { x: 4, y: 20 } })
    await expect(ribbon(page)).toHaveAttribute('aria-valuetext', /^Balancer: /)
    await box(page, 'Pod').tap()
    await expect(page.getByRole('tabpanel', { name: 'Pod' })).toContainText('127.0.0.1:8443')
    await playTo(page, tap, 1)
    await expect(page.locator('.feedback.right')).toContainText('The next packet gets further.')
    await page.evaluate(() => {
      const { store, truth } = window.portAuthority ?? {}
      for (let choice = truth?.(); choice; choice = truth?.()) {
        if (store?.getState().shift.waiting[0]?.kind === 'rollout-fix') return
        store?.getState().decide(choice)
      }
    })
    await expect(ribbon(page)).toHaveAttribute('aria-valuetext', /^Gate: .* → 192\.0\.2\.91:30443$/)
    await expect(papers(page)).toContainText('Nothing came back.')
    await skipTo(page, 35)
    await playTo(page, tap)
    await expectWon(page)
  })
})
