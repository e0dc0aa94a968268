import { ANY4, familyOf, isWildcard } from '../net/address'
import { boundSocket, bindOutcome } from '../net/bind'
import { LINUX_EPHEMERAL } from '../net/kernel'
import type { Socket } from '../net/socket'
import type { Level, Wave } from '../shift/level'
import { modelPlayer } from '../shift/player'
import { decide, start } from '../shift/rules'
import type { Shift } from '../shift/shift'
import { atDesk, offers } from '../shift/shift'
import type { Blueprint, Fault } from './blueprint'
import { MOST, builtLevel } from './blueprint'
import { dealtBy } from './scene'

/** A level is played with as many seeds before it counts as playable. */
const SEEDS = [1, 7919, 104_729, 1_299_709, 15_485_863]

/**
 * What keeps a level from being played to its end by someone who always asks the network model; nothing where it can be. Each
 * fault says what cannot be, and where.
 */
export function faultsOf(blueprint: Blueprint): readonly Fault[] {
  const faults = [...hostFaults(blueprint), ...doorFaults(blueprint), ...countFaults(blueprint)]
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

const hostFaults = ({ host: { addresses } }: Blueprint): readonly Fault[] =>
  addresses.flatMap((address, index): Fault[] => {
    const at = ['host', 'addresses', index]
    if (isWildcard(address)) return [{ at, reason: 'no-such-address' }]
    return addresses.indexOf(address) < index ? [{ at, reason: 'address-twice' }] : []
  })

/** The doors as the kernel sees them: each has to be granted, and windows need somebody who accepts. */
function doorFaults({ host, waves }: Blueprint): readonly Fault[] {
  const faults: Fault[] = []
  let sockets: readonly Socket[] = []
  for (const [index, { opens, stops = [], crashes = [], windows = [] }] of waves.entries()) {
    const listens = (port: string) => sockets.some(({ protocol, local }) => `${local.port}/${protocol}` === port)
    for (const [name, ports] of Object.entries({ stops, crashes }))
      for (const [nth, port] of ports.entries())
        if (!listens(port)) faults.push({ at: ['waves', index, name, nth], reason: 'nobody-listens' })
    const gone = [...stops, ...crashes].map(String)
    sockets = sockets.filter(({ protocol, local }) => !gone.includes(`${local.port}/${protocol}`))
    for (const [nth, { protocol, port, address = ANY4, v6only = false }] of opens.entries()) {
      const at = ['waves', index, 'opens', nth]
      if (!isWildcard(address) && !host.addresses.includes(address)) {
        faults.push({ at: [...at, 'address'], reason: 'no-such-address' })
        continue
      }
      const local = { address, port }
      const request = { protocol, family: familyOf(address), v6only, local, reuseaddr: false, reuseport: false, uid: 0 }
      const outcome = bindOutcome({ addresses: host.addresses, sockets, ephemeral: LINUX_EPHEMERAL }, request)
      if (outcome.granted) sockets = [...sockets, boundSocket(`${index}.${nth}`, request)]
      else faults.push({ at, reason: 'door-refused', detail: outcome.errno })
    }
    if (sockets.length > MOST.doors) faults.push({ at: ['waves', index, 'opens'], reason: 'too-many' })
    for (const [nth, { at: port }] of windows.entries())
      if (!port.endsWith('/tcp') || !listens(port))
        faults.push({ at: ['waves', index, 'windows', nth, 'at'], reason: 'nobody-listens' })
  }
  return faults
}

function countFaults({ waves }: Blueprint): readonly Fault[] {
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

/** What `make` makes, or undefined where a level has nothing to deal from. */
function attempt<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
