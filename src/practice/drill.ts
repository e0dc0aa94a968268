import type { MisconceptionId } from '../lessons/misconception'
import type { Address } from '../net/address'
import type { Chain } from '../net/filter'
import { exposure, serverRouter } from '../net/exposure'
import { server, stranger } from '../quiz/addresses'
import type { Machine } from '../quiz/machine'
import { hostOf, waiting } from '../quiz/machine'
import { ssView } from '../quiz/machine-view'
import { nftView } from '../quiz/nft-view'
import type { Option } from '../quiz/question'
import type { View } from '../quiz/view'
import type { Random } from '../shift/random'
import { random } from '../shift/random'
import type { PracticeAskWords } from '../words/practice-asks'
import type { FactId } from './card'
import { DANGER_AT, PUBLIC, foreignDangers } from './danger'
import type { Danger } from './danger'
import type { Fact } from './fact'
import { FACTS } from './fact'

/** What stands before the service, or nothing does. */
const PLACES = ['open', 'open', 'open', 'loopback', 'filtered'] as const
type Place = (typeof PLACES)[number]

/** Why a listener may stay as it is, rightly or wrongly: besides the dangers. */
type Ground =
  | 'public'
  | 'loopback'
  | 'filtered'
  | 'listening'
  | 'let-through'
  | 'localhost'
  | 'password'
  | 'unseen'
  | 'official'
  | 'secure-443'
  | 'close-all'

export type Verdict = 'leave' | 'close'

/** A verdict with its reason. */
export interface DrillOption extends Option {
  readonly verdict: Verdict
}

/** One listener of a server on the internet: may strangers reach it, should they, and why? */
export interface DrillItem {
  readonly fact: Fact
  readonly stem: string
  readonly views: readonly View[]
  /** The field that the question is about: the listener's line. */
  readonly lit: string
  readonly options: readonly DrillOption[]
  /** Whether strangers reach it as it is, as the model of the network says. */
  readonly exposed: boolean
  readonly explanation: string
}

type Reason = readonly [verdict: Verdict, why: Ground | Danger, misconception?: MisconceptionId]

/** The services that the drill knows: those of the watch list, and those that are there for strangers. */
export const DRILLED: readonly Fact[] = [...FACTS.values()].filter(
  ({ id }) => DANGER_AT[id] !== undefined || PUBLIC.includes(id),
)

/** A service to be judged, and the seed of its surroundings. */
export interface Case {
  readonly fact: FactId
  readonly seed: number
}

/**
 * The item that a case makes.
 *
 * @throws RangeError for a fact that is not among `DRILLED`.
 */
export function drillItem({ fact: id, seed }: Case, words: PracticeAskWords): DrillItem {
  const fact = DRILLED.find((one) => one.id === id)
  if (!fact) throw new RangeError(`The drill knows no reason for or against ${id}.`)
  const dice = random(seed)
  const place = PUBLIC.includes(id) ? 'open' : dice.pick(PLACES)
  const address = server(dice)
  const { machine, chains } = siteOf(fact, place, address, dice)
  const exposed = exposure(
    { name: machine.name, router: serverRouter([address], chains), table: hostOf(machine).table },
    { address: stranger(dice), iif: 'eth0' },
  ).some(({ protocol, endpoint }) => protocol === fact.protocol && endpoint.port === fact.port)
  const [right, ...wrong] = reasonsOf(fact, place, exposed, dice)
  const say = words.drill
  const option = ([verdict, why, misconception]: Reason, isRight: boolean): DrillOption => ({
    means: `${verdict} ${why}`,
    text: say[verdict](say.reasons[why]),
    verdict,
    right: isRight,
    ...(misconception !== undefined && { misconception }),
  })
  const service = words.service(fact.id, fact.name)
  return {
    fact,
    stem: say.stem(service, fact.id),
    views: [ssView(machine, '-tuln'), ...chains.map(nftView)],
    lit: machine.sockets[0]?.id ?? '',
    options: dice.shuffle([
      option(right, true),
      ...dice
        .shuffle(wrong)
        .slice(0, 3)
        .map((one) => option(one, false)),
    ]),
    exposed,
    explanation: exposed ? exposedBecause(fact, words) : say.unreachable[place],
  }
}

/** Strangers reach it: whether it is meant for them, and what the watch list says of it. */
function exposedBecause({ id, name, watch }: Fact, words: PracticeAskWords): string {
  const why = PUBLIC.includes(id) ? undefined : words.watch(id, watch)
  const whether = words.drill.exposed(words.service(id, name), id, PUBLIC.includes(id))
  return why === undefined ? whether : `${whether} ${why}`
}

