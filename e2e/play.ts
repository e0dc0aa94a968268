import type { Locator, Page } from '@playwright/test'
import { expect } from './support'

/** The packet at the desk as its papers tell it to a reader: the form's fields, or the line of tcpdump. */
export interface Papers {
  readonly protocol: string
  readonly source: string
  readonly sourcePort: string
  readonly destinationPort: string
}

export const papers = (page: Page): Locator => page.getByRole('region', { name: 'The packet at the desk' })

export async function readPapers(page: Page): Promise<Papers> {
  const read = await papers(page).evaluate((desk) => {
    const field = (name: string) => desk.querySelector(`dl .${name} dd`)?.textContent.trim() ?? ''
    return {
      line: desk.querySelector('dl') ? '' : (desk.querySelector('.printed')?.textContent ?? ''),
      protocol: field('protocol'),
      source: field('source'),
      sourcePort: field('sourcePort'),
      destinationPort: field('destinationPort'),
    }
  })
  const { line, ...form } = read
  if (line === '') return form
  const [, source = '', sourcePort = '', destinationPort = '', rest = ''] =
    /IP6? (\S+?)\.(\d+) > \S+\.(\d+): (.*)/.exec(line) ?? []
  if (source === '') return { protocol: 'ICMP', source: '', sourcePort: '', destinationPort: '' }
  return { protocol: rest.startsWith('Flags') ? 'TCP' : 'UDP', source, sourcePort, destinationPort }
}

/** The buttons of the building, by their accessible names. */
export const doors = (page: Page): Locator => page.getByRole('group', { name: 'Doors' }).getByRole('button')

export const door = (page: Page, port: string, protocol: string): Locator =>
  page.getByRole('group', { name: 'Doors' }).getByRole('button', { name: new RegExp(`^Door ${port}, ${protocol}`) })

/** How many packets are settled, as the line of state says. */
export const settled = async (page: Page): Promise<number> =>
  Number(await page.locator('.topbar .settled b').innerText())

/** What a person does who has understood the first floor: protocol, then destination port, then the lamp. */
export async function act(page: Page): Promise<void> {
  const { protocol, destinationPort } = await readPapers(page)
  const target = door(page, destinationPort, protocol)
  if ((await target.count()) > 0) return press(target)
  const verdict = { TCP: 'Refuse', UDP: 'Unreachable', ICMP: 'Echo reply' }[protocol] ?? 'Drop'
  await press(page.getByRole('group', { name: 'Verdicts' }).getByRole('button', { name: verdict }))
}

/** Presses a button as assistive technology does: focus, then Enter. */
export async function press(button: Locator): Promise<void> {
  await button.focus()
  await button.press('Enter')
}

/** Starts a level from its address and waits until its first packet can be read. */
export async function openLevel(page: Page, id: string, seed = 'abc'): Promise<void> {
  await page.goto(`#/shift/${id}?seed=${seed}`)
  await page.getByRole('button', { name: 'Start the shift' }).click()
  await expect(papers(page)).toBeVisible()
  await expect(doors(page).first()).toBeVisible()
}

export const result = (page: Page): Locator => page.getByRole('heading', { name: /the night is over/ })

/** Plays until the result comes up, reading the papers before each verdict. */
export async function playThrough(page: Page, packets: number): Promise<void> {
  for (let turn = 0; turn < packets; turn++) {
    await expect.poll(() => settled(page)).toBe(turn)
    await act(page)
  }
  await expect(result(page)).toBeVisible()
}
