import * as v from 'valibot'
import { parseAddress } from '../net/address'
import type { ChoiceKind } from '../lessons/choice'
import type { Level, PortText, TrafficKind, View, Wave, WindowPlan } from '../shift/level'

/** What the file says it is, so that no other JSON is taken for it. */
const KIND = 'port-authority level'

/** How much of everything a level may have. */
export const MOST = {
  letters: 24_000,
  title: 60,
  text: 240,
  name: 24,
  addresses: 4,
  waves: 6,
  doors: 10,
  closed: 12,
  plans: 6,
  windows: 20,
  ofKind: 20,
  packets: 60,
} as const

/** The kinds of traffic that a built level can have. */
export const BUILD_KINDS = [
  'to-listener',
  'tcp-to-listener',
  'udp-to-listener',
  'bait',
  'tcp-to-closed',
  'udp-to-closed',
  'ping',
  'port-zero',
  'range-question',
  'to-listener-v4',
  'to-listener-v6',
  'other-entrance',
  'staff-door',
  'from-inside',
  'syn-same-address',
  'data-known',
  'data-same-address',
  'data-same-port',
  'data-other-door',
  'data-unknown',
  'data-after-crash',
  'fin',
  'request-to-answer',
  'bind-free',
  'bind-other-protocol',
  'bind-conflict',
  'bind-covered',
  'bind-privileged',
  'bind-foreign',
] as const satisfies readonly TrafficKind[]

export type BuildKind = (typeof BUILD_KINDS)[number]

/** The verdicts that a built level can offer. */
export const BUILD_OFFERS = [
  'listener',
  'connection',
  'rst',
  'icmp',
  'echo-reply',
  'drop',
  'range',
  'reply',
  'grant',
  'eaddrinuse',
  'eacces',
  'eaddrnotavail',
] as const satisfies readonly ChoiceKind[]

export const BUILD_LIKES = [
  'strangers',
  'one-address',
  'one-port',
  'twins',
  'both-families',
] as const satisfies readonly WindowPlan['like'][]

const VIEWS = ['fields', 'tcpdump', 'hex'] as const satisfies readonly View[]

/** Text as people write it: one line, without signs that steer a terminal or turn the writing round. */
const line = (most: number) =>
  v.pipe(
    v.string(),
    v.maxLength(most),
    v.check((text) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u.test(text), 'odd-letters'),
  )
const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))
const list = <const S extends v.GenericSchema>(item: S, most: number) => v.pipe(v.array(item), v.maxLength(most))
const flag = <const K extends string>(kinds: readonly K[]) => v.picklist(kinds)

const Port = whole(1, 65_535)
const ProtocolName = v.picklist(['tcp', 'udp'])
const AddressText = v.pipe(
  v.string(),
  v.maxLength(45),
  v.check((text) => parseAddress(text) === text, 'no-address'),
)
const PortName = v.custom<PortText>((text) => {
  const [, port] = (typeof text === 'string' && /^([1-9]\d{0,4})\/(?:tcp|udp)$/.exec(text)) || []
  return port !== undefined && Number(port) <= 65_535
}, 'no-port')

const DoorSchema = v.strictObject({
  protocol: ProtocolName,
  port: Port,
  program: line(MOST.name),
  /** All entrances if left out. */
  address: v.exactOptional(AddressText),
  v6only: v.exactOptional(v.boolean()),
})

const WaveSchema = v.strictObject({
  opens: list(DoorSchema, MOST.doors),
  stops: v.exactOptional(list(PortName, MOST.doors)),
  crashes: v.exactOptional(list(PortName, MOST.doors)),
  windows: v.exactOptional(
    list(v.strictObject({ at: PortName, like: flag(BUILD_LIKES), count: whole(1, MOST.windows) }), MOST.plans),
  ),
  bricks: v.exactOptional(list(v.strictObject({ protocol: ProtocolName, port: Port }), MOST.closed)),
  closed: v.exactOptional(list(v.strictObject({ protocol: ProtocolName, port: Port }), MOST.closed)),
  deal: v.record(flag(BUILD_KINDS), whole(1, MOST.ofKind)),
  offers: v.pipe(list(flag(BUILD_OFFERS), BUILD_OFFERS.length), v.minLength(1)),
  views: v.pipe(list(flag(VIEWS), VIEWS.length), v.minLength(1)),
  envelope: v.exactOptional(v.picklist(['turn', 'write'])),
  board: v.exactOptional(v.picklist(['tan', 'tlnp', 'tulnp'])),
  plates: v.exactOptional(v.picklist(['number', 'name'])),
})

