import { ANY4, familyOf, isLoopback, isWildcard } from '../net/address'
import type { Address } from '../net/address'
import type { BindRequest } from '../net/bind'
import { boundSocket, bindOutcome } from '../net/bind'
import type { Protocol } from '../net/tuple'
import { LINUX_EPHEMERAL } from '../net/kernel'
import type { Socket } from '../net/socket'
import type { Level, Wave } from '../shift/level'
import { modelPlayer } from '../shift/player'
import { decide, start } from '../shift/rules'
import type { Shift } from '../shift/shift'
import { atDesk, offers } from '../shift/shift'
import { toldKey } from '../lessons/told'
import { isTellKind } from '../shift/deal-tell'
import type { Arrival } from '../shift/shift'
import type { Blueprint, Fault, WaveBlueprint } from './blueprint'
import { builtLevel } from './blueprint'
import { BUILD_KINDS } from './blueprint-kinds'
import { MOST } from './blueprint-parts'
import { addressesAt, doorsAt, placeOf } from './blueprint-place'
import { placeFaults } from './place-faults'
import { dealtBy } from './scene'

/** A level is played with as many seeds before it counts as playable. */
const SEEDS = [1, 7919, 104_729, 1_299_709, 15_485_863]

/**
 * What keeps a level from being played to its end by someone who always asks the network model; nothing where it can be. Each
 * fault says what cannot be, and where.
 */
export function faultsOf(blueprint: Blueprint): readonly Fault[] {
  const placed = placeFaults(blueprint)
  if (placed.length > 0) return placed
  const faults = [
    ...hostFaults(blueprint),
    ...doorFaults(blueprint),
    ...blueprint.waves.flatMap((wave, index) => gateFaults(wave, index)),
    ...countFaults(blueprint),
  ]
  if (faults.length > 0) return faults
  const level = builtLevel(blueprint)
  const dealing = dealFaults(level)
  if (dealing.length > 0) return dealing
  for (const seed of SEEDS) {
    const lost = playFault(level, seed)
    if (lost) return [lost]
  }
  return []
}

/** Kinds for which a packet comes from the street to the first address of the host, over IPv4. */
const fromStreet = ({ gate, outside, deal }: WaveBlueprint): boolean =>
  gate !== undefined || outside === true || BUILD_KINDS.some((kind) => kind in deal && isTellKind(kind))

function hostFaults(blueprint: Blueprint): readonly Fault[] {
  const { addresses } = blueprint.host
  const [first = ''] = addresses
  const wrong = placeOf(blueprint) === 'host' && (familyOf(first) === 6 || isLoopback(first))
  return [
    ...addresses.flatMap((address, index): Fault[] => {
      const at = ['host', 'addresses', index]
      if (isWildcard(address)) return [{ at, reason: 'no-such-address' }]
      return addresses.indexOf(address) < index ? [{ at, reason: 'address-twice' }] : []
    }),
    ...(wrong && blueprint.waves.some(fromStreet)
      ? [{ at: ['host', 'addresses', 0], reason: 'street-address-first' as const }]
      : []),
  ]
}

/** Rules that nft would not take, or that could never match. */
const gateFaults = ({ gate }: WaveBlueprint, wave: number): readonly Fault[] =>
  (gate?.rules ?? []).flatMap(({ match, action }, index): Fault[] => {
    const at = ['waves', wave, 'gate', 'rules', index]
    const ported = match.protocol === 'tcp' || match.protocol === 'udp'
    if ((match.sourcePort ?? match.destinationPort) && !ported)
      return [{ at: [...at, 'match', 'protocol'], reason: 'needs-protocol' }]
    if (action === 'reset' && match.protocol !== 'tcp')
      return [{ at: [...at, 'match', 'protocol'], reason: 'needs-protocol' }]
    return match.state && gate?.notebook === false ? [{ at: [...at, 'match', 'state'], reason: 'needs-notebook' }] : []
  })

