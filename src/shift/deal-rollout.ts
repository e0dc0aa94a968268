import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import type { PortState } from '../net/scan'
import { probePacket, scan } from '../net/scan'
import type { Endpoint } from '../net/tuple'
import { endpointText } from '../net/tuple'
import type { MisconceptionId } from '../lessons/misconception'
import type { Saying } from '../lessons/told'
import { anyAddress } from './callers'
import { labelText } from './deal-street'
import type { Tell } from './deal-tell'
import type { Dealer } from './dealer'
import { call } from './dealer'
import type { TrafficKind } from './level'
import type { Random } from './random'
import { random } from './random'
import type { ReceptionKind, ReceptionWhy, Repair, RolloutPlan, Settings, Standing, Stop } from './reception-plan'
import type { Rollout, Way } from './rollout'
import {
  boxesOf,
  endOf,
  heardAt,
  inOrder,
  isHealthy,
  progressOf,
  repairText,
  rolloutOf,
  standingOf,
  wayOf,
  wayToNode,
} from './rollout'
import type { Arrival, Option, Shift } from './shift'

type RolloutKind = Extract<ReceptionKind, `rollout-${string}`>

/** One who calls, and the rollout as it stands when the call is looked at. */
interface Case extends Standing {
  readonly packet: Packet
  readonly rollout: Rollout
  readonly dice: Random
}

const lastOf = ({ stops }: Way) => stops.at(-1)

/** What the paper of a packet that came back shows: its labels, what was heard, and the boxes to look into. */
const paperOf = ({ packet, rollout }: Case, { stops, answer }: Way) => ({
  about: packet,
  test: stops.map((stop) => ({ at: stop.at, label: labelText(stop.packet) })),
  heard: answer ?? null,
  boxes: boxesOf(rollout),
})

const stopText = (way: Way) => ({ seen: lastOf(way)?.at ?? '', end: endOf(lastOf(way)?.packet) })

const STOPS: readonly { readonly at: Stop; readonly saying: Saying }[] = [
  { at: 'gate', saying: 'at-gate' },
  { at: 'node', saying: 'at-node' },
  { at: 'Pod', saying: 'at-pod' },
]

/** What somebody overlooks who takes a call for served that ends at a stop. */
const OVERLOOKED: Readonly<Record<Stop, MisconceptionId>> = {
  balancer: 'lb-listener-equals-target',
  gate: 'listening-means-reachable',
  node: 'lb-listener-equals-target',
  Pod: 'k8s-port-is-targetport',
}

const reachesLoopback = ({ plan, settings }: Standing, way: Way): boolean =>
  lastOf(way)?.at === 'Pod' && !way.served && settings.targetPort === plan.targetPort

/** The boxes are there to look into: how far does this call get? */
function stopOf(one: Case): Tell {
  const { packet, rollout, dice } = one
  const way = wayOf(rollout, packet, () => dice.next())
  const end = way.served ? undefined : lastOf(way)?.at
  const overlooked = reachesLoopback(one, way) ? 'loopback-reachable-outside' : OVERLOOKED[end ?? 'gate']
  const misled = (said: Stop): MisconceptionId => {
    // Nobody stops it at the gate who was let in, and a rule that lets it in is not yet a listener.
    if (said === 'gate') return 'allow-rule-opens-port'
    if (said === 'Pod') return end === undefined ? 'k8s-port-is-targetport' : OVERLOOKED[end]
    return 'lb-listener-equals-target'
  }
  return {
    question: 'stop',
    about: packet,
    boxes: boxesOf(rollout),
    options: [
      ...STOPS.map(({ at, saying }): Option => ({
        told: { kind: 'say', saying },
        ...(at !== end && { misconception: misled(at) }),
      })),
      { told: { kind: 'say', saying: 'served' }, ...(!way.served && { misconception: overlooked }) },
    ],
    why: way.served ? 'served' : 'stops-at',
    field: 'destinationPort',
    notes: stopText(way),
    ...(way.answer && { answer: way.answer }),
    ribbon: way.stops.map((stop) => labelText(stop.packet)),
    places: way.stops.map(({ at }) => at),
  }
}

/** A change that somebody could make, and the idea that leads to it where it is not the right one. */
interface Change {
  readonly repair: Repair
  readonly idea: MisconceptionId
}

