import { connect, createServer } from 'node:net'
import type { Server } from 'node:net'
import { bodyOf, seeing } from '../room/posed'
import type { Posed } from '../room/posed'
import { readReport } from '../room/report'
import { CALM } from '../room/settings'
import type { Settings } from '../room/settings'
import type { Replies, Reply, Said, SayName, Why } from '../room/wire'
import { TEMPLATES } from '../quiz/templates'
import type { Random } from '../shift/random'
import type { Browser } from './browser.test-support'
import { good, openBrowser } from './browser.test-support'
import { freePort, until } from './node.test-support'

/** Questions with options, so that every answer is a place. */
export const choices = (count: number): readonly Posed[] =>
  TEMPLATES.map(({ id }) => ({ template: id, seed: 11 }))
    .filter((posed) => bodyOf(posed).kind === 'choose')
    .slice(0, count)

export interface Balancer {
  readonly url: string
  /** Where new connections go, each to the next that takes it. */
  ports: number[]
  close(): void
}

/** What stands before several nodes: a plain TCP load balancer without any memory of who was where. */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const own = await freePort()
  const balancer: Balancer = { url: `http://127.0.0.1:${own}`, ports: [...ports], close: () => server.close() }
  let turn = 0
  const server: Server = createServer((client) => {
    client.on('error', () => client.destroy())
    const attempt = (left: number): void => {
      const port = balancer.ports[turn++ % Math.max(1, balancer.ports.length)]
      if (port === undefined || left === 0) return void client.destroy()
      const node = connect(port, '127.0.0.1', () => {
        client.pipe(node).pipe(client)
        client.once('close', () => node.destroy())
        node.once('close', () => client.destroy())
      })
      let connected = false
      node.once('connect', () => (connected = true))
      node.on('error', () => (connected ? client.destroy() : attempt(left - 1)))
    }
    attempt(balancer.ports.length)
  })
  await new Promise<void>((resolve) => server.listen(own, '127.0.0.1', resolve))
  return balancer
}

/** In milliseconds. */
const MOST_PATIENCE = 50_000
const TRY_AGAIN: readonly Why[] = ['not-saved', 'not-in', 'not-allowed', 'too-fast']

/** Somebody in the room, who comes back by the secret whenever the connection was lost. */
export class Person {
  private constructor(
    readonly browser: Browser,
    private readonly comeBack: (browser: Browser) => Promise<unknown>,
    readonly name: string,
  ) {
    browser.socket.on('connect', () => void comeBack(browser).catch(() => undefined))
  }

  static async join(url: string, code: string): Promise<Person> {
    const browser = await openBrowser(url, { timeout: 4000 })
    const { player, secret, mine } = await good(browser.say('join', { code }))
    const comeBack = async (again: Browser): Promise<void> => {
      const { view } = await good(again.say('back', { code, player, secret }))
      again.take('room', view)
    }
    return new Person(browser, comeBack, mine.name)
  }

  static async teach(url: string, settings: Partial<Settings>, plan: readonly Posed[]) {
    const browser = await openBrowser(url, { timeout: 4000 })
    const room = await good(browser.say('open', { settings: { ...CALM, ...settings }, plan: [...plan] }))
    const comeBack = (again: Browser) => again.say('host', { code: room.code, secret: room.host })
    await good(comeBack(browser))
    return { ...room, person: new Person(browser, comeBack, 'the teacher') }
  }

