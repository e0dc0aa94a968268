import type { Address } from '../net/address'
import { ANY4, isLoopback } from '../net/address'
import { inPrefix } from '../net/prefix'
import type { Publish } from '../net/publish'
import { parsePublish, publishOutcome } from '../net/publish'
import { annexSite } from '../shift/deal-annex'
import type { Blueprint, Fault } from './blueprint'
import { isDealtAt } from './blueprint-kinds'
import type { AnnexBlueprint, BalancerBlueprint, ClusterBlueprint, StreetBlueprint } from './blueprint-place'
import { placeOf } from './blueprint-place'

type Part = string | number
type Reason = Fault['reason']

/** The part at each place where an earlier one has the same key. */
const twice = <T>(at: readonly Part[], items: readonly T[], key: (item: T) => unknown, reason: Reason = 'twice') => {
  const keys = items.map(key)
  return keys.flatMap((one, index): Fault[] => (keys.indexOf(one) < index ? [{ at: [...at, index], reason }] : []))
}

/** Faults where the items do not hold what they should; `part` leads from an item to what is wrong with it. */
const each = <T>(
  at: readonly Part[],
  items: readonly T[],
  holds: (item: T, index: number) => boolean,
  reason: Reason,
  ...part: readonly Part[]
) => items.flatMap((item, index): Fault[] => (holds(item, index) ? [] : [{ at: [...at, index, ...part], reason }]))

/** What does not fit together in the boxes of a level, and traffic that is not at home there. */
export function placeFaults(blueprint: Blueprint): readonly Fault[] {
  const { street, annex, cluster, balancer, waves } = blueprint
  const place = placeOf(blueprint)
  const boxes = [street ?? annex, cluster, balancer].filter((box) => box !== undefined)
  if (boxes.length > 1) return [{ at: [balancer ? 'balancer' : 'cluster'], reason: 'one-place' }]
  return [
    ...(street ? streetFaults(street, annex) : []),
    ...(annex ? annexFaults(annex) : []),
    ...(cluster ? clusterFaults(cluster) : []),
    ...(balancer ? balancerFaults(balancer) : []),
    ...waves.flatMap(({ deal, gate }, index): Fault[] => [
      ...(gate && place !== 'host' ? [{ at: ['waves', index, 'gate'], reason: 'wrong-place' as const }] : []),
      ...Object.keys(deal).flatMap((kind): Fault[] =>
        isDealtAt(place, kind) ? [] : [{ at: ['waves', index, 'deal', kind], reason: 'wrong-place' }],
      ),
    ]),
  ]
}

function streetFaults(plan: StreetBlueprint, annex: AnnexBlueprint | undefined): readonly Fault[] {
  const { street, inside, flats, forwards, calls, servers, strange, missing } = plan
  const within = (address: Address) => inPrefix(`${inside}/24`, address)
  const outside = (address: Address) => !within(address) && address !== street && !isLoopback(address)
  const isFlat = (address: Address) => flats.includes(address)
  const signs = forwards.map(({ port }) => port)
  const at = (...rest: readonly Part[]) => ['street', ...rest]
  return [
    ...(within(street) ? [{ at: at('street'), reason: 'wrong-side' as const }] : []),
    ...twice(at('flats'), flats, (flat) => flat, 'address-twice'),
    ...each(at('flats'), flats, (flat) => within(flat) && flat !== inside, 'wrong-side'),
    ...twice(at('forwards'), forwards, ({ port }) => port),
    ...each(at('forwards'), forwards, ({ to }) => isFlat(to.address), 'not-a-flat', 'to', 'address'),
    ...(annex && !isFlat(annex.host) ? [{ at: ['annex', 'host'], reason: 'not-a-flat' as const }] : []),
    ...each(
      at('forwards'),
      forwards,
      ({ to }) => to.address !== annex?.host || openSigns(annex).includes(to.port),
      'no-sign',
      'to',
      'port',
    ),
    ...each(at('calls'), calls, ({ from }) => isFlat(from.address), 'not-a-flat', 'from', 'address'),
    ...each(at('calls'), calls, ({ to }) => outside(to.address), 'wrong-side', 'to', 'address'),
    // An answer is told by who sends it and to which number: one flat, one number, one server.
    ...twice(at('calls'), calls, ({ from, to }) => `${from.address} ${from.port} ${to.address}`),
    ...each(at('calls'), calls, ({ from }) => !signs.includes(from.port), 'has-sign', 'from', 'port'),
    ...each(at('servers'), servers, ({ address }) => outside(address), 'wrong-side', 'address'),
    ...each(at('strange'), strange, (port) => !signs.includes(port), 'has-sign'),
    ...(missing && !isFlat(missing.to.address)
      ? [{ at: at('missing', 'to', 'address'), reason: 'not-a-flat' as const }]
      : []),
    ...(missing && signs.includes(missing.port) ? [{ at: at('missing', 'port'), reason: 'has-sign' as const }] : []),
    ...(missing && missing.port === missing.to.port
      ? [{ at: at('missing', 'port'), reason: 'nothing-to-tell-apart' as const }]
      : []),
  ]
}

