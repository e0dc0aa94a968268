import type { Address } from '../net/address'
import { familyOf, isLoopback } from '../net/address'
import type { Site } from '../net/exposure'
import { evaluate } from '../net/filter'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import { probePacket } from '../net/scan'
import type { Socket } from '../net/socket'
import { SocketTable } from '../net/socket-table'
import type { Endpoint } from '../net/tuple'
import { chainOf as gateChain } from '../shift/gate'
import { programOf } from '../shift/bound'
import type { GatePlan, Level, Wave } from '../shift/level'
import { inOrder, rolloutOf, standingOf } from '../shift/rollout'
import type { Decision, Shift, TellArrival } from '../shift/shift'
import { waveOf } from '../shift/shift'
import { windowOf } from '../shift/windows'
import { plannedSite } from '../shift/works'
import { chainOf, sandboxOf, sandboxOfSite, socketsOf, withPackets } from './from-site'
import { annexSandbox, balancerSandbox, clusterSandbox, rolloutSandbox, streetSandbox, wingSandbox } from './from-plans'
import { ruleFrom } from './paste'
import type { Sandbox, SandboxChain, SandboxSocket } from './sandbox'

/** The sockets of a shift's computer with the programs behind them. */
const programsOf = (shift: Shift, sockets: readonly Socket[]): Readonly<Record<string, string>> =>
  Object.fromEntries(sockets.flatMap((socket) => (socket.peer ? [] : [[socket.id, programOf(shift, socket)] as const])))

const machineSockets = (shift: Shift, sockets = shift.host.sockets): SandboxSocket[] =>
  socketsOf({ ...shift.host, sockets, programs: programsOf(shift, sockets) })

/** The building of a shift with these packets before it. */
const building = (shift: Shift, wave: Wave | undefined, packets: readonly Packet[]): Sandbox =>
  wave?.outside
    ? outside(shift, wave, packets)
    : sandboxOf(shift.host.addresses, machineSockets(shift), packets, chainsOf(wave?.gate))

/** Who stands outside sees of the building what this one knock has to do with: the number's sockets and the rule that decides. */
function outside(shift: Shift, { gate }: Wave, packets: readonly Packet[]): Sandbox {
  const asked = packets.flatMap((packet) => tupleOf(packet)?.destination.port ?? [])
  const sockets = shift.host.sockets.filter(({ peer, local }) => !peer && asked.includes(local.port))
  const chain = gate && gateChain(gate)
  const decide = packets.flatMap((packet) => (chain ? [evaluate(chain, packet, { state: 'new' }).by] : []))
  const rules = gate?.rules.filter((_, index) => decide.includes(index)) ?? []
  return sandboxOf(shift.host.addresses, machineSockets(shift, sockets), packets, chainsOf(gate && { ...gate, rules }))
}

/** The gatehouse's board as the sandbox has it. */
const chainsOf = (gate: GatePlan | undefined): SandboxChain[] => (gate ? [chainOf(gateChain(gate))] : [])

/** What the wrong answer chose among written signs and rules. */
const signOf = ({ choice }: Decision): string =>
  choice.kind === 'tell' && choice.told.kind === 'sign' ? choice.told.text : ''

/** What is right, where that is an address with a port. */
function rightEnd({ options }: TellArrival): Endpoint | undefined {
  const right = options.find(({ misconception }) => !misconception)?.told
  return right?.kind === 'end' ? right.end : right?.kind === 'label' ? right.destination : undefined
}

const isAmong = (question: string, these: readonly string[]): boolean => these.includes(question)

/** The box on the way that an errand was about, with what was chosen in its place, and the packet sent once more. */
function sandboxOfTell(shift: Shift, decision: Decision, arrival: TellArrival): Sandbox | undefined {
  const wave = shift.level.waves[arrival.wave]
  const { about, question, notes } = arrival
  const sign = signOf(decision)
  if (isAmong(question, ['rewrite', 'relabel', 'flat', 'hairpin', 'sign'])) {
    const isHost = about && (wave?.annex?.host === about.destination || isLoopback(about.destination))
    if (wave?.street && !isHost) return streetSandbox(wave.street, shift.host.sockets, arrival, sign, wave.annex)
    return wave?.annex && annexSandbox(wave.annex, arrival, sign)
  }
  // Who called whom in a recording is tried at the building as it was then.
  if (question === 'client') return building(shift, wave, [])
  if (!about) return undefined
  if (wave?.cluster && question === 'wing') return clusterSandbox(wave.cluster, [about])
  if (wave?.balancer && question === 'opening') return wingSandbox(wave.balancer, notes.end ?? '', sign, about)
  if (wave?.balancer && isAmong(question, ['wing', 'label']))
    return balancerSandbox(wave.balancer, about, rightEnd(arrival))
  const standing = standingOf(shift)
  if (standing && isAmong(question, ['stop', 'repair', 'close', 'health', 'reached']))
    return rolloutSandbox(rolloutOf(standing.plan, standing.settings), about, question === 'reached')
  if (question === 'opening') {
    const rule = ruleFrom(sign)
    const [chain] = chainsOf(wave?.gate ?? { rules: [], policy: 'drop', notebook: true })
    return chain && rule
      ? sandboxOf(
          shift.host.addresses,
          machineSockets(shift),
          [about],
          [{ ...chain, policy: 'drop', rules: [...chain.rules, rule] }],
        )
      : undefined
  }
  // Bytes come in a connection: it begins with a SYN.
  const tuple =
    question === 'speech' && about.transport.protocol === 'tcp' && !about.transport.flags.syn && tupleOf(about)
  return building(shift, wave, [...(tuple ? [probePacket('tcp', tuple.source, tuple.destination)] : []), about])
}

