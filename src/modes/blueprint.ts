import * as v from 'valibot'
import type { ChoiceKind } from '../lessons/choice'
import type { Action, Rule } from '../net/filter'
import type { Board, GatePlan, Language, Level, View, Wave, WindowPlan } from '../shift/level'
import type { BuildPlace } from './blueprint-kinds'
import { BUILD_KINDS } from './blueprint-kinds'
import {
  AddressText,
  Endpoint4,
  MOST,
  Port,
  PortName,
  PrefixText,
  ProtocolName,
  flag,
  line,
  list,
  whole,
} from './blueprint-parts'
import { PlaceSchemas, addressesAt, doorsAt, placeOf, plansOf } from './blueprint-place'

/** What the file says it is, so that no other JSON is taken for it. */
const KIND = 'port-authority level'

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
  'port',
  'count',
  'tell',
] as const satisfies readonly ChoiceKind[]

export const BUILD_LIKES = [
  'strangers',
  'one-address',
  'one-port',
  'same-pair',
  'twins',
  'both-families',
] as const satisfies readonly WindowPlan['like'][]

export const BUILD_BOARDS = [
  'tan',
  'tlnp',
  'tulnp',
  'gate',
  'map',
  'street',
  'annex',
  'svc',
  'desk',
] as const satisfies readonly Board[]

export const BUILD_LANGUAGES = ['http', 'tls', 'ssh', 'dns', 'mysql'] as const satisfies readonly Language[]

/** What a rule of the board can do. */
export const BUILD_ACTIONS = [
  'accept',
  'drop',
  'reset',
  'port-unreachable',
  'admin-prohibited',
] as const satisfies readonly Action[]

const VIEWS = ['fields', 'tcpdump', 'hex'] as const satisfies readonly View[]

const Ports = v.pipe(
  list(
    v.union([
      Port,
      v.pipe(
        v.strictObject({ from: Port, to: Port }),
        v.check(({ from, to }) => from <= to, 'out-of-range'),
      ),
    ]),
    MOST.ports,
  ),
  v.minLength(1),
)

const RuleSchema = v.strictObject({
  match: v.strictObject({
    protocol: v.exactOptional(v.picklist(['tcp', 'udp', 'icmp'])),
    source: v.exactOptional(PrefixText),
    sourcePort: v.exactOptional(Ports),
    destinationPort: v.exactOptional(Ports),
    state: v.exactOptional(v.pipe(list(v.picklist(['new', 'established', 'related', 'invalid']), 4), v.minLength(1))),
  }),
  action: flag(BUILD_ACTIONS),
}) satisfies v.GenericSchema<Rule>

const GateSchema = v.strictObject({
  rules: list(RuleSchema, MOST.rules),
  policy: v.picklist(['accept', 'drop']),
  /** Flows are remembered. */
  notebook: v.boolean(),
}) satisfies v.GenericSchema<GatePlan>

const DoorSchema = v.strictObject({
  protocol: ProtocolName,
  port: Port,
  program: line(MOST.name),
  /** All entrances if left out. */
  address: v.exactOptional(AddressText),
  v6only: v.exactOptional(v.boolean()),
  reuseport: v.exactOptional(v.boolean()),
  speaks: v.exactOptional(flag(BUILD_LANGUAGES)),
})

