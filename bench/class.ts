/**
 * The load of classes, on this machine only: `npm run bench:class`, or with parts: `npm run bench:class -- embedded 1x2000`.
 * The players are in this process, each server is a process of its own.
 */
import { loadavg } from 'node:os'
import type { Posed } from '../src/room/posed'
import { bodyOf } from '../src/room/posed'
import { CALM } from '../src/room/settings'
import type { RoomView } from '../src/room/view'
import type { Browser } from '../src/server/browser.test-support'
import { good, openBrowser } from '../src/server/browser.test-support'
import type { Node } from '../src/server/node.test-support'
import {
  end,
  findRedis,
  freePort,
  newFolder,
  removeFolder,
  startNode,
  startRedis,
  until,
} from '../src/server/node.test-support'
import { TEMPLATES } from '../src/quiz/templates'
import { random } from '../src/shift/random'
import { quantile } from './median'

const QUESTIONS = 3
/** All answer within this, in milliseconds. */
const WITHIN = 2000
const SIZES = { '1x2000': { rooms: 1, players: 2000 }, '200x30': { rooms: 200, players: 30 } } as const
const LOGS = ['embedded', 'redis'] as const

/** Templates of choices, so that every phone can answer with a place. */
const plan: Posed[] = TEMPLATES.map(({ id }) => ({ template: id, seed: 7 }))
  .filter((posed) => bodyOf(posed).kind === 'choose')
  .slice(0, QUESTIONS)

/** All of one address, which is more than a school has. */
const LIMITS = {
  CLASS_CONNECTIONS_PER_ADDRESS: '20000',
  CLASS_CONNECTS_PER_ADDRESS: '5000',
  CLASS_ROOMS_PER_ADDRESS: '1000',
  CLASS_MESSAGES_PER_ADDRESS: '50000',
  LOG_LEVEL: 'error',
}

function spread(times: readonly number[]): string {
  const [p50, p95, p99, most] = [0.5, 0.95, 0.99, 1].map((share) => quantile(times, share).toFixed(0))
  return `p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms, most ${most} ms`
}

interface Cost {
  readonly cpu: number
  readonly memory: number
}

async function costOf(nodes: readonly Node[]): Promise<Cost> {
  const texts = await Promise.all(nodes.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()))
  const sum = (name: string): number =>
    texts.reduce((all, text) => all + Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN), 0)
  return { cpu: sum('process_cpu_seconds_total'), memory: sum('process_resident_memory_bytes') }
}

interface Phone {
  readonly browser: Browser
  /** When the round was seen open, and seen with its result. */
  result: number
}

interface Class {
  readonly code: string
  readonly teacher: Browser
  readonly phones: Phone[]
}

const isShown = (browser: Browser, round: number): boolean => {
  const view: RoomView | undefined = browser.last('room')
  return view?.round?.round === round && view.round.shown !== undefined
}

/** In so many at a time, so that the load generator itself does not stand in the way. */
async function each<Item, Made>(
  items: readonly Item[],
  most: number,
  make: (item: Item, index: number) => Promise<Made>,
) {
  const made: Made[] = []
  let next = 0
  const work = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index]
      // oxlint-disable-next-line no-await-in-loop
      if (item !== undefined) made[index] = await make(item, index)
    }
  }
  await Promise.all(Array.from({ length: most }, work))
  return made
}