/** Every change of the way of a guest's call: right numbers and wrong ones, at each box. */
function changesFor({ port, nodePort, targetPort }: RolloutPlan, end: Stop | undefined): readonly Change[] {
  const numbers = [nodePort, port, targetPort]
  const alike = (number: number): MisconceptionId =>
    number === targetPort ? 'k8s-port-is-targetport' : 'lb-listener-equals-target'
  return [
    ...numbers.map((number) => ({ repair: { server: number }, idea: alike(number) })),
    ...numbers.map((number): Change => ({
      repair: { rule: number },
      idea: end === 'gate' ? alike(number) : 'allow-rule-opens-port',
    })),
    ...numbers.map((number): Change => ({ repair: { targetPort: number }, idea: 'k8s-port-is-targetport' })),
    { repair: { listens: { address: '0.0.0.0', port: targetPort } }, idea: 'wildcard-is-localhost' },
    { repair: { listens: { address: '127.0.0.1', port } }, idea: 'loopback-reachable-outside' },
    { repair: { declares: [targetPort] }, idea: 'expose-publishes' },
  ]
}

const keyOf = (repair: Repair): string => Object.keys(repair).join()

const leaves = (settings: Settings, repair: Repair): boolean =>
  JSON.stringify({ ...settings, ...repair }) === JSON.stringify(settings)

interface Changes {
  readonly right: readonly Change[]
  readonly wrong: readonly Change[]
}

const tried = new WeakMap<Rollout, Changes>()

/** The changes that bring a guest's call further, and those that do not. Tried once for each rollout. */
function changesOf(one: Case, way: Way): Changes {
  const changes = tried.get(one.rollout) ?? tryAll(one, way)
  tried.set(one.rollout, changes)
  return changes
}

function tryAll({ plan, settings }: Case, way: Way): Changes {
  const before = progressOf(plan, settings)
  const all = changesFor(plan, way.served ? undefined : lastOf(way)?.at)
  const right = all.filter(({ repair }) => progressOf(plan, { ...settings, ...repair }) > before)
  // What changes nothing is no choice, and what mends a fault further on would be right before its time.
  const idle = ({ repair }: Change) => leaves(settings, repair) || leaves(inOrder(plan), repair)
  return { right, wrong: all.filter((change) => !right.includes(change) && !idle(change)) }
}

/** So many changes are offered at most. */
const MOST_CHANGES = 6

/** A test packet has been sent: which one change brings the next one further? */
function repairOf(one: Case): Tell {
  const { plan, settings, packet, rollout, dice } = one
  const chance = () => dice.next()
  const way = wayOf(rollout, packet, chance)
  const after = ({ repair }: Change): Settings => ({ ...settings, ...repair })
  const { right, wrong } = changesOf(one, way)
  // One wrong change a setting, so that each box is on offer.
  const each = [...new Map(dice.shuffle(wrong).map((change) => [keyOf(change.repair), change])).values()]
  const options = [...right, ...each].slice(0, MOST_CHANGES).map((change): Option => {
    const { answer } = wayOf(rolloutOf(plan, after(change)), packet, chance)
    return {
      told: { kind: 'sign', text: repairText(plan, change.repair) },
      repair: change.repair,
      ...(answer && { answer }),
      ...(!right.includes(change) && { misconception: change.idea }),
    }
  })
  return {
    question: 'repair',
    ...paperOf(one, way),
    options: dice.shuffle(options),
    why: 'repaired',
    field: 'destinationPort',
    notes: stopText(way),
  }
}

/** A stranger has got in at the port for debugging: which one change keeps the street out? */
function closeOf(one: Case): Tell {
  const { plan, settings, packet, rollout, dice } = one
  const chance = () => dice.next()
  const way = wayToNode(rollout, packet, chance)
  const changes: readonly Change[] = [
    { repair: { debug: 'ClusterIP' }, idea: 'publish-stays-private' },
    { repair: { drops: [plan.debugPort] }, idea: 'publish-reversed' },
    { repair: { declares: [plan.targetPort] }, idea: 'expose-publishes' },
    { repair: { targetPort: plan.debugPort }, idea: 'k8s-port-is-targetport' },
  ]
  const options = changes.map(({ repair, idea }): Option => {
    const after = wayToNode(rolloutOf(plan, { ...settings, ...repair }), packet, chance)
    return {
      told: { kind: 'sign', text: repairText(plan, repair) },
      repair,
      ...(after.answer && { answer: after.answer }),
      ...(after.served && { misconception: idea }),
    }
  })
  return {
    question: 'close',
    ...paperOf(one, way),
    options: dice.shuffle(options),
    why: 'withdrawn',
    field: 'destinationPort',
    notes: { seen: String(plan.debugPort), end: String(plan.debugNodePort) },
  }
}

