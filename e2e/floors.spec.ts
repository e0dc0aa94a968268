import type { Page } from '@playwright/test'
import { openLevel, papers, press, result, settled } from './play'
import { again, expect, test } from './support'

test.use({ contextOptions: { reducedMotion: 'no-preference' } })

/** What the network model says of the errand at the desk, in the terms in which a page shows it. */
interface Advice {
  readonly kind: string
  /** Which door, counted from 0. */
  readonly door?: number
  readonly window?: string
  /** The port of the door that the window belongs to. */
  readonly at?: number
  readonly port?: number
  readonly label?: readonly string[]
  readonly sockets?: string
  readonly turns: boolean
}

const adviceFor = (page: Page): Promise<Advice> =>
  page.evaluate(() => {
    const { store, truth } = window.portAuthority ?? {}
    const choice = truth?.()
    const shift = store?.getState().shift
    if (!choice || !shift) throw new Error('Nobody waits at the desk.')
    const turns = shift.level.waves[shift.wave]?.envelope === 'turn'
    const socket = 'socket' in choice ? shift.host.sockets.find(({ id }) => id === choice.socket) : undefined
    const text = (end: { address: string; port: number }) =>
      end.address.includes(':') ? `[${end.address}]:${end.port}` : `${end.address}:${end.port}`
    return {
      kind: choice.kind,
      turns,
      ...(socket && !socket.peer && { door: shift.host.sockets.filter(({ peer }) => !peer).indexOf(socket) }),
      ...(socket?.peer && { window: text(socket.peer), at: socket.local.port }),
      ...(choice.kind === 'port' && { port: choice.port }),
      ...(choice.kind === 'count' && { sockets: choice.count.sockets.toLocaleString('en') }),
      ...(choice.kind === 'reply' && {
        label: [
          choice.source.address,
          String(choice.source.port),
          choice.destination.address,
          String(choice.destination.port),
        ],
      }),
    }
  })

const VERDICTS: Readonly<Record<string, { readonly name: string; readonly key: string }>> = {
  rst: { name: 'Refuse', key: 'r' },
  icmp: { name: 'Unreachable', key: 'i' },
  drop: { name: 'Drop', key: 'x' },
  'echo-reply': { name: 'Echo reply', key: 'e' },
  grant: { name: 'Grant', key: 'g' },
  eaddrinuse: { name: 'EADDRINUSE', key: 'u' },
  eacces: { name: 'EACCES', key: 'a' },
  eaddrnotavail: { name: 'EADDRNOTAVAIL', key: 'n' },
}

type Hit = (target: ReturnType<Page['locator']>) => Promise<void>

/** Does by pointer (mouse or finger) what the model says. */
async function pointTo(page: Page, advice: Advice, hit: Hit): Promise<void> {
  const { kind, door, window, at, port, label, sockets, turns } = advice
  const rack = page.locator('.rack')
  if (door !== undefined) return hit(page.locator('.over.door').nth(door))
  if (window !== undefined) {
    const pane = page.getByRole('button', { name: `Window ${window} of door ${at}`, exact: true })
    if ((await pane.count()) > 0) return hit(pane)
    await hit(rack.getByRole('button', { name: 'To a window' }))
    const inList = page.getByRole('dialog').getByRole('button', { name: window, exact: true })
    await page.getByRole('searchbox').fill(window)
    return hit(inList)
  }
  if (port !== undefined) return hit(page.locator('.ports').getByRole('button', { name: new RegExp(`^${port}`) }))
  if (sockets !== undefined) return hit(rack.getByRole('button', { name: new RegExp(`^2 ports, ${sockets} sockets`) }))
  if (!label) return hit(rack.getByRole('button', { name: VERDICTS[kind]?.name ?? kind }))
  if (turns) await hit(rack.getByRole('button', { name: 'Turn the envelope' }))
  else for (const stamp of label) await hit(rack.locator('.stamp').filter({ hasText: stamp }).first())
  return hit(rack.getByRole('button', { name: 'Send it' }))
}

/** Does with keys alone what the model says. */
async function type(page: Page, { kind, door, window, port, label, sockets, turns }: Advice): Promise<void> {
  const { keyboard } = page
  if (door !== undefined) return keyboard.press(String(door + 1))
  if (window !== undefined) {
    await keyboard.press('w')
    await keyboard.type(window)
    await press(page.getByRole('dialog').getByRole('button', { name: window, exact: true }))
    return
  }
  const digitOf = async (group: string, wanted: string) => {
    const all = await page.locator(group).allInnerTexts()
    return String(all.findIndex((text) => text.trim().split(/\s/)[0] === wanted) + 1)
  }
  if (port !== undefined) return keyboard.press(await digitOf('.ports .stamp', String(port)))
  if (sockets !== undefined) {
    const bets = await page.locator('.verdict.bet').allInnerTexts()
    return keyboard.press(String(bets.findIndex((text) => text.startsWith(`2 ports, ${sockets} `)) + 1))
  }
  if (!label) return keyboard.press(VERDICTS[kind]?.key ?? '')
  if (turns) await keyboard.press('f')
  else for (const stamp of label) await keyboard.press(await digitOf('.stamps .stamp', stamp))
  return keyboard.press('Enter')
}

async function play(page: Page, act: (advice: Advice) => Promise<void>): Promise<void> {
  const packets = Number(await page.locator('.topbar .settled .mono').last().innerText())
  for (let turn = 0; turn < packets; turn++) {
    await expect.poll(() => settled(page)).toBe(turn)
    await act(await adviceFor(page))
  }
  await expect(result(page)).toBeVisible()
  await expect(page.getByRole('img', { name: '3 stars of 3' })).toBeVisible()
}