/** The signs of a container that can be read: TCP, at every address of the host or at 127.0.0.1. */
function readSign(text: string): Publish | undefined {
  const sign = parsePublish(text)
  if (!('hostPort' in sign) || sign.protocol !== 'tcp') return undefined
  return sign.hostAddress === undefined || ['127.0.0.1', ANY4].includes(sign.hostAddress) ? sign : undefined
}

/** The numbers at which the street can read a sign. */
const openSigns = ({ containers }: AnnexBlueprint): readonly number[] =>
  containers.flatMap(({ signs }) =>
    signs.flatMap((text) => {
      const sign = readSign(text)
      return sign && sign.hostAddress !== '127.0.0.1' ? sign.hostPort : []
    }),
  )

function annexFaults({ host, containers, missing }: AnnexBlueprint): readonly Fault[] {
  const at = (...rest: readonly Part[]) => ['annex', ...rest]
  const numbers: number[] = []
  const signs = containers.flatMap(({ signs: texts, listens }, index) =>
    texts.flatMap((text, nth): Fault[] => {
      const sign = readSign(text)
      const place = at('containers', index, 'signs', nth)
      if (!sign) return [{ at: place, reason: 'no-sign' }]
      if (sign.containerPort !== listens) return [{ at: place, reason: 'nobody-listens' }]
      const known = numbers.includes(sign.hostPort)
      numbers.push(sign.hostPort)
      return known ? [{ at: place, reason: 'twice' }] : []
    }),
  )
  const container = containers.find(({ name }) => name === missing?.container)
  const others = containers.filter((one) => one !== container)
  const free = (port: number) => {
    const site = annexSite({ host, containers: others, strange: [] })
    const sign = { protocol: 'tcp', hostPort: port, containerPort: port } as const
    return publishOutcome({ name: '', addresses: [host], table: site.table }, site.containers ?? [], sign).granted
  }
  // With one number on both sides, or no other sign in the way, two of the answers would be right.
  const alike =
    missing?.street === true &&
    (missing.port === container?.listens || others.every(({ signs: texts }) => texts.length === 0))
  return [
    ...twice(at('containers'), containers, ({ name }) => name),
    ...twice(at('containers'), containers, ({ address }) => address, 'address-twice'),
    ...each(at('containers'), containers, ({ address }) => address !== host, 'address-twice', 'address'),
    ...signs,
    ...(missing && !container ? [{ at: at('missing', 'container'), reason: 'no-such-name' as const }] : []),
    ...(missing && !free(missing.port) ? [{ at: at('missing', 'port'), reason: 'has-sign' as const }] : []),
    ...(alike ? [{ at: at('missing', 'port'), reason: 'nothing-to-tell-apart' as const }] : []),
  ]
}

function clusterFaults({ nodes, guest, pods, services }: ClusterBlueprint): readonly Fault[] {
  const at = (...rest: readonly Part[]) => ['cluster', ...rest]
  const known = new Set<Address>([guest])
  const places: readonly (readonly [readonly Part[], Address])[] = [
    ...nodes.map((address, index) => [at('nodes', index), address] as const),
    ...pods.map(({ address }, index) => [at('pods', index, 'address'), address] as const),
    ...services.map(({ clusterIP }, index) => [at('services', index, 'clusterIP'), clusterIP] as const),
  ]
  return [
    ...places.flatMap(([place, address]): Fault[] => {
      const fresh = !known.has(address)
      known.add(address)
      return fresh ? [] : [{ at: place, reason: 'address-twice' }]
    }),
    ...twice(at('pods'), pods, ({ name }) => name),
    ...twice(at('services'), services, ({ name }) => name),
    ...each(at('services'), services, ({ app }) => pods.some((pod) => pod.app === app), 'no-such-name', 'app'),
    ...each(
      at('services'),
      services,
      ({ type, nodePort }) => (type === 'NodePort') === (nodePort !== undefined),
      'missing',
      'nodePort',
    ),
    ...each(
      at('services'),
      services,
      ({ nodePort }, index) =>
        nodePort === undefined || services.findIndex((one) => one.nodePort === nodePort) === index,
      'twice',
      'nodePort',
    ),
  ]
}

function balancerFaults({ address, desks, wings, strange }: BalancerBlueprint): readonly Fault[] {
  const at = (...rest: readonly Part[]) => ['balancer', ...rest]
  const known = (name: string) => wings.some((wing) => wing.name === name)
  return [
    ...twice(at('desks'), desks, ({ port }) => port),
    ...twice(at('desks'), desks, ({ pool }) => pool),
    ...each(at('desks'), desks, (desk) => desk.wings.every(known), 'no-such-name', 'wings'),
    ...each(
      at('desks'),
      desks,
      (desk) => wings.some(({ name, listens }) => desk.wings.includes(name) && listens.includes(desk.targetPort)),
      'nobody-listens',
      'wings',
    ),
    ...twice(at('wings'), wings, ({ name }) => name),
    ...twice(at('wings'), wings, (wing) => wing.address, 'address-twice'),
    ...each(at('wings'), wings, (wing) => wing.address !== address, 'address-twice', 'address'),
    ...each(at('strange'), strange, (port) => !desks.some((desk) => desk.port === port), 'has-sign'),
  ]
}
