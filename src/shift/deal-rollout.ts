import type { Packet } from '../net/packet'
import type { PortState } from '../net/scan'
import { probePacket, scan } from '../net/scan'
import type { Endpoint } from '../net/tuple'
import { endpointText } from '../net/tuple'
import type { MisconceptionId } from '../lessons/misconception'
import type { Saying } from '../lessons/told'
import { anyAddress } from './callers'
import { answerTo } from './deal-service'
import { labelText } from './deal-street'
import type { Tell } from './deal-tell'
import type { Dealer } from './dealer'
import { call } from './dealer'
import type { Fault, ReceptionKind, RolloutPlan } from './reception-plan'
import type { Rollout, Stop, Way } from './rollout'
import { FAULTS, isHealthy, repairText, ribbon, rolloutOf, settingsText, wayOf, wayToNode } from './rollout'
import type { Option } from './shift'

/** The plan of a dealer's wave. Throws RangeError where the wave has no rollout. */
function rolloutPlan({ wave, level }: Dealer): RolloutPlan {
  if (!wave.rollout) throw new RangeError(`Level ${level.id}: a wave without a rollout deals calls to one.`)
  return wave.rollout
}

const settings = (rollout: Rollout) => ({ command: 'cat rollout.txt', lines: settingsText(rollout) })

const someone = ({ dice }: Dealer): Endpoint => ({ address: anyAddress(dice), port: dice.int(32768, 60999) })

/** A guest's call of the shop. */
const visit = (dealer: Dealer, { balancer, port }: RolloutPlan): Packet =>
  call(dealer, 'tcp', { address: balancer, port }, someone(dealer))

/** A stranger's call of the port for debugging, at the node. */
const knock = (dealer: Dealer, { node, debugNodePort }: RolloutPlan): Packet =>
  call(dealer, 'tcp', { address: node, port: debugNodePort }, someone(dealer))

/** What somebody overlooks who takes these settings for right. */
const OVERLOOKED: Readonly<Record<Fault, MisconceptionId>> = {
  listener: 'lb-listener-equals-target',
  gate: 'lb-listener-equals-target',
  'target-port': 'k8s-port-is-targetport',
  bind: 'loopback-reachable-outside',
  debug: 'publish-stays-private',
}

/** What makes somebody change this setting though another one is wrong. */
const HASTY: Readonly<Record<Fault, MisconceptionId>> = {
  listener: 'lb-listener-equals-target',
  gate: 'allow-rule-opens-port',
  'target-port': 'k8s-port-is-targetport',
  bind: 'wildcard-is-localhost',
  debug: 'publish-stays-private',
}

const lastOf = ({ stops }: Way) => stops.at(-1)

const STOPS: readonly { readonly at: Stop; readonly saying: Saying }[] = [
  { at: 'gate', saying: 'at-gate' },
  { at: 'node', saying: 'at-node' },
  { at: 'Pod', saying: 'at-pod' },
]

/** The settings are there to read: how far does a guest's call get? */
function stopOf(dealer: Dealer): Tell {
  const { dice } = dealer
  const plan = rolloutPlan(dealer)
  const fault = dealer.draw('stop', FAULTS)
  const rollout = rolloutOf(plan, [fault])
  const packet = visit(dealer, plan)
  const way = wayOf(rollout, packet, () => dice.next())
  const end = way.served ? undefined : lastOf(way)?.at
  const idea = (said: Stop | undefined): MisconceptionId => {
    if (said === undefined) return OVERLOOKED[fault]
    if (way.served) return said === 'Pod' ? 'k8s-port-is-targetport' : 'lb-listener-equals-target'
    // A rule that lets it in is not yet a listener, and a listener not yet a way to it.
    return end === 'Pod'
      ? 'k8s-port-is-targetport'
      : said === 'Pod'
        ? 'listening-means-reachable'
        : 'lb-listener-equals-target'
  }
  const options: readonly Option[] = [
    ...STOPS.map(({ at, saying }) => ({
      told: { kind: 'say', saying } as const,
      ...(at !== end && { misconception: idea(at) }),
    })),
    { told: { kind: 'say', saying: 'served' }, ...(!way.served && { misconception: idea(undefined) }) },
  ]
  return {
    question: 'stop',
    about: packet,
    print: settings(rollout),
    options,
    why: way.served ? 'served' : 'stops-at',
    field: 'destinationPort',
    notes: { seen: lastOf(way)?.at ?? '', end: endOf(way) },
    ...(way.answer && { answer: answerTo(packet, way.answer) }),
    ribbon: way.stops.map((stop) => labelText(stop.packet)),
  }
}