/** The balancer's own check of the node: green, refused, or silence? */
function healthOf(one: Case): Tell {
  const { plan, settings, packet, rollout, dice } = one
  const chance = () => dice.next()
  const source = tupleOf(packet)?.source ?? { address: plan.balancer, port: 40000 }
  const probe = probePacket('tcp', source, { address: plan.node, port: settings.server })
  const way = wayToNode(rollout, probe, chance)
  const found = isHealthy(rollout, chance) ? 'healthy' : way.answer ? 'check-refused' : 'check-silent'
  const overlooked = reachesLoopback(one, way) ? 'loopback-reachable-outside' : OVERLOOKED[lastOf(way)?.at ?? 'node']
  const misled = (said: Saying): MisconceptionId => {
    if (said === 'healthy') return overlooked
    if (found === 'healthy') return 'lb-listener-equals-target'
    return said === 'check-silent' ? 'closed-is-silent' : 'no-rule-means-allowed'
  }
  const sayings = ['healthy', 'check-refused', 'check-silent'] as const
  return {
    question: 'health',
    about: probe,
    boxes: boxesOf(rollout),
    options: sayings.map((saying): Option => ({
      told: { kind: 'say', saying },
      ...(saying !== found && { misconception: misled(saying) }),
    })),
    why: found === 'healthy' ? 'check-passes' : found,
    field: 'destinationPort',
    notes: stopText(way),
    ...(way.answer && { answer: way.answer }),
  }
}

/** What is found at a number by whoever scans from the street, and why. */
const FOUND: Readonly<Record<'debug' | 'inside' | 'node' | 'desk', Partial<Record<PortState, ReceptionWhy>>>> = {
  debug: { open: 'debug-open', closed: 'debug-closed' },
  inside: { filtered: 'debug-inside' },
  node: { filtered: 'balancer-only' },
  desk: { open: 'desk-open' },
}

/** A scanner knocks: what does it find at this number? */
function scanOf(one: Case): Tell {
  const { plan, packet, rollout, dice } = one
  const tuple = tupleOf(packet)
  const [source, { address, port }] = [tuple?.source ?? ANYONE, tuple?.destination ?? ANYONE]
  const chance = () => dice.next()
  const responder = (probe: Packet) => heardAt(rollout, probe, chance)
  const [found] = scan(responder, { technique: 'syn', source, target: address, ports: [port] })
  const state: PortState = found?.state ?? 'filtered'
  const place =
    address === plan.balancer
      ? 'desk'
      : port === plan.debugNodePort
        ? 'debug'
        : port === plan.debugPort
          ? 'inside'
          : 'node'
  const why = FOUND[place][state]
  if (!why) throw new RangeError(`A scan finds ${endpointText({ address, port })} ${state}, and no line says why.`)
  const misled = (said: PortState): MisconceptionId => {
    if (said === 'open')
      return place === 'inside'
        ? 'publish-reversed'
        : place === 'debug'
          ? 'allow-rule-opens-port'
          : 'listening-means-reachable'
    if (state === 'open')
      return place === 'desk'
        ? 'lb-listener-equals-target'
        : said === 'closed'
          ? 'publish-reversed'
          : 'publish-stays-private'
    return 'closed-is-silent'
  }
  const sayings = ['open', 'closed', 'filtered'] as const
  const answer = responder(probePacket('tcp', source, { address, port }))
  return {
    question: 'reached',
    about: packet,
    boxes: boxesOf(rollout),
    options: sayings.map((saying): Option => ({
      told: { kind: 'say', saying },
      ...(saying !== state && { misconception: misled(saying) }),
    })),
    why,
    field: 'destinationPort',
    notes: { end: endpointText({ address, port }), seen: String(plan.debugPort) },
    ...(answer && { answer }),
  }
}

const ANYONE: Endpoint = { address: '', port: 0 }

/** What is asked of a call, by its kind. */
const ASKED: Record<RolloutKind, (one: Case) => Tell> = {
  'rollout-stop': stopOf,
  'rollout-fix': repairOf,
  'rollout-close': closeOf,
  'rollout-health': healthOf,
  'rollout-scan': scanOf,
}