/** A server on which the service listens beside SSH, and the filter before it if there is one. */
function siteOf(
  { port, protocol }: Fact,
  place: Place,
  address: Address,
  dice: Random,
): { readonly machine: Machine; readonly chains: readonly Chain[] } {
  const at = place === 'loopback' ? '127.0.0.1' : '0.0.0.0'
  const others = [22, 443].filter((one) => one !== port || protocol !== 'tcp')
  const sockets = [
    waiting(protocol, { address: at, port }),
    ...others.slice(0, dice.int(1, others.length)).map((one) => waiting('tcp', { address: '0.0.0.0', port: one })),
  ]
  const chain: Chain = {
    name: 'input',
    family: 'inet',
    hook: 'input',
    policy: 'drop',
    rules: [
      { match: { state: ['established', 'related'] }, action: 'accept' },
      { match: { protocol: 'tcp', destinationPort: others }, action: 'accept' },
    ],
  }
  return {
    machine: { name: 'server', addresses: [address], sockets, programs: {} },
    chains: place === 'filtered' ? [chain] : [],
  }
}

/** The right reason, and wrong ones with the ideas behind them. */
function reasonsOf(
  { id, port, family }: Fact,
  place: Place,
  exposed: boolean,
  dice: Random,
): readonly [right: Reason, ...wrong: Reason[]] {
  const danger = DANGER_AT[id]
  const foreign: Reason = ['close', dice.pick(foreignDangers(id)), 'neighbour-mixup']
  const byNumber: Reason =
    port < 1024 ? ['leave', 'official', 'low-port-is-trusted'] : ['leave', 'unseen', 'nonstandard-port-hides']
  const wildcard: Reason = ['leave', 'localhost', 'wildcard-is-localhost']
  if (!exposed) {
    const listening: Reason = ['close', 'listening', 'listening-means-reachable']
    return place === 'loopback'
      ? [['leave', 'loopback'], listening, ['close', 'let-through', 'loopback-reachable-outside'], byNumber]
      : [['leave', 'filtered'], listening, wildcard, byNumber]
  }
  if (danger === undefined)
    return [
      ['leave', 'public'],
      ['close', 'close-all', 'closed-port-secures-host'],
      foreign,
      port === 443 ? ['leave', 'secure-443', 'open-443-is-safe'] : wildcard,
      byNumber,
    ]
  const password: readonly Reason[] =
    family === 'database' ? [['leave', 'password', 'database-open-with-password']] : []
  return [['close', danger], wildcard, byNumber, foreign, ...password]
}

/** A drill: cases one after the other; one that was wrong comes again in other surroundings. */
export interface Drill {
  readonly cases: readonly Case[]
  readonly answers: readonly { readonly fact: FactId; readonly right: boolean }[]
}

/** Cases in a drill, and those among them that are there for strangers. */
const [LENGTH, HARMLESS] = [10, 3] as const

export function beginDrill(seed: number): Drill {
  const dice = random(seed)
  const watched = dice.shuffle(DRILLED.filter(({ id }) => !PUBLIC.includes(id))).slice(0, LENGTH - HARMLESS)
  const harmless = dice.shuffle(PUBLIC).slice(0, HARMLESS)
  const facts = dice.shuffle([...watched.map(({ id }) => id), ...harmless])
  return { cases: facts.map((fact) => ({ fact, seed: seedFrom(dice) })), answers: [] }
}

const seedFrom = (dice: Random): number => dice.int(0, 0x7fffffff)

/** The item asked now, or undefined when the drill is over. */
export function drillNow({ cases, answers }: Drill, words: PracticeAskWords): DrillItem | undefined {
  const now = cases[answers.length]
  return now && drillItem(now, words)
}

/** The drill after the option of this meaning was chosen. */
export function drilled(drill: Drill, item: DrillItem, means: string): Drill {
  const now = drill.cases[drill.answers.length]
  if (!now) return drill
  const right = item.options.some((option) => option.right && option.means === means)
  const comesAgain =
    right || drill.answers.length >= LENGTH ? [] : [{ fact: now.fact, seed: seedFrom(random(now.seed)) }]
  return {
    cases: [...drill.cases, ...comesAgain],
    answers: [...drill.answers, { fact: now.fact, right }],
  }
}