/** The destination on the label at the last stop. */
function endOf(way: Way): string {
  const packet = lastOf(way)?.packet
  const port = packet && 'destinationPort' in packet.transport ? packet.transport.destinationPort : 0
  return packet ? endpointText({ address: packet.destination, port }) : ''
}

/** The label at each stop is there to read: which one setting is wrong? */
function repairOf(dealer: Dealer): Tell {
  const { dice } = dealer
  const plan = rolloutPlan(dealer)
  const fault = dealer.draw('repair', FAULTS)
  const chance = () => dice.next()
  const [packet, probe] = [visit(dealer, plan), knock(dealer, plan)]
  // In order: guests are served, and nobody in the street reaches the port for debugging.
  const inOrder = (faults: readonly Fault[]) => {
    const rollout = rolloutOf(plan, faults)
    return wayOf(rollout, packet, chance).served && !wayToNode(rollout, probe, chance).served
  }
  const broken = rolloutOf(plan, [fault])
  const call = wayOf(broken, packet, chance)
  // Where the guest is served, it is the stranger's label that tells.
  const way = call.served ? wayToNode(broken, probe, chance) : call
  return {
    question: 'repair',
    about: call.served ? probe : packet,
    print: { command: 'cat labels.txt', lines: ribbon(way) },
    options: dice.shuffle(
      FAULTS.map((one): Option => ({
        told: { kind: 'sign', text: repairText(plan, one) },
        ...(!inOrder([fault].filter((still) => still !== one)) && { misconception: HASTY[one] }),
      })),
    ),
    why: 'repaired',
    field: 'destinationPort',
    notes: { seen: lastOf(way)?.at ?? '', end: endOf(way) },
  }
}

/** The balancer's own check: does its lamp turn green? */
function healthOf(dealer: Dealer): Tell {
  const { dice } = dealer
  const plan = rolloutPlan(dealer)
  const faults = dealer.draw<readonly Fault[]>('health', [[], ...FAULTS.map((one) => [one])])
  const [fault] = faults
  const rollout = rolloutOf(plan, faults)
  const healthy = isHealthy(rollout, () => dice.next())
  const [pool] = rollout.balancer.pools
  const option = (saying: 'healthy' | 'unhealthy'): Option => ({
    told: { kind: 'say', saying },
    ...((saying === 'healthy') !== healthy && {
      misconception: healthy || !fault ? 'lb-listener-equals-target' : OVERLOOKED[fault],
    }),
  })
  const source = { address: plan.balancer, port: dice.int(32768, 60999) }
  const probe = probePacket('tcp', source, { address: plan.node, port: pool?.port ?? plan.port })
  const way = wayToNode(rollout, probe, () => dice.next())
  return {
    question: 'health',
    about: probe,
    print: settings(rollout),
    options: [option('healthy'), option('unhealthy')],
    why: healthy ? 'check-passes' : 'check-fails',
    field: 'destinationPort',
    notes: { seen: lastOf(way)?.at ?? '', end: endOf(way) },
    ...(way.answer && { answer: answerTo(probe, way.answer) }),
  }
}

/** A scanner knocks at the node: what does it find at the port for debugging? */
function scanOf(dealer: Dealer): Tell {
  const { dice } = dealer
  const plan = rolloutPlan(dealer)
  const published = dealer.draw('scan rollout', [true, false])
  const rollout = rolloutOf(plan, published ? ['debug'] : [])
  const source = someone(dealer)
  const responder = (probe: Packet) => {
    const { answer } = wayToNode(rollout, probe, () => dice.next())
    return answer && answerTo(probe, answer)
  }
  const port = plan.debugNodePort
  const [found] = scan(responder, { technique: 'syn', source, target: plan.node, ports: [port] })
  const state: PortState = found?.state ?? 'filtered'
  const sayings: readonly Saying[] = ['open', 'closed', 'filtered']
  const probe = probePacket('tcp', source, { address: plan.node, port })
  const answer = responder(probe)
  return {
    question: 'reached',
    about: probe,
    print: settings(rollout),
    options: sayings.map((saying): Option => ({
      told: { kind: 'say', saying },
      ...(saying !== state && {
        misconception:
          saying === 'open' ? 'expose-publishes' : state === 'open' ? 'publish-stays-private' : 'closed-is-silent',
      }),
    })),
    why: state === 'open' ? 'debug-open' : 'debug-closed',
    field: 'destinationPort',
    notes: { end: endpointText({ address: plan.node, port }), seen: String(plan.debugPort) },
    ...(answer && { answer }),
  }
}

type RolloutKind = Extract<ReceptionKind, `rollout-${string}`>

export const ROLLOUT_DESKS: Record<RolloutKind, (dealer: Dealer) => Tell> = {
  'rollout-stop': stopOf,
  'rollout-fix': repairOf,
  'rollout-health': healthOf,
  'rollout-scan': scanOf,
}