const isRolloutKind = (kind: TrafficKind | 'captured'): kind is RolloutKind => kind in ASKED

const asked = (kind: RolloutKind, standing: Standing, packet: Packet, dice: Random): Tell => ({
  ...ASKED[kind]({ ...standing, packet, dice, rollout: rolloutOf(standing.plan, standing.settings) }),
  repairs: standing.repairs,
})

/**
 * A call that reaches the desk is asked of the rollout as it stands then: what has been repaired since it was dealt counts.
 * The same call, level, seed and decisions are asked in the same way.
 */
export function asItStands(shift: Shift, arrival: Arrival): Arrival {
  if (arrival.asks !== 'tell' || !arrival.about || !isRolloutKind(arrival.kind)) return arrival
  const standing = standingOf(shift)
  if (!standing || standing.repairs === arrival.repairs) return arrival
  const dice = random((shift.seed ^ (arrival.id * 8191)) + standing.repairs * 131 + arrival.attempt)
  const { id, wave, kind, attempt } = arrival
  return { id, wave, kind, attempt, asks: 'tell', ...asked(arrival.kind, standing, arrival.about, dice) }
}

/** The rollout of a dealer's wave. Throws RangeError where the wave has none. */
function standingAt({ standing, level }: Dealer): Standing {
  if (!standing) throw new RangeError(`Level ${level.id}: a wave without a rollout deals calls to one.`)
  return standing
}

const someone = ({ dice }: Dealer): Endpoint => ({ address: anyAddress(dice), port: dice.int(32768, 60999) })

/** Who calls: guests at the balancer, a Pod next door at the Service, a stranger at the node itself. */
function caller(dealer: Dealer): Packet {
  const { dice } = dealer
  const { plan } = standingAt(dealer)
  const inside = { address: plan.guest, port: dice.int(32768, 60999) }
  const to = dealer.draw('caller', ['guest', 'guest', 'pod', 'stranger'])
  if (to === 'pod') return call(dealer, 'tcp', { address: plan.clusterIP, port: plan.port }, inside)
  return to === 'guest'
    ? visit(dealer)
    : call(dealer, 'tcp', { address: plan.node, port: plan.nodePort }, someone(dealer))
}

function visit(dealer: Dealer): Packet {
  const { balancer, port } = standingAt(dealer).plan
  return call(dealer, 'tcp', { address: balancer, port }, someone(dealer))
}

/** A stranger at a number of the node, mostly one of those for debugging, or at the balancer. */
function knock(dealer: Dealer): Packet {
  const { balancer, node, port, nodePort, debugPort, debugNodePort } = standingAt(dealer).plan
  const debug = [debugNodePort, debugPort].map((one) => ({ address: node, port: one }))
  const other = dealer.dice.pick([
    { address: node, port: nodePort },
    { address: balancer, port },
  ])
  return call(dealer, 'tcp', dealer.draw('scan', [...debug, ...debug, other]), someone(dealer))
}

function breakIn(dealer: Dealer): Packet {
  const { node, debugNodePort } = standingAt(dealer).plan
  return call(dealer, 'tcp', { address: node, port: debugNodePort }, someone(dealer))
}

function check(dealer: Dealer): Packet {
  const { plan, settings } = standingAt(dealer)
  const source = { address: plan.balancer, port: dealer.dice.int(32768, 60999) }
  return call(dealer, 'tcp', { address: plan.node, port: settings.server }, source)
}

const CALLERS: Record<RolloutKind, (dealer: Dealer) => Packet> = {
  'rollout-stop': caller,
  'rollout-fix': visit,
  'rollout-close': breakIn,
  'rollout-health': check,
  'rollout-scan': knock,
}

const desk = (kind: RolloutKind) => (dealer: Dealer) =>
  asked(kind, standingAt(dealer), CALLERS[kind](dealer), dealer.dice)

export const ROLLOUT_DESKS: Record<RolloutKind, (dealer: Dealer) => Tell> = {
  'rollout-stop': desk('rollout-stop'),
  'rollout-fix': desk('rollout-fix'),
  'rollout-close': desk('rollout-close'),
  'rollout-health': desk('rollout-health'),
  'rollout-scan': desk('rollout-scan'),
}
