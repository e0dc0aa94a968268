import type { Balancer, BalancerRoute, Target } from '../net/balancer'
import { balancerRoute, checked } from '../net/balancer'
import { reach, responderOf, serverRouter } from '../net/exposure'
import type { Site } from '../net/exposure'
import type { Rule } from '../net/filter'
import { nftRule } from '../net/nft-text'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import { receive } from '../net/receive'
import type { Endpoint } from '../net/tuple'
import { endpointText } from '../net/tuple'
import type { MisconceptionId } from '../lessons/misconception'
import { anyAddress } from './callers'
import { answerTo } from './deal-service'
import { labelText } from './deal-street'
import type { Tell } from './deal-tell'
import type { Dealer } from './dealer'
import { call } from './dealer'
import type { BalancerPlan, DeskPlan, ReceptionKind, WingPlan } from './reception-plan'
import type { Option } from './shift'
import { hostListening } from './wing'

/** The plan of a dealer's wave. Throws RangeError where the wave has no balancer. */
function balancerPlan({ wave, level }: Dealer): BalancerPlan {
  if (!wave.balancer) throw new RangeError(`Level ${level.id}: a wave without a balancer deals calls to one.`)
  return wave.balancer
}

const hostOfWing = ({ name, address, listens }: WingPlan) =>
  hostListening(
    name,
    address,
    listens.map((port) => ({ port })),
  )

const asked = new WeakMap<BalancerPlan, Partial<Record<DeskPlan['mode'], Balancer>>>()

/** The balancer with its desks of one mode, after a round of health checks. Made once for each plan. */
export function balancerOf(plan: BalancerPlan, mode: DeskPlan['mode']): Balancer {
  const known = asked.get(plan)
  const balancer = known?.[mode] ?? checkedOf(plan, mode)
  asked.set(plan, { ...known, [mode]: balancer })
  return balancer
}

function checkedOf({ name, address, desks, wings }: BalancerPlan, mode: DeskPlan['mode']): Balancer {
  const own = desks.filter((desk) => desk.mode === mode)
  return checked({
    name,
    address,
    mode,
    listeners: own.map(({ protocol, port, pool }) => ({ protocol, port, pool })),
    pools: own.map((desk) => ({
      name: desk.pool,
      port: desk.targetPort,
      targets: wings
        .filter((wing) => desk.wings.includes(wing.name))
        .map((wing): Target => ({ host: hostOfWing(wing), address: wing.address, healthy: true })),
    })),
  })
}

/** What the balancer does with a first packet. Where nobody listens, both halves refuse it alike. */
function routeOf(plan: BalancerPlan, packet: Packet, chance: () => number): BalancerRoute {
  const route = balancerRoute(balancerOf(plan, 'proxy'), packet, chance)
  return route.kind === 'rst' ? balancerRoute(balancerOf(plan, 'passthrough'), packet, chance) : route
}

/** A guest's first packet to a port of the balancer. */
function visit(dealer: Dealer, { address }: BalancerPlan, port: number): Packet {
  const from = { address: anyAddress(dealer.dice), port: dealer.dice.int(32768, 60999) }
  return call(dealer, 'tcp', { address, port }, from)
}

const end = (address: string, port: number, misconception?: MisconceptionId): Option => ({
  told: { kind: 'end', end: { address, port } },
  ...(misconception && { misconception }),
})

const NOWHERE = { kind: 'say', saying: 'nowhere' } as const

/** To which wing, and to which of its ports? */
function wingOfCaller(dealer: Dealer): Tell {
  const { dice } = dealer
  const plan = balancerPlan(dealer)
  const desk = dealer.draw('desk', plan.desks)
  const packet = visit(dealer, plan, desk.port)
  const route = routeOf(plan, packet, () => dice.next())
  if (route.kind !== 'routed') throw new RangeError(`Level ${dealer.level.id}: no wing is well behind ${desk.port}.`)
  const { pool, target } = route
  const [well, ill] = [true, false].map((healthy) => pool.targets.filter((one) => one.healthy === healthy))
  const others = plan.desks.filter((one) => one.targetPort !== pool.port)
  const options = [
    ...(well ?? []).map(({ address }) => end(address, pool.port)),
    ...(ill ?? []).map(({ address }) => end(address, pool.port, 'listening-means-reachable')),
    ...(desk.port === pool.port ? [] : [end(target.address, desk.port, 'lb-listener-equals-target')]),
    ...others.map((one) => end(target.address, one.targetPort, 'dport-alone-selects')),
  ]
  const { answer } = receive(target.host, route.packet)
  return {
    question: 'wing',
    about: packet,
    options: [...dice.shuffle(options), { told: NOWHERE, misconception: 'lb-listener-equals-target' }],
    why: 'desk',
    field: 'destinationPort',
    notes: { end: endpointText({ address: target.address, port: pool.port }), seen: String(desk.port) },
    ...(answer && { answer: answerTo(packet, answer) }),
  }
}