const WaveSchema = v.strictObject({
  opens: list(DoorSchema, MOST.doors),
  stops: v.exactOptional(list(PortName, MOST.doors)),
  crashes: v.exactOptional(list(PortName, MOST.doors)),
  windows: v.exactOptional(
    list(
      v.strictObject({
        at: PortName,
        like: flag(BUILD_LIKES),
        count: whole(1, MOST.windows),
        state: v.exactOptional(v.literal('TIME-WAIT')),
      }),
      MOST.plans,
    ),
  ),
  /** Connections that the host itself has opened, and servers that it wants to call. */
  calls: v.exactOptional(
    list(v.strictObject({ from: Port, to: Endpoint4, state: v.exactOptional(v.literal('TIME-WAIT')) }), MOST.calls),
  ),
  servers: v.exactOptional(list(Endpoint4, MOST.calls)),
  crowd: v.exactOptional(v.strictObject({ at: PortName, count: whole(1000, MOST.crowd) })),
  gate: v.exactOptional(GateSchema),
  /** One stands outside, and knocks. */
  outside: v.exactOptional(v.boolean()),
  knocks: v.exactOptional(list(PortName, MOST.knocks)),
  /** Guests of HTTP/3 that are known. */
  guests: v.exactOptional(whole(2, MOST.guests)),
  bricks: v.exactOptional(list(v.strictObject({ protocol: ProtocolName, port: Port }), MOST.closed)),
  closed: v.exactOptional(list(v.strictObject({ protocol: ProtocolName, port: Port }), MOST.closed)),
  deal: v.record(flag(BUILD_KINDS), whole(1, MOST.ofKind)),
  offers: v.pipe(list(flag(BUILD_OFFERS), BUILD_OFFERS.length), v.minLength(1)),
  views: v.pipe(list(flag(VIEWS), VIEWS.length), v.minLength(1)),
  envelope: v.exactOptional(v.picklist(['turn', 'write'])),
  board: v.exactOptional(flag(BUILD_BOARDS)),
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
    /** At a box on the way they are those of the boxes. */
    addresses: v.pipe(list(AddressText, MOST.addresses), v.minLength(1)),
    /** The range from which it picks ports (ip_local_port_range). */
    ephemeral: v.exactOptional(
      v.pipe(
        v.tuple([Port, Port]),
        v.check(([first, last]) => first <= last, 'out-of-range'),
      ),
    ),
  }),
  ...PlaceSchemas,
  waves: v.pipe(list(WaveSchema, MOST.waves), v.minLength(1)),
})

/** What every file of a level says first. */
export const BLUEPRINT = { kind: KIND, version: 1 } as const

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
  | 'no-ipv4'
  | 'no-prefix'
  | 'no-name'
  | 'no-port'
  | 'odd-letters'
  | 'empty'
  | 'address-twice'
  | 'twice'
  | 'one-place'
  | 'wrong-place'
  | 'wrong-side'
  | 'no-such-name'
  | 'not-a-flat'
  | 'no-sign'
  | 'has-sign'
  | 'needs-protocol'
  | 'needs-notebook'
  | 'needs-crowd'
  | 'street-address-first'
  | 'nothing-to-tell-apart'
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
  const named: readonly Reason[] = [
    'odd-letters',
    'no-address',
    'no-ipv4',
    'no-prefix',
    'no-name',
    'out-of-range',
    'empty',
    'no-port',
  ]
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

/** A built level looks and sounds like the floor where its boxes are at home. */
const FLOOR_OF: Readonly<Record<BuildPlace, number>> = {
  host: 0,
  street: 5,
  annex: 5,
  block: 5,
  cluster: 6,
  balancer: 6,
}
const GATEHOUSE = 4

/** The level of a blueprint, as it is; `faultsOf` says whether it can be played. */
export function builtLevel(blueprint: Blueprint): Level {
  const { title, intro, goal, debrief, host, waves } = blueprint
  const boxes = addressesAt(blueprint)
  const [first = '', ...others] = boxes.length > 0 ? boxes : host.addresses
  const plans = plansOf(blueprint)
  const doors = doorsAt(blueprint)
  return {
    id: BUILT,
    own: { title, intro, goal, debrief },
    floor: waves.some(({ gate }) => gate) ? GATEHOUSE : FLOOR_OF[placeOf(blueprint)],
    boss: false,
    host: { name: host.name, addresses: [first, ...others], ...(host.ephemeral && { ephemeral: host.ephemeral }) },
    waves: waves.map((wave, index): Wave => ({
      ...wave,
      ...plans,
      opens: index === 0 ? [...doors, ...wave.opens] : wave.opens,
      glow: 0,
    })),
    stars: [0.65, 0.85, 0.95],
    teaches: [],
    claims: [],
  }
}
