import type { MisconceptionId } from '../lessons/misconception'
import { MISCONCEPTION_IDS } from '../lessons/misconception'
import type { Level, TrafficKind, Wave } from '../shift/level'

/** What a shift leans to: an idea, and how much it weighs (1 to 9). */
export interface Leaning {
  readonly idea: MisconceptionId
  readonly weight: number
}

/** More ideas than these no shift leans to. */
export const MOST_LEANINGS = 6

/** The ideas that a kind of traffic puts on offer in a level that leans: more of it is more of them. */
export const SHOWN: Readonly<Partial<Record<TrafficKind, readonly MisconceptionId[]>>> = {
  'to-listener': ['port-is-socket', 'tcp-udp-share-space', 'neighbour-mixup', 'above-1023-is-ephemeral'],
  'other-entrance': ['specific-bind-answers-all'],
  'staff-door': ['loopback-reachable-outside'],
  'data-lookalike': [
    'source-ip-alone-selects',
    'source-port-alone-selects',
    'dport-alone-selects',
    'listener-carries-data',
  ],
  'data-other-door': ['dport-alone-selects', 'secure-twin-mixup'],
  'data-unknown': ['listener-carries-data', 'source-ip-alone-selects'],
  bait: ['source-port-is-door', 'one-connection-per-port', 'port-is-socket'],
  'request-to-answer': ['reply-keeps-ports', 'client-uses-service-port'],
  'line-refuse': ['most-specific-rule-wins'],
  'line-transport': ['no-rule-means-allowed', 'tcp-udp-share-space'],
  'own-reply': ['replies-need-inbound-rule', 'stateless-remembers'],
  'fake-reply': ['source-port-is-door'],
  'heard-outside': ['listening-means-reachable', 'closed-is-silent', 'closed-port-secures-host'],
  'map-question': ['nonstandard-port-hides'],
  'two-signs-in': ['publish-reversed', 'forward-keeps-port'],
  'two-signs-back': ['forward-keeps-port', 'reply-keeps-ports'],
  'nat-back': ['nat-is-firewall', 'source-ip-alone-selects'],
  'pod-to-service': ['k8s-port-is-targetport', 'listening-means-reachable'],
  'stranger-to-node-port': ['k8s-port-is-targetport', 'listening-means-reachable'],
  'wrong-number': ['k8s-port-is-targetport', 'expose-publishes'],
}

/** Of no kind more than so many times what the level deals of it by itself. */
const MOST = 3

interface Share {
  readonly wave: number
  readonly kind: TrafficKind
  readonly planned: number
  readonly wanted: number
}

const sharesOf = ({ waves }: Level, leanings: readonly Leaning[]): readonly Share[] =>
  waves.flatMap(({ deal }, wave) =>
    kindsOf(deal).map((kind) => {
      const planned = deal[kind] ?? 0
      const pull = leanings.reduce((sum, { idea, weight }) => sum + (SHOWN[kind]?.includes(idea) ? weight / 3 : 0), 0)
      return { wave, kind, planned, wanted: planned * (1 + pull) }
    }),
  )

const kindsOf = (deal: Wave['deal']): readonly TrafficKind[] =>
  Object.keys(deal).filter((kind): kind is TrafficKind => kind in deal)

/**
 * The same level with as many packets, of which more are such that these ideas lead astray: each kind keeps one of its packets,
 * and the others go, one after the other, to the kind that is furthest from what it should have (D'Hondt). Pure, so that a
 * link which names the leanings replays.
 */
export function leant(level: Level, leanings: readonly Leaning[]): Level {
  if (leanings.length === 0) return level
  const shares = sharesOf(level, leanings)
  const given = shares.map(() => 1)
  const all = shares.reduce((sum, { planned }) => sum + planned, 0)
  for (let left = all - given.length; left > 0; left--) {
    const needs = shares.map(({ planned, wanted }, at) => {
      const has = given[at] ?? 0
      return has < planned * MOST ? wanted / (has + 1) : 0
    })
    const next = needs.indexOf(Math.max(...needs))
    given[next] = (given[next] ?? 0) + 1
  }
  const waves = level.waves.map((plan, wave) => {
    const own = shares.flatMap((share, at) => (share.wave === wave ? [[share.kind, given[at] ?? 0]] : []))
    return { ...plan, deal: Object.fromEntries(own) }
  })
  return { ...level, waves, linkId: `${level.id}-${textOf(leanings)}` }
}

/** Leanings in a link: two letters for the idea and a digit for its weight, each. */
const textOf = (leanings: readonly Leaning[]): string =>
  leanings
    .map(({ idea, weight }) => `${MISCONCEPTION_IDS.indexOf(idea).toString(36).padStart(2, '0')}${weight}`)
    .join('')

/** The leanings that such a text means, or undefined where it means something else. */
export function readLeanings(text: string): readonly Leaning[] | undefined {
  if (!/^([0-9a-z]{2}[1-9]){1,6}$/.test(text)) return undefined
  const leanings = (text.match(/.{3}/g) ?? []).flatMap((three): readonly Leaning[] => {
    const idea = MISCONCEPTION_IDS[Number.parseInt(three.slice(0, 2), 36)]
    return idea === undefined ? [] : [{ idea, weight: Number(three.slice(2)) }]
  })
  const ideas = new Set(leanings.map(({ idea }) => idea))
  return ideas.size === text.length / 3 ? leanings : undefined
}
