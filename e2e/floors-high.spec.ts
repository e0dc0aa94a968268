import type { Page } from '@playwright/test'
import { openLevel, papers, press, result, settled } from './play'
import { again, expect, test } from './support'

test.use({ contextOptions: { reducedMotion: 'no-preference' } })

/** What the network model says of the errand at the desk: a key of the rack, or a door, a window, a label to write. */
interface Advice {
  readonly key?: string
  readonly door?: number
  readonly window?: { readonly label: string; readonly port: number }
  readonly label?: readonly string[]
}

/** The keys of words; everything else that can be said has its place in the list as its key. */
const LETTERS: Readonly<Record<string, string>> = {
  pass: 'a',
  drop: 'x',
  open: 'o',
  closed: 'c',
  filtered: 'f',
  nowhere: 'n',
  'new-guest': 'n',
  healthy: 'g',
  unhealthy: 'r',
  served: 's',
  'at-gate': 'g',
  'at-node': 'n',
  'at-pod': 'p',
}

const adviceFor = (page: Page): Promise<Advice> =>
  page.evaluate((letters) => {
    const { store, truth } = window.portAuthority ?? {}
    const choice = truth?.()
    const shift = store?.getState().shift
    const arrival = shift?.waiting[0]
    if (!choice || !shift || !arrival) throw new Error('Nobody waits at the desk.')
    if (choice.kind === 'tell') {
      const { told } = choice
      if (told.kind === 'say') return { key: letters[told.saying] ?? '' }
      if (told.kind === 'line') return { key: told.line === 'policy' ? '0' : String(told.line + 1) }
      const at = arrival.asks === 'tell' ? arrival.options.findIndex(({ told: one }) => one === told) : -1
      return { key: String(at + 1) }
    }
    if (choice.kind === 'reply') {
      const { source, destination } = choice
      return { label: [source, destination].flatMap(({ address, port }) => [address, String(port)]) }
    }
    const text = (end: { address: string; port: number }) =>
      end.address.includes(':') ? `[${end.address}]:${end.port}` : `${end.address}:${end.port}`
    const socket = 'socket' in choice ? shift.host.sockets.find(({ id }) => id === choice.socket) : undefined
    if (socket?.peer) return { window: { label: text(socket.peer), port: socket.local.port } }
    if (socket) return { door: shift.host.sockets.filter(({ peer }) => !peer).indexOf(socket) }
    return { key: choice.kind === 'rst' ? 'r' : choice.kind === 'icmp' ? 'i' : 'x' }
  }, LETTERS)

type Hit = (target: ReturnType<Page['locator']>) => Promise<void>

const dialog = (page: Page) => page.getByRole('dialog')

/** Finds a window in the list of its door by its label, and takes it. */
async function takeWindow(page: Page, { label, port }: NonNullable<Advice['window']>, hit: Hit): Promise<void> {
  await page.keyboard.press('w')
  const doorsThere = dialog(page).locator('.window-doors button')
  if ((await doorsThere.count()) > 0) await hit(doorsThere.filter({ hasText: `${port}/` }).first())
  await page.getByRole('searchbox').fill(label)
  await hit(dialog(page).getByRole('button', { name: label, exact: true }))
}

async function play(page: Page, hit: Hit | 'keys'): Promise<void> {
  const packets = Number(await page.locator('.topbar .settled .mono').last().innerText())
  const pointer: Hit = hit === 'keys' ? press : hit
  for (let turn = 0; turn < packets; turn++) {
    await expect.poll(() => settled(page)).toBe(turn)
    const { key, door, window, label } = await adviceFor(page)
    if (window) await takeWindow(page, window, pointer)
    else if (label) {
      for (const stamp of label) await pointer(page.locator('.stamps .stamp', { hasText: stamp }).first())
      await pointer(page.getByRole('button', { name: 'Send it' }))
    } else if (door !== undefined)
      await (hit === 'keys' ? page.keyboard.press(String(door + 1)) : hit(page.locator('.over.door').nth(door)))
    else if (hit === 'keys') await page.keyboard.press(key ?? '')
    else await hit(page.locator(`.rack [data-letter="${key ?? ''}"]`))
  }
  await expect(result(page)).toBeVisible()
  await expect(page.getByRole('img', { name: '3 stars of 3' })).toBeVisible()
}

for (const id of ['6.1', '6.3'])
  test(`level ${id} is won with the mouse`, async ({ page }) => {
    await openLevel(page, id)
    await play(page, (target) => target.click())
  })

for (const id of ['6.2', '6.4'])
  test(`level ${id} is won from the keyboard alone`, async ({ page }) => {
    await openLevel(page, id)
    await play(page, 'keys')
  })

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })
  for (const id of ['6.4', '6.3'])
    test(`level ${id} is won with a finger`, again(id === '6.4'), async ({ page }) => {
      await openLevel(page, id)
      await play(page, (target) => target.tap())
    })
})

test('a parcel for a Service is carried to its wing, and any wing that is ready will do', async ({ page }) => {
  await openLevel(page, '6.1')
  const wings = page.locator('.over.door')
  await expect(wings).toHaveCount(3)
  await wings.nth(1).click()
  await expect.poll(() => settled(page)).toBe(1)
  await expect(page.locator('.feedback.right')).toContainText('the targetPort')
})

test('the board of a reception lists Services and their endpoints as kubectl prints them', async ({ page }) => {
  await openLevel(page, '6.1')
  const board = page.getByRole('region', { name: 'The board: kubectl get svc' })
  await expect(board).toContainText('80:30080/TCP')
  await expect(board).toContainText('10.244.1.5:8080,10.244.2.7:8080')
})

test('a wrong repair says how far the call had come, and brings another one', async ({ page }) => {
  await openLevel(page, '6.4')
  for (let turn = 0; turn < 10; turn++) {
    await expect.poll(() => settled(page)).toBe(turn)
    await page.keyboard.press((await adviceFor(page)).key ?? '')
  }
  await expect.poll(() => settled(page)).toBe(10)
  const { key } = await adviceFor(page)
  await page.keyboard.press(key === '1' ? '2' : '1')
  await expect(page.locator('.feedback.wrong')).toContainText(/It came to the (balancer|gate|node|Pod) as /)
  await expect(papers(page)).toContainText('cat labels.txt')
})

test('level 6.3 is won by someone who only hears the page', async ({ page }) => {
  await openLevel(page, '6.3')
  for (let turn = 0; turn < 18; turn++) {
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
  await expect(result(page)).toBeVisible()
  await expect(page.getByRole('img', { name: '3 stars of 3' })).toBeVisible()
})