/** An address from which one may call this one: of a network for documentation. */
const callerOf = (address: Address): Address => (familyOf(address) === 4 ? '203.0.113.7' : '3fff:7::7')

/** The shift with the connection that a packet was for, which may have ended since: a recording goes on. */
function asItWas(shift: Shift, { truth }: Decision, packet: Packet): Shift {
  const tuple = tupleOf(packet)
  const { sockets } = shift.host
  if (truth.kind !== 'connection' || !tuple || sockets.some(({ id }) => id === truth.socket)) return shift
  const gone = windowOf(undefined, tuple)
  return { ...shift, host: { ...shift.host, sockets: [...sockets, gone] } }
}

/** So many of the callers of a bet are sent. */
const MOST_CALLERS = 6

/**
 * The case of a decision to be tried: the building, or the box on the way, with the packet before it. Undefined for a plan,
 * to which nobody has come yet.
 */
export function sandboxOfDecision(shift: Shift, decision: Decision): Sandbox | undefined {
  const { arrival, truth } = decision
  const wave = shift.level.waves[arrival.wave]
  const own = shift.host.addresses[0] ?? '192.0.2.10'
  const knock = (port: number, address: Address, from: number) =>
    probePacket('tcp', { address: callerOf(address), port: from }, { address, port })
  switch (arrival.asks) {
    case 'route':
      return building(asItWas(shift, decision, arrival.packet), wave, [arrival.packet])
    case 'range':
    case 'reply':
      return building(shift, wave, [arrival.packet])
    case 'tell':
      return sandboxOfTell(shift, decision, arrival)
    case 'visit':
      return shift.plan && plannedSandbox(shift, plannedSite(shift, shift.plan), arrival.about)
    case 'bind': {
      const { protocol, local } = arrival.request
      const to = { address: shift.host.addresses.includes(local.address) ? local.address : own, port: local.port }
      const source = { address: callerOf(to.address), port: 51514 }
      return building(shift, wave, local.port === 0 ? [] : [probePacket(protocol, source, to)])
    }
    case 'connect': {
      const port = truth.kind === 'port' ? truth.port : 32768
      return building(shift, wave, [probePacket('tcp', { address: arrival.source, port }, arrival.target)])
    }
    case 'count':
      return building(
        shift,
        wave,
        Array.from({ length: Math.min(MOST_CALLERS, arrival.callers) }, (_, index) =>
          knock(arrival.port, own, 51514 + index),
        ),
      )
    case 'plan':
      return undefined
  }
}

/** The building behind what was planned for the night. */
const plannedSandbox = (shift: Shift, site: Site, packet: Packet): Sandbox =>
  withPackets(
    sandboxOfSite({ ...site, table: SocketTable.of(site.table.sockets()) }, programsOf(shift, shift.host.sockets)),
    [packet],
  )

/**
 * The building as it stands now, without a packet: what would become of one is what the player is asked. Undefined where one
 * stands outside and does not know it.
 */
export function sandboxOfShift(shift: Shift): Sandbox | undefined {
  const { gate, outside: hidden } = waveOf(shift)
  return hidden
    ? undefined
    : (boxOf(waveOf(shift), shift.host.sockets) ??
        sandboxOf(shift.host.addresses, machineSockets(shift), [], chainsOf(gate)))
}

/** The box of a wave that is not about a building: a street door, annexes, a reception. */
function boxOf({ street, annex, cluster, balancer, rollout }: Wave, sockets: readonly Socket[]): Sandbox | undefined {
  if (street) return streetSandbox(street, sockets)
  if (annex) return annexSandbox(annex)
  if (cluster) return clusterSandbox(cluster, [])
  if (balancer) return balancerSandbox(balancer)
  return rollout && rolloutSandbox(rolloutOf(rollout, inOrder(rollout)))
}

/** The building of a level with every door that it opens; where it moves to other computers, the last of them. */
export function sandboxOfLevel({ host, waves }: Level): Sandbox {
  const last = waves.findLastIndex((wave) => wave.host)
  const { addresses } = waves[last]?.host ?? host
  const doors = waves.slice(Math.max(0, last)).flatMap(({ opens }) => opens)
  const sockets = doors.map(({ protocol, port, program, address = '0.0.0.0', v6only }): SandboxSocket => ({
    protocol,
    local: { address, port },
    state: protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
    ...(v6only && { v6only }),
    program,
  }))
  const boxes = waves.flatMap((wave) => boxOf(wave, []) ?? [])
  return boxes.at(-1) ?? sandboxOf(addresses, sockets, [], chainsOf(waves.findLast(({ gate }) => gate)?.gate))
}