/** The doors as the kernel sees them: each has to be granted, and windows need somebody who accepts. */
function doorFaults(blueprint: Blueprint): readonly Fault[] {
  const { host, waves } = blueprint
  const faults: Fault[] = []
  const placed = addressesAt(blueprint)
  const addresses = placed.length > 0 ? placed : host.addresses
  let sockets: readonly Socket[] = doorsAt(blueprint).map(({ protocol, port, address = ANY4 }) =>
    boundSocket(`${address} ${port}`, requestFor(protocol, address, port)),
  )
  if (sockets.length > MOST.doors) return [{ at: [], reason: 'too-many' }]
  for (const [
    index,
    { opens, stops = [], crashes = [], windows = [], crowd, knocks = [], outside },
  ] of waves.entries()) {
    const listens = (port: string) => sockets.some(({ protocol, local }) => `${local.port}/${protocol}` === port)
    for (const [name, ports] of Object.entries({ stops, crashes }))
      for (const [nth, port] of ports.entries())
        if (!listens(port)) faults.push({ at: ['waves', index, name, nth], reason: 'nobody-listens' })
    const gone = [...stops, ...crashes].map(String)
    sockets = sockets.filter(({ protocol, local }) => !gone.includes(`${local.port}/${protocol}`))
    for (const [nth, { protocol, port, address = ANY4, v6only = false, reuseport = false }] of opens.entries()) {
      const at = ['waves', index, 'opens', nth]
      if (!isWildcard(address) && !addresses.includes(address)) {
        faults.push({ at: [...at, 'address'], reason: 'no-such-address' })
        continue
      }
      const request = { ...requestFor(protocol, address, port), v6only, reuseport }
      const outcome = bindOutcome({ addresses, sockets, ephemeral: LINUX_EPHEMERAL }, request)
      if (outcome.granted) sockets = [...sockets, boundSocket(`${index}.${nth}`, request)]
      else faults.push({ at, reason: 'door-refused', detail: outcome.errno })
    }
    if (sockets.length > MOST.doors) faults.push({ at: ['waves', index, 'opens'], reason: 'too-many' })
    for (const [nth, { at: port }] of windows.entries())
      if (!port.endsWith('/tcp') || !listens(port))
        faults.push({ at: ['waves', index, 'windows', nth, 'at'], reason: 'nobody-listens' })
    if (crowd && !listens(crowd.at)) faults.push({ at: ['waves', index, 'crowd', 'at'], reason: 'nobody-listens' })
    if (outside && knocks.length === 0) faults.push({ at: ['waves', index, 'knocks'], reason: 'too-few' })
  }
  return faults
}

const requestFor = (protocol: Protocol, address: Address, port: number): BindRequest => ({
  protocol,
  family: familyOf(address),
  v6only: false,
  local: { address, port },
  reuseaddr: false,
  reuseport: false,
  uid: 0,
})

function countFaults({ waves }: Blueprint): readonly Fault[] {
  // What is bet on comes with the next wave.
  const bets = waves.flatMap(({ deal }, index): Fault[] =>
    'count-bet' in deal && !waves[index + 1]?.crowd
      ? [{ at: ['waves', index, 'deal', 'count-bet'], reason: 'needs-crowd' }]
      : [],
  )
  if (bets.length > 0) return bets
  const packets = waves.reduce((sum, wave) => sum + dealtBy(wave), 0)
  if (packets === 0) return [{ at: ['waves'], reason: 'no-packets' }]
  return packets > MOST.packets ? [{ at: ['waves'], reason: 'too-many-packets', detail: String(packets) }] : []
}

/** Kinds of traffic for which a wave has no door, no window or no closed port. */
function dealFaults(level: Level): readonly Fault[] {
  const quiet = ({ first: _first, ...wave }: Wave): Wave => ({ ...wave, deal: {} })
  return level.waves.flatMap((wave, index) =>
    Object.entries(wave.deal).flatMap(([kind, count]): Fault[] => {
      const alone = { ...wave, deal: { [kind]: count } }
      const waves = [...level.waves.slice(0, index).map(quiet), alone]
      return attempt(() => start({ ...level, waves }, 1, 'calm')) === undefined
        ? [{ at: ['waves', index, 'deal', kind], reason: 'nothing-to-deal' }]
        : []
    }),
  )
}

/** The first thing in the way of the model's player. */
function playFault(level: Level, seed: number): Fault | undefined {
  const begun = attempt(() => start(level, seed, 'calm'))
  if (!begun) return { at: ['waves', 0, 'deal'], reason: 'nothing-to-deal' }
  let shift: Shift = begun
  for (let verdict = 0; !shift.finished; verdict++) {
    const { wave } = shift
    if (verdict > MOST.packets || !atDesk(shift)) return { at: ['waves', wave], reason: 'cannot-be-won' }
    const now: Shift = shift
    const desk = atDesk(now)
    if (desk && !isFair(desk)) return { at: ['waves', wave, 'deal', desk.kind], reason: 'nothing-to-tell-apart' }
    const choice = modelPlayer(now)
    if (!offers(now).includes(choice.kind))
      return { at: ['waves', wave, 'offers'], reason: 'verdict-missing', detail: choice.kind }
    const next: Shift | undefined = attempt(() => decide(now, choice))
    if (!next) return { at: ['waves', wave + 1, 'deal'], reason: 'nothing-to-deal' }
    if (next === now || next.decisions.at(-1)?.right !== true) return { at: ['waves', wave], reason: 'cannot-be-won' }
    shift = next
  }
  return undefined
}

/** True where what one can say differs, and some of it is right and some is not. */
function isFair(arrival: Arrival): boolean {
  const said =
    arrival.asks === 'tell'
      ? arrival.options.map(({ told, misconception }) => ({ key: toldKey(told), misconception }))
      : arrival.asks === 'count'
        ? arrival.bets.map(({ count, misconception }) => ({ key: `${count.ports} ${count.sockets}`, misconception }))
        : undefined
  if (!said) return true
  const right = said.filter(({ misconception }) => !misconception).length
  const several = arrival.asks === 'tell' && arrival.question === 'wing'
  return (
    new Set(said.map(({ key }) => key)).size === said.length &&
    right < said.length &&
    (several ? right > 0 : right === 1)
  )
}

/** What `make` makes, or undefined where a level has nothing to deal from. */
function attempt<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
