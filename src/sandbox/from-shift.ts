import { programOf } from '../shift/bound'
import type { GatePlan, Level } from '../shift/level'
import type { Decision, Shift } from '../shift/shift'
import { packetOf, waveOf } from '../shift/shift'
import { sandboxOf, socketsOf } from './from-question'
import { matchOf } from './paste'
import type { Sandbox, SandboxChain, SandboxSocket } from './sandbox'

/** The sockets of a shift's computer with the programs behind them. */
function machineSockets(shift: Shift) {
  const { name, addresses, sockets } = shift.host
  const programs = Object.fromEntries(
    sockets.flatMap((socket) => (socket.peer ? [] : [[socket.id, programOf(shift, socket)] as const])),
  )
  return socketsOf({ name, addresses, sockets, programs })
}

/** The building of a shift with the packet of a decision before it; undefined where no packet was decided about. */
export function sandboxOfDecision(shift: Shift, { arrival }: Decision): Sandbox | undefined {
  const gate = shift.level.waves[arrival.wave]?.gate
  const asked = arrival.asks === 'tell' && (arrival.question === 'line' || arrival.question === 'gate')
  const packet = arrival.asks === 'route' ? packetOf(arrival) : asked ? arrival.about : undefined
  // A guard without a notebook forgets: the sandbox's own does not.
  if (!packet || gate?.notebook === false) return undefined
  return sandboxOf(shift.host.addresses, machineSockets(shift), [packet], chainsOf(gate))
}

/** The gatehouse's board as the sandbox has it. */
function chainsOf(gate: GatePlan | undefined): SandboxChain[] {
  if (!gate) return []
  const rules = gate.rules.map(({ match, action }) => ({ match: matchOf(match), action }))
  return [{ name: 'input', family: 'inet', hook: 'input', policy: gate.policy, rules }]
}

/**
 * The building as it stands now, without a packet: what would become of one is what the player is asked. Undefined where one
 * stands outside and does not know it.
 */
export function sandboxOfShift(shift: Shift): Sandbox | undefined {
  const { gate, outside } = waveOf(shift)
  return outside ? undefined : sandboxOf(shift.host.addresses, machineSockets(shift), [], chainsOf(gate))
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
  return sandboxOf(addresses, sockets, [], chainsOf(waves.findLast(({ gate }) => gate)?.gate))
}
