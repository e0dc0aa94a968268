import type { PortState, ScannedPort } from '../net/scan'
import { probePacket, scan } from '../net/scan'
import { responderOf } from '../net/exposure'
import type { Endpoint, Protocol } from '../net/tuple'
import type { MisconceptionId } from '../lessons/misconception'
import type { Saying } from '../lessons/told'
import { anyAddress } from './callers'
import { guardedBy } from './deal-gate'
import type { Tell } from './deal-tell'
import type { Dealer } from './dealer'
import { STREET, siteOf } from './gate'
import type { TellKind } from './level'
import { portText, readPort } from './port-text'
import { serviceName } from '../ports/services'
import type { Option, TellWhy } from './shift'

const STATES: readonly PortState[] = ['open', 'closed', 'filtered', 'open|filtered']

/** What leads somebody from what came back to another state. */
function ideaOf({ protocol, state, reason }: ScannedPort, said: PortState): MisconceptionId {
  if (protocol === 'udp' && state === 'open|filtered')
    return said === 'closed' ? 'closed-is-silent' : 'udp-silence-means-open'
  if (state === 'filtered')
    return reason === 'no-response'
      ? said === 'closed'
        ? 'closed-is-silent'
        : 'udp-silence-means-open'
      : 'closed-tcp-sends-icmp'
  if (state === 'closed') return protocol === 'udp' ? 'udp-closed-sends-rst' : 'refused-means-host-down'
  return 'listening-means-reachable'
}

function whyOf({ protocol, state, reason }: ScannedPort): TellWhy {
  if (reason === 'no-response') return protocol === 'udp' ? 'udp-silence' : 'no-answer'
  if (state === 'open') return 'syn-ack'
  if (reason === 'reset') return 'reset'
  return state === 'closed' ? 'udp-note' : 'forbidden'
}

/** What a knock finds: one first packet, and what comes back. */
function knock(dealer: Dealer, protocol: Protocol, port: number, source: Endpoint) {
  const target = dealer.host.addresses[0]
  const responder = responderOf(siteOf(guardedBy(dealer)), { address: source.address, iif: STREET })
  const probe = probePacket(protocol, source, { address: target, port })
  const [found] = scan(responder, { technique: protocol === 'udp' ? 'udp' : 'syn', source, target, ports: [port] })
  if (!found) throw new RangeError('A scan of one port finds one port.')
  return { probe, found, heard: responder(probe) ?? null }
}

const states = (found: ScannedPort): readonly Option[] =>
  STATES.map((state) => ({
    told: { kind: 'say', saying: state },
    ...(state !== found.state && { misconception: ideaOf(found, state) }),
  }))

/** The player knocks at a port: what does the answer prove? */
function knockAt(dealer: Dealer, protocol: Protocol): Tell {
  const { wave, dice, callers } = dealer
  const ports = (wave.knocks ?? []).map(readPort).filter((one) => one.protocol === protocol)
  const { port } = dealer.draw(`knock ${protocol}`, ports)
  const source = { address: callers[0]?.address ?? anyAddress(dice), port: dice.int(49152, 65535) }
  const { probe, found, heard } = knock(dealer, protocol, port, source)
  return {
    question: 'knock',
    about: probe,
    heard,
    options: states(found),
    why: whyOf(found),
    field: 'answer',
    notes: {},
  }
}

/** What stands on the map of someone who has tried every handle. */
function onTheMap(dealer: Dealer): Tell {
  const { wave, dice, callers } = dealer
  const { protocol, port } = readPort(dealer.draw('map', wave.knocks ?? []))
  const source = { address: callers[0]?.address ?? anyAddress(dice), port: 54321 }
  const { probe, found } = knock(dealer, protocol, port, source)
  const sayings: readonly Saying[] = ['open', 'closed', 'filtered', 'unseen']
  const options = sayings.map((saying): Option => ({
    told: { kind: 'say', saying },
    ...(saying !== found.state && {
      misconception: saying === 'unseen' || saying === 'open' ? 'nonstandard-port-hides' : ideaOf(found, 'closed'),
    }),
  }))
  return {
    question: 'map',
    about: probe,
    print: {
      command: `nmap -p- ${dealer.host.addresses[0]}`,
      lines: [
        'PORT      STATE SERVICE',
        `${portText(protocol, port).padEnd(9)} ?     ${serviceName(protocol, port) ?? 'unknown'}`,
      ],
    },
    options,
    why: whyOf(found),
    field: 'destinationPort',
    notes: {},
  }
}

/** What somebody outside will hear, and what leads to another expectation. */
function heardOutside(dealer: Dealer): Tell {
  const { wave, dice, callers } = dealer
  const { protocol, port } = readPort(dealer.draw('hears', wave.knocks ?? []))
  const source = { address: dice.pick(callers).address, port: dice.int(49152, 65535) }
  const { probe, found, heard } = knock(dealer, protocol, port, source)
  const idea = (said: PortState): MisconceptionId => {
    if (said === 'open') return found.state === 'closed' ? 'allow-rule-opens-port' : 'listening-means-reachable'
    return found.state === 'open' ? 'closed-port-secures-host' : 'closed-is-silent'
  }
  return {
    question: 'hears',
    about: probe,
    options: (['open', 'closed', 'filtered'] as const).map((state) => ({
      told: { kind: 'say', saying: state },
      ...(state !== found.state && { misconception: idea(state) }),
    })),
    why: whyOf(found),
    field: 'destinationPort',
    notes: {},
    ...(heard && { answer: heard }),
  }
}

export const KNOCK_DESKS: Record<
  Extract<TellKind, `knock-${string}` | 'map-question' | 'heard-outside'>,
  (dealer: Dealer) => Tell
> = {
  'knock-tcp': (dealer) => knockAt(dealer, 'tcp'),
  'knock-udp': (dealer) => knockAt(dealer, 'udp'),
  'map-question': onTheMap,
  'heard-outside': heardOutside,
}