export const BlueprintSchema = v.strictObject({
  kind: v.literal(KIND),
  version: v.literal(1),
  title: v.pipe(
    line(MOST.title),
    v.check((text) => text.trim() !== '', 'empty'),
  ),
  intro: line(MOST.text),
  goal: line(MOST.text),
  debrief: line(MOST.text),
  host: v.strictObject({
    name: line(MOST.name),
    addresses: v.pipe(list(AddressText, MOST.addresses), v.minLength(1)),
  }),
  waves: v.pipe(list(WaveSchema, MOST.waves), v.minLength(1)),
})

/** A level as somebody builds it: what a file or a link holds. */
export type Blueprint = v.InferOutput<typeof BlueprintSchema>

export type WaveBlueprint = v.InferOutput<typeof WaveSchema>

/** Why something is refused. Its words stand in the message catalogue. */
export type Reason =
  | 'too-large'
  | 'unreadable'
  | 'not-a-level'
  | 'newer-version'
  | 'missing'
  | 'unknown-part'
  | 'wrong-kind'
  | 'too-long'
  | 'too-many'
  | 'too-few'
  | 'out-of-range'
  | 'not-on-list'
  | 'no-address'
  | 'no-port'
  | 'odd-letters'
  | 'empty'
  | 'address-twice'
  | 'no-such-address'
  | 'door-refused'
  | 'nobody-listens'
  | 'nothing-to-deal'
  | 'too-many-packets'
  | 'no-packets'
  | 'verdict-missing'
  | 'cannot-be-won'

/** What is wrong, and where: the way to the part, from the outside in. */
export interface Fault {
  readonly at: readonly (string | number)[]
  readonly reason: Reason
  /** What the reason speaks of: a verdict, an errno. */
  readonly detail?: string
}

const REASONS: Readonly<Record<string, Reason>> = {
  max_length: 'too-many',
  min_length: 'too-few',
  min_value: 'out-of-range',
  max_value: 'out-of-range',
  integer: 'out-of-range',
  picklist: 'not-on-list',
  custom: 'no-port',
}

function faultOf(issue: v.BaseIssue<unknown>): Fault {
  const at = (issue.path ?? []).flatMap(({ key }) => (typeof key === 'string' || typeof key === 'number' ? key : []))
  const { type, received, message, expected } = issue
  const named: readonly Reason[] = ['odd-letters', 'no-address', 'empty', 'no-port']
  const own = named.find((reason) => reason === message)
  if (own) return { at, reason: own }
  if (type === 'max_length' && typeof issue.input === 'string') return { at, reason: 'too-long' }
  if (expected === 'never') return { at, reason: 'unknown-part' }
  if (received === 'undefined') return { at, reason: 'missing' }
  return { at, reason: REASONS[type] ?? 'wrong-kind' }
}

/** The text of a file that holds a level. */
export const writeBlueprint = (blueprint: Blueprint): string => `${JSON.stringify(blueprint, null, 2)}\n`

/** How many faults are told at once. */
const MOST_FAULTS = 12

/** The level in the text of a file, or what is wrong with it, each with its place. Never throws, whatever the text is. */
export function readBlueprint(text: string): { readonly blueprint: Blueprint } | { readonly faults: readonly Fault[] } {
  if (text.length > MOST.letters) return { faults: [{ at: [], reason: 'too-large' }] }
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return { faults: [{ at: [], reason: 'unreadable' }] }
  }
  if (!v.is(v.looseObject({ kind: v.literal(KIND) }), json)) return { faults: [{ at: [], reason: 'not-a-level' }] }
  if (v.is(v.looseObject({ version: v.pipe(v.number(), v.minValue(2)) }), json))
    return { faults: [{ at: [], reason: 'newer-version' }] }
  const read = v.safeParse(BlueprintSchema, json)
  if (read.success) return { blueprint: read.output }
  return { faults: read.issues.slice(0, MOST_FAULTS).map((issue) => faultOf(issue)) }
}

/** The id of every built level: it has no place in the campaign. */
export const BUILT = 'built'

/** The level of a blueprint, as it is; `faultsOf` says whether it can be played. */
export function builtLevel({ title, intro, goal, debrief, host, waves }: Blueprint): Level {
  const [first = '', ...others] = host.addresses
  return {
    id: BUILT,
    own: { title, intro, goal, debrief },
    floor: 0,
    boss: false,
    host: { name: host.name, addresses: [first, ...others] },
    waves: waves.map((wave): Wave => ({ ...wave, glow: 0 })),
    stars: [0.65, 0.85, 0.95],
    teaches: [],
    claims: [],
  }
}