async function run(nodes: readonly Node[], { rooms, players }: { readonly rooms: number; readonly players: number }) {
  const say = (line: string): void => console.log(`  ${line}`)
  const urlOf = (number: number): string => nodes[number % nodes.length]?.url ?? ''
  const idle = await costOf(nodes)
  const classes: Class[] = await each([...Array(rooms).keys()], 20, async (number) => {
    const teacher = await openBrowser(urlOf(number))
    const { code, host } = await good(teacher.say('open', { settings: { ...CALM, changing: true }, plan }))
    await good(teacher.say('host', { code, secret: host }))
    return { code, teacher, phones: [] }
  })
  const seats = classes.flatMap((one) => Array.from({ length: players }, () => one))
  const began = performance.now()
  await each(seats, 200, async (one, number) => {
    const browser = await openBrowser(urlOf(number), { timeout: 30_000 })
    await good(browser.say('join', { code: one.code }))
    const phone: Phone = { browser, result: Number.NaN }
    browser.socket.on('room', (view: RoomView) => {
      if (view.round?.shown) phone.result = performance.now()
    })
    one.phones.push(phone)
  })
  say(`${seats.length} players joined in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  const seated = await costOf(nodes)
  say(`memory: ${((seated.memory - idle.memory) / seats.length / 1024).toFixed(0)} kB a player`)

  const dice = random(7)
  const acknowledged: number[] = []
  const shown: number[] = []
  let lost = 0
  const count = () =>
    classes.reduce((sum, { phones }) => sum + phones.reduce((all, { browser }) => all + browser.heard.length, 0), 0)
  const heardBefore = count()
  for (let round = 0; round < QUESTIONS; round++) {
    // oxlint-disable-next-line no-await-in-loop
    await Promise.all(classes.map(({ teacher }) => good(teacher.say('act', { act: 'next', round }))))
    const open = ({ browser }: Phone): boolean => browser.last('room')?.round?.round === round
    // oxlint-disable-next-line no-await-in-loop
    await until(() => classes.every(({ phones }) => phones.every(open)), 'every phone has the question')
    const answer = async ({ browser }: Phone): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, dice.int(0, WITHIN)))
      const sent = performance.now()
      const answered = { round, key: `k${round}`, answer: { kind: 'choose' as const, means: String(dice.int(0, 1)) } }
      const reply = await browser.say('answer', answered).catch(() => undefined)
      if (reply?.ok) acknowledged.push(performance.now() - sent)
      else lost++
    }
    // oxlint-disable-next-line no-await-in-loop
    await Promise.all(classes.flatMap(({ phones }) => phones.map(answer)))
    // oxlint-disable-next-line no-await-in-loop
    await each(classes, 20, async ({ teacher, phones }) => {
      const closed = performance.now()
      await good(teacher.say('act', { act: 'close', round }))
      await until(() => phones.every(({ browser }) => isShown(browser, round)), 'every phone has the result')
      shown.push(...phones.map(({ result }) => result - closed))
    })
  }
  const done = await costOf(nodes)
  const answers = QUESTIONS * seats.length
  say(`send to acknowledgement: ${spread(acknowledged)}`)
  say(`close to result on all phones: ${spread(shown)}`)
  say(`messages to a phone and question: ${((count() - heardBefore) / answers + 1).toFixed(2)}`)
  say(`CPU of the servers: ${(((done.cpu - seated.cpu) * 1000) / answers).toFixed(2)} ms an answer, all counted`)
  // What was acknowledged must be in the report.
  const inReport = await each(classes, 20, async ({ teacher }) => {
    const { room } = await good(teacher.say('report', { names: false }))
    const text = JSON.stringify(room)
    return [...text.matchAll(/"count":(\d+)/g)].reduce((sum, [, number]) => sum + Number(number), 0)
  })
  const kept = inReport.reduce((sum, number) => sum + number, 0)
  say(`acknowledged ${acknowledged.length}, in the reports ${kept}, refused or lost ${lost}`)
  if (acknowledged.length !== kept || lost > 0) process.exitCode = 1
  await each(classes, 20, ({ teacher }) => teacher.say('act', { act: 'forget' }))
  for (const { teacher, phones } of classes)
    for (const { socket } of [teacher, ...phones.map(({ browser }) => browser)]) socket.disconnect()
}

const asked = process.argv.slice(2)
const wants = (name: string, names: readonly string[]): boolean =>
  !names.some((one) => asked.includes(one)) || asked.includes(name)
const sizes = Object.entries(SIZES).filter(([name]) => wants(name, Object.keys(SIZES)))

for (const log of LOGS.filter((name) => wants(name, LOGS))) {
  const redis = log === 'redis' ? findRedis() : undefined
  if (log === 'redis' && !redis) {
    console.log('\nredis: skipped, because there is no redis-server here. REDIS_SERVER names one.')
    continue
  }
  for (const [name, size] of sizes) {
    const folder = newFolder()
    const running: { process: Parameters<typeof end>[0] }[] = []
    try {
      const environment: Record<string, string> = { ...LIMITS, PORT_AUTHORITY_DATA: folder }
      if (redis) {
        // oxlint-disable-next-line no-await-in-loop
        const port = await freePort()
        // oxlint-disable-next-line no-await-in-loop
        running.push({ process: await startRedis(redis, folder, port) })
        environment['REDIS_URL'] = `redis://127.0.0.1:${port}`
      }
      const nodes: Node[] = []
      for (let node = 0; node < (redis ? 2 : 1); node++) {
        // oxlint-disable-next-line no-await-in-loop
        nodes.push(await startNode(environment))
      }
      running.push(...nodes)
      const load = loadavg()[0]?.toFixed(1) ?? '?'
      console.log(`\n${log}, ${nodes.length} node(s), ${name} (rooms x players); load of the machine before: ${load}`)
      // oxlint-disable-next-line no-await-in-loop
      await run(nodes, size)
      console.log(`  load of the machine after: ${loadavg()[0]?.toFixed(1) ?? '?'}`)
    } finally {
      // oxlint-disable-next-line no-await-in-loop
      for (const { process: child } of running) await end(child)
      removeFolder(folder)
    }
  }
}