  /** Says it until there is an answer that is one: as a phone does while the server is away. */
  async insist<Name extends SayName>(name: Name, said: Said<Name>): Promise<Reply<Replies[Name]>> {
    const end = Date.now() + MOST_PATIENCE
    let last = 'nothing'
    while (Date.now() < end) {
      // Each attempt waits for what came of the last one.
      // oxlint-disable-next-line no-await-in-loop
      const reply = await this.browser.say(name, said).catch(String)
      if (typeof reply !== 'string') {
        if (reply.ok || !TRY_AGAIN.includes(reply.why)) return reply
        // oxlint-disable-next-line no-await-in-loop
        await this.comeBack(this.browser).catch(() => undefined)
      }
      last = typeof reply === 'string' ? reply : JSON.stringify(reply)
      // oxlint-disable-next-line no-await-in-loop
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error(`${this.name} got no answer to ${name}, at last ${last}.`)
  }

  leave(): void {
    this.browser.socket.disconnect()
  }
}

/** An answer that the server said it has. */
export interface Acknowledged {
  readonly name: string
  readonly round: number
  readonly means: string
}

/** A class whose players answer, and remember what was acknowledged. */
export class Played {
  readonly acknowledged: Acknowledged[] = []
  private constructor(
    readonly teacher: Person,
    readonly code: string,
    readonly host: string,
    readonly players: readonly Person[],
    private readonly plan: readonly Posed[],
  ) {}

  static async open(
    url: string,
    players: number,
    questions: number,
    settings: Partial<Settings> = {},
  ): Promise<Played> {
    const plan = choices(questions)
    const { person, code, host } = await Person.teach(url, settings, plan)
    const people = await Promise.all(Array.from({ length: players }, () => Person.join(url, code)))
    return new Played(person, code, host, people, plan)
  }

  async ask(round: number): Promise<void> {
    await good(this.teacher.insist('act', { act: 'next', round }))
    await this.seen('the question', (view) => view?.round?.round === round)
  }

  private seen(what: string, is: (view: ReturnType<typeof viewOf>) => boolean): Promise<void> {
    return until(() => this.players.every(({ browser }) => is(viewOf(browser))), `every phone has ${what}`, 40_000)
  }

  /** Waits until every phone has the result. */
  shown(round: number): Promise<void> {
    return this.seen('the result', (view) => view?.round?.round === round && view.round.shown !== undefined)
  }

  /** Lets a player answer, and if the line is bad twice, and the second time late. */
  async answer(person: Person, round: number, dice: Random, bad = 0): Promise<void> {
    const means = String(dice.int(0, 1))
    const said: Said<'answer'> = {
      round,
      key: `${round}-${person.name}`.slice(0, 24),
      answer: { kind: 'choose', means },
    }
    const again = (): Promise<unknown> => person.browser.say('answer', said).catch(() => undefined)
    if (dice.next() < bad) void again()
    const reply = await person.insist('answer', said)
    if (reply.ok) this.acknowledged.push({ name: person.name, round, means })
    if (dice.next() < bad) setTimeout(() => void again(), dice.int(0, 400))
  }

  /** What stands in the report that should not, and what should and does not. */
  async amiss(): Promise<readonly string[]> {
    const { room } = await good(this.teacher.insist('report', { names: true }))
    const read = readReport(JSON.stringify(room))
    if (!('report' in read)) return [`The report cannot be read: ${read.fault}.`]
    const { rounds, people = [] } = read.report
    const wrong: string[] = []
    for (const { name, round, means } of this.acknowledged) {
      const given = people.find((person) => person.name === name)?.given.filter(([number]) => number === round) ?? []
      const [place] = given
      const group = place && rounds[round]?.groups[place[1]]
      const posed = this.plan[round]
      const expected = posed && seeing(bodyOf(posed), { kind: 'choose', means })
      if (given.length !== 1 || JSON.stringify(group?.answer) !== JSON.stringify(expected))
        wrong.push(`${name}, question ${round}: ${given.length} answers, ${JSON.stringify(group?.answer)}`)
    }
    for (const [number, { groups }] of rounds.entries()) {
      const counted = groups.reduce((sum, { count }) => sum + count, 0)
      const known = this.acknowledged.filter(({ round }) => round === number).length
      if (counted !== known) wrong.push(`Question ${number}: ${known} acknowledged, ${counted} counted`)
    }
    return wrong
  }

  leave(): void {
    for (const person of [this.teacher, ...this.players]) person.leave()
  }
}

const viewOf = (browser: Browser) => browser.last('room')