for (const id of ['2.1', '2.3', '3.1', '3.3', '2.5'])
  test(`level ${id} is won with the mouse`, again(id === '2.5'), async ({ page }) => {
    await openLevel(page, id)
    await play(page, (advice) => pointTo(page, advice, (target) => target.click()))
  })

for (const id of ['2.2', '2.4', '3.2', '3.4', '3.5'])
  test(`level ${id} is won from the keyboard alone`, async ({ page }) => {
    await openLevel(page, id)
    await play(page, (advice) => type(page, advice))
  })

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })
  for (const id of ['2.1', '2.4', '3.3', '3.4'])
    test(`level ${id} is won with a finger`, again(id !== '3.3'), async ({ page }) => {
      await openLevel(page, id)
      await play(page, (advice) => pointTo(page, advice, (target) => target.tap()))
    })
})

test('the boss of floor 2 is won by someone who only hears the page', async ({ page }) => {
  await openLevel(page, '2.5', 'xyz')
  const desk = papers(page)
  for (let turn = 0; turn < 36; turn++) {
    await expect.poll(() => settled(page)).toBe(turn)
    const heard = (await page.locator('.feedback [role=status]').innerText()).split('Next: ').at(-1) ?? ''
    const bet = /: ([\d,]+) callers/.exec(heard)
    if (bet) {
      // The counters say 2 ports and so many sockets now; each caller is one more socket, and no port.
      const now = Number(await page.locator('.counters .sr-only').innerText())
      const sockets = (now + Number(bet[1]?.replaceAll(',', ''))).toLocaleString('en')
      await press(page.getByRole('button', { name: new RegExp(`^2 ports, ${sockets} sockets`) }))
      continue
    }
    const [, address = '', sourcePort = '', own = '', port = ''] =
      /from ([\d.]+):(\d+) to ([\d.]+):(\d+)/.exec(heard) ?? []
    const stamps = page.getByRole('group', { name: 'Stamps' })
    if ((await stamps.count()) > 0) {
      for (const stamp of [own, port, address, sourcePort])
        await press(stamps.getByRole('button', { name: new RegExp(`^${stamp} `) }))
      await press(page.getByRole('button', { name: 'Send it' }))
    } else if (/\[S\]/.test(await desk.innerText())) {
      await press(page.getByRole('button', { name: new RegExp(`^Door ${port}, TCP`) }))
    } else {
      await press(page.getByRole('button', { name: 'To a window' }))
      const dialog = page.getByRole('dialog')
      const door = dialog.getByRole('button', { name: `${port}/tcp` })
      if ((await door.count()) > 0) await press(door)
      await page.getByRole('searchbox').fill(`${address}:${sourcePort}`)
      const pane = dialog.getByRole('button', { name: `${address}:${sourcePort}`, exact: true })
      await expect(pane.or(dialog.getByText('No window has these digits.'))).toBeVisible()
      if ((await pane.count()) > 0) await press(pane)
      else {
        await page.keyboard.press('Escape')
        await press(page.getByRole('button', { name: 'Refuse' }))
      }
    }
  }
  await expect(result(page)).toBeVisible()
  await expect(page.getByRole('img', { name: '3 stars of 3' })).toBeVisible()
})

/** The label of a window of door 443 that shares the address of the right one; undefined if there is none. */
const lookalike = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const { store, truth } = window.portAuthority ?? {}
    const choice = truth?.()
    const sockets = store?.getState().shift.host.sockets ?? []
    const right = sockets.find(({ id }) => choice && 'socket' in choice && id === choice.socket)
    if (!right?.peer || right.local.port !== 443) return undefined
    const other = sockets.find(
      ({ id, peer, local }) => id !== right.id && local.port === 443 && peer?.address === right.peer?.address,
    )
    return other?.peer && `${other.peer.address}:${other.peer.port}`
  })

test('a mix-up of windows lays label on label, and says which digits differ', async ({ page }) => {
  await openLevel(page, '2.2')
  let wrong: string | undefined
  for (let turn = 0; wrong === undefined; turn++) {
    wrong = await lookalike(page)
    if (wrong !== undefined) break
    await type(page, await adviceFor(page))
    await expect.poll(() => settled(page)).toBe(turn + 1)
  }
  await page.getByRole('button', { name: `Window ${wrong} of door 443`, exact: true }).click()
  await expect(page.locator('.labels .differs').first()).toBeVisible()
  await expect(page.locator('.labels')).toContainText(/Same address, same door: source port \d+, not \d+/)
})

test('the board stays in step: a new window is a new line of ss', async ({ page }) => {
  await openLevel(page, '2.3')
  const board = page.getByRole('region', { name: 'The board: ss -tan' })
  await expect(board).toContainText('LISTEN 0      4096')
  for (let turn = 0; turn < 9; turn++) {
    await expect.poll(() => settled(page)).toBe(turn)
    const advice = await adviceFor(page)
    const source = `${await papers(page).locator('.source dd').innerText()}:${await papers(page).locator('.sourcePort dd').innerText()}`
    await type(page, advice)
    if (advice.kind === 'listener') await expect(board).toContainText(source)
  }
  // The second wave begins with a lamp that is out.
  await expect(board).not.toContainText('0.0.0.0:80 ')
})