/** A port at which the balancer does not listen, though its wings may. */
function noDesk(dealer: Dealer): Tell {
  const { dice } = dealer
  const plan = balancerPlan(dealer)
  const packet = visit(dealer, plan, dealer.draw('strange', plan.strange))
  const port = tupleOf(packet)?.destination.port ?? 0
  const { kind } = routeOf(plan, packet, () => dice.next())
  if (kind !== 'rst') throw new RangeError(`Level ${dealer.level.id}: the balancer takes callers at ${port}.`)
  const wings = plan.wings.filter(({ listens }) => listens.includes(port))
  const some = (wings.length > 0 ? wings : plan.wings).slice(0, 3)
  const number = wings.length > 0 ? port : (plan.desks[0]?.targetPort ?? port)
  const { answer } = receive(hostListening(plan.name, plan.address, []), packet)
  return {
    question: 'wing',
    about: packet,
    options: [
      ...dice.shuffle(some.map(({ address }) => end(address, number, 'lb-listener-equals-target'))),
      { told: NOWHERE },
    ],
    why: 'desk-closed',
    field: 'destinationPort',
    notes: { seen: endpointText({ address: plan.address, port }) },
    ...(answer && { answer }),
  }
}

/** Which label does the parcel carry as it reaches the wing? */
function labelAtWing(dealer: Dealer): Tell {
  const { dice } = dealer
  const plan = balancerPlan(dealer)
  const desk = dealer.draw('label', plan.desks)
  const packet = visit(dealer, plan, desk.port)
  const route = routeOf(plan, packet, () => dice.next())
  const [guest, inside] = [tupleOf(packet), route.kind === 'routed' ? tupleOf(route.packet) : undefined]
  if (!guest || !inside) throw new RangeError(`Level ${dealer.level.id}: no wing is well behind ${desk.port}.`)
  // In passthrough the balancer has no call of its own; somebody could think so all the same.
  const own: Endpoint = desk.mode === 'proxy' ? inside.source : { address: plan.address, port: dice.int(32768, 60999) }
  const at = (source: Endpoint, port: number): Option => {
    const destination = { address: inside.destination.address, port }
    const kept = source === guest.source
    const right = kept === (desk.mode === 'passthrough') && port === inside.destination.port
    const idea = port === inside.destination.port ? 'source-ip-alone-selects' : 'lb-listener-equals-target'
    return { told: { kind: 'label', source, destination }, ...(!right && { misconception: idea }) }
  }
  // Where both ports are one number, the other wrong label has the port of the caller.
  const wrongPort = desk.port === inside.destination.port ? guest.source.port : desk.port
  const options = [
    at(own, inside.destination.port),
    at(guest.source, inside.destination.port),
    at(own, wrongPort),
    at(guest.source, wrongPort),
  ]
  return {
    question: 'label',
    about: packet,
    options: dice.shuffle(options),
    why: desk.mode === 'proxy' ? 'second-call' : 'same-call',
    field: 'source',
    notes: { end: endpointText(inside.source), seen: endpointText(inside.destination) },
    ribbon: [labelText(packet), `${endpointText(inside.source)} → ${endpointText(inside.destination)}`],
    places: ['balancer', 'wing'],
  }
}

/** A wing behind a gate that drops what no rule lets in. */
const gated = (wing: WingPlan, rule: Rule): Site => ({
  name: wing.name,
  router: serverRouter(
    [wing.address],
    [{ name: 'input', family: 'inet', hook: 'input', policy: 'drop', rules: [rule] }],
  ),
  table: hostOfWing(wing).table,
})

