import type { ChoiceKind } from '../lessons/choice'
import type { TrafficKind } from '../shift/level'

/**
 * Where a built level plays: at a host, at a street door (NAT), at a host with containers, at a street door with such a host
 * behind it, at the Services of a cluster, or at a load balancer.
 */
export const BUILD_PLACES = ['host', 'street', 'annex', 'block', 'cluster', 'balancer'] as const

export type BuildPlace = (typeof BUILD_PLACES)[number]

const BINDS = ['grant', 'eaddrinuse', 'eacces', 'eaddrnotavail'] as const
const CALLS = ['port', 'eaddrnotavail'] as const
const SCANNED = ['listener', 'rst', 'drop'] as const

/**
 * The kinds of traffic that a built level can have, in the groups in which one looks for them, each with the verdicts that it
 * can need.
 */
export const BUILD_GROUPS = {
  doors: {
    'to-listener': ['listener'],
    'tcp-to-listener': ['listener'],
    'udp-to-listener': ['listener'],
    bait: ['listener'],
    'tcp-to-closed': ['rst'],
    'udp-to-closed': ['icmp'],
    ping: ['echo-reply'],
    'port-zero': ['rst'],
    'range-question': ['range'],
  },
  windows: {
    'data-known': ['connection'],
    'data-same-address': ['connection'],
    'data-same-port': ['connection'],
    'data-other-door': ['connection'],
    'data-lookalike': ['connection'],
    'data-unknown': ['rst'],
    'data-after-crash': ['rst'],
    fin: ['connection'],
    'syn-same-address': ['listener'],
    'request-to-answer': ['reply'],
  },
  entrances: {
    'to-listener-v4': ['listener'],
    'to-listener-v6': ['listener'],
    'other-entrance': ['rst', 'icmp'],
    'staff-door': ['rst', 'icmp', 'drop'],
    'from-inside': ['listener'],
  },
  kernel: {
    'bind-free': BINDS,
    'bind-other-protocol': BINDS,
    'bind-conflict': BINDS,
    'bind-covered': BINDS,
    'bind-privileged': BINDS,
    'bind-foreign': BINDS,
    'bind-after-restart': BINDS,
    'bind-reuseport': BINDS,
    'bind-any': [...BINDS, 'port'],
    'connect-new-server': CALLS,
    'connect-same-server': CALLS,
    'connect-after-close': CALLS,
    'count-bet': ['count'],
  },
  gate: {
    'line-accept': ['tell'],
    'line-refuse': ['tell'],
    'line-policy': ['tell'],
    'line-transport': ['tell'],
    'own-reply': ['tell'],
    'new-visit': ['tell'],
    'fake-reply': ['tell'],
    'icmp-of-flow': ['tell'],
    'ftp-data': ['tell'],
  },
  scan: {
    'scan-syn': SCANNED,
    'knock-tcp': ['tell'],
    'knock-udp': ['tell'],
    'heard-outside': ['tell'],
    'map-question': ['tell'],
  },
  speech: {
    'speech-odd': ['tell'],
    'speech-taken': ['tell'],
    'banner-question': ['tell'],
  },
  http3: {
    'quic-initial': ['tell'],
    'quic-known': ['tell'],
    'quic-moved': ['tell'],
    'quic-rule': ['tell'],
  },
  nat: {
    'nat-out': ['tell'],
    'nat-out-twin': ['tell'],
    'nat-back': ['tell'],
    'nat-uninvited': ['tell'],
  },
  forwards: {
    'forward-in': ['tell'],
    'forward-out': ['tell'],
    'forward-none': ['tell'],
    hairpin: ['tell'],
    'forward-sign': ['tell'],
  },
  annex: {
    'annex-in': ['tell'],
    'annex-local': ['tell'],
    'annex-none': ['tell'],
    'annex-sign': ['tell'],
  },
  'two-signs': {
    'two-signs-in': ['tell'],
    'two-signs-back': ['tell'],
  },
  cluster: {
    'pod-to-service': ['tell'],
    'stranger-to-node-port': ['tell'],
    'wrong-number': ['tell'],
    'none-ready': ['tell'],
  },
  balancer: {
    'new-caller': ['tell'],
    'no-desk': ['tell'],
    'label-at-wing': ['tell'],
    'target-rule': ['tell'],
  },
} as const satisfies Readonly<Record<string, Readonly<Partial<Record<TrafficKind, readonly ChoiceKind[]>>>>>

export type BuildGroup = keyof typeof BUILD_GROUPS

type KindsOf<G> = G extends unknown ? keyof G : never

export type BuildKind = KindsOf<(typeof BUILD_GROUPS)[BuildGroup]>

const isGroup = (name: string): name is BuildGroup => name in BUILD_GROUPS

const groupNames: readonly BuildGroup[] = Object.keys(BUILD_GROUPS).filter(isGroup)

const isIn = (group: BuildGroup, name: string): name is BuildKind => name in BUILD_GROUPS[group]

/** The kinds of a group, in their order. */
export const kindsIn = (group: BuildGroup): readonly BuildKind[] =>
  Object.keys(BUILD_GROUPS[group]).filter((name): name is BuildKind => isIn(group, name))

export const BUILD_KINDS: readonly BuildKind[] = groupNames.flatMap(kindsIn)

/** The groups of which a place has something to deal. */
const GROUPS_AT: Readonly<Record<BuildPlace, readonly BuildGroup[]>> = {
  host: ['doors', 'windows', 'entrances', 'kernel', 'gate', 'scan', 'speech', 'http3'],
  street: ['nat', 'forwards'],
  annex: ['annex'],
  block: ['two-signs', 'nat', 'forwards', 'annex'],
  cluster: ['cluster'],
  balancer: ['balancer'],
}

/** Behind a second host nobody of these is at home: what it would take is a flat that answers by itself. */
const NOT_IN_BLOCK: readonly BuildKind[] = [
  'forward-out',
  'hairpin',
  'forward-sign',
  'annex-in',
  'annex-none',
  'annex-sign',
]

/** The kinds that can be dealt at a place, by their groups. */
export const groupsAt = (
  place: BuildPlace,
): readonly { readonly group: BuildGroup; readonly kinds: readonly BuildKind[] }[] =>
  GROUPS_AT[place].map((group) => ({
    group,
    kinds: kindsIn(group).filter((kind) => place !== 'block' || !NOT_IN_BLOCK.includes(kind)),
  }))

export const isDealtAt = (place: BuildPlace, kind: string): boolean =>
  groupsAt(place).some(({ kinds }) => kinds.some((one) => one === kind))

const offersIn = (group: BuildGroup, kind: BuildKind): readonly ChoiceKind[] => {
  const offers: Readonly<Partial<Record<TrafficKind, readonly ChoiceKind[]>>> = BUILD_GROUPS[group]
  return offers[kind] ?? []
}

/** The verdicts that a kind of traffic can need. */
export const offersFor = (kind: BuildKind): readonly ChoiceKind[] =>
  groupNames.flatMap((group) => offersIn(group, kind))