/** Which rule do the wings of a pool need, and none more? */
function targetRule(dealer: Dealer): Tell {
  const { dice } = dealer
  const plan = balancerPlan(dealer)
  const desk = dealer.draw(
    'rule',
    plan.desks.filter(({ mode, port, targetPort }) => mode === 'proxy' && port !== targetPort),
  )
  const wings = plan.wings.filter(({ name, listens }) => desk.wings.includes(name) && listens.includes(desk.targetPort))
  const wing = dice.pick(wings)
  const packet = visit(dealer, plan, desk.port)
  const guest = tupleOf(packet)?.source.address ?? ''
  const rule = (match: Rule['match']): Rule => ({ match: { protocol: 'tcp', ...match }, action: 'accept' })
  const candidates: readonly { readonly rule: Rule; readonly idea: MisconceptionId }[] = [
    { rule: rule({ source: plan.address, destinationPort: [desk.targetPort] }), idea: 'allow-rule-opens-port' },
    { rule: rule({ source: plan.address, destinationPort: [desk.port] }), idea: 'lb-listener-equals-target' },
    { rule: rule({ source: guest, destinationPort: [desk.targetPort] }), idea: 'source-ip-alone-selects' },
    { rule: rule({ source: plan.address, sourcePort: [desk.targetPort] }), idea: 'source-port-is-door' },
    { rule: rule({ destinationPort: [desk.targetPort] }), idea: 'listening-means-reachable' },
  ]
  // It serves when the balancer's call gets in, and it is no more than needed when no stranger does.
  const serves = (site: Site) => {
    const pool = { name: desk.pool, port: desk.targetPort, targets: [targetOf(wing)] }
    const balancer: Balancer = { ...balancerOf(plan, 'proxy'), pools: [pool] }
    const [tested] = checked(balancer, () => responderOf(site, { address: plan.address, iif: 'eth0' })).pools
    const stranger = { address: anyAddress(dice), iif: 'eth0' }
    const open = reach(site, stranger, 'tcp', { address: wing.address, port: desk.targetPort })
    return tested?.targets.every(({ healthy }) => healthy) === true && open === undefined
  }
  const options = candidates.map(({ rule: one, idea }): Option => ({
    told: { kind: 'sign', text: nftRule(one, 'inet') },
    ...(!serves(gated(wing, one)) && { misconception: idea }),
  }))
  return {
    question: 'opening',
    about: packet,
    options: dice.shuffle(options),
    why: 'wing-rule',
    field: 'rule',
    notes: { end: endpointText({ address: wing.address, port: desk.targetPort }), seen: plan.address },
  }
}

const targetOf = (wing: WingPlan): Target => ({ host: hostOfWing(wing), address: wing.address, healthy: true })

/** The balancer checks one of its wings: green, refused, or silence? */
function wingCheck(dealer: Dealer): Tell {
  const { dice } = dealer
  const plan = balancerPlan(dealer)
  const pools = [...balancerOf(plan, 'proxy').pools, ...balancerOf(plan, 'passthrough').pools]
  const checks = pools.flatMap((pool) => pool.targets.map((target) => ({ pool, target })))
  // The ill ones, and one that is well.
  const { pool, target } = dealer.draw(
    'check',
    checks.filter(({ target: { healthy } }, index) => !healthy || index === 0),
  )
  const destination = { address: target.address, port: pool.port }
  const probe = call(dealer, 'tcp', destination, { address: plan.address, port: dice.int(32768, 60999) })
  const { answer } = receive(target.host, probe)
  const found = target.healthy ? 'healthy' : answer ? 'check-refused' : 'check-silent'
  const misled = (said: 'healthy' | 'check-refused' | 'check-silent'): MisconceptionId =>
    found === 'healthy'
      ? 'lb-listener-equals-target'
      : said === 'healthy'
        ? 'listening-means-reachable'
        : 'closed-is-silent'
  const sayings = ['healthy', 'check-refused', 'check-silent'] as const
  return {
    question: 'health',
    about: probe,
    options: sayings.map((saying): Option => ({
      told: { kind: 'say', saying },
      ...(saying !== found && { misconception: misled(saying) }),
    })),
    why: found === 'healthy' ? 'check-passes' : found,
    field: 'destinationPort',
    notes: { seen: 'wing', end: endpointText(destination) },
    ...(answer && { answer }),
  }
}

type BalancerKind = Extract<ReceptionKind, 'new-caller' | 'no-desk' | 'label-at-wing' | 'target-rule' | 'wing-check'>

export const BALANCER_DESKS: Record<BalancerKind, (dealer: Dealer) => Tell> = {
  'new-caller': wingOfCaller,
  'no-desk': noDesk,
  'label-at-wing': labelAtWing,
  'target-rule': targetRule,
  'wing-check': wingCheck,
}
