import { ANY4, ANY6 } from '../net/address'
import type { Plan, PlannedBoard, PlannedLamp, PlannedRule } from '../lessons/plan'
import { OUT } from '../lessons/plan'
import type { Shift } from './shift'
import { waveOf } from './shift'

/** What stands for a part that a rule leaves out, and for the rule that lets in answers of known flows. */
const ANY = '0'
const KNOWN = 'k'

const digit = (index: number): string => (index + 1).toString(36)
const place = (letter: string | undefined): number => Number.parseInt(letter ?? '', 36) - 1

/** A plan as a link has it: letters and digits, by the places of its parts on the workbench. */
export function writePlan(shift: Shift, { boards, lamps }: Plan): string {
  const { sources = [], ports = [] } = waveOf(shift).works ?? {}
  const ruleText = ({ known, from, ports: set, protocol, action }: PlannedRule): string =>
    [
      known ? KNOWN : from === undefined ? ANY : digit(sources.indexOf(from)),
      set ? digit(ports.findIndex((one) => one.join() === set.join())) : ANY,
      protocol === 'udp' ? 'u' : protocol === 'tcp' ? 't' : ANY,
      action === 'accept' ? 'a' : 'd',
    ].join('')
  const boardText = ({ policy, rules }: PlannedBoard) =>
    `${policy === 'accept' ? 'a' : 'd'}${rules.length}${rules.map(ruleText).join('')}`
  const { addresses, sockets } = shift.host
  const lampText = ({ socket, at }: PlannedLamp) =>
    digit(sockets.findIndex(({ id }) => id === socket)) +
    (at === OUT ? 'x' : at === ANY4 ? 'y' : at === ANY6 ? 'z' : digit(addresses.indexOf(at)))
  return boards.map(boardText).join('') + lamps.map(lampText).join('')
}

/** The plan that a link has, or undefined for a text that is none. */
export function readPlan(shift: Shift, text: string): Plan | undefined {
  const { works } = waveOf(shift)
  if (!works) return undefined
  let at = 0
  const take = (count: number) => text.slice(at, (at += count))
  const boards: PlannedBoard[] = []
  for (const family of works.families) {
    const [policy, count] = take(2)
    const length = Number(count)
    if ((policy !== 'a' && policy !== 'd') || !Number.isInteger(length)) return undefined
    const rules: PlannedRule[] = []
    for (let index = 0; index < length; index++) {
      const [from, set, protocol, action] = take(4)
      if (action !== 'a' && action !== 'd') return undefined
      const source = works.sources[place(from)]
      const ports = works.ports[place(set)]
      if ((from !== ANY && from !== KNOWN && source === undefined) || (set !== ANY && !ports)) return undefined
      rules.push({
        ...(from === KNOWN && { known: true }),
        ...(source !== undefined && from !== KNOWN && { from: source }),
        ...(ports && { ports }),
        ...(protocol === 'u' && { protocol: 'udp' as const }),
        ...(protocol === 't' && { protocol: 'tcp' as const }),
        action: action === 'a' ? 'accept' : 'drop',
      })
    }
    boards.push({ family, policy: policy === 'a' ? 'accept' : 'drop', rules })
  }
  const lamps: PlannedLamp[] = []
  while (at < text.length) {
    const [which, where] = take(2)
    const socket = shift.host.sockets[place(which)]
    const address =
      where === 'x' ? OUT : where === 'y' ? ANY4 : where === 'z' ? ANY6 : shift.host.addresses[place(where)]
    if (!socket || address === undefined) return undefined
    lamps.push({ socket: socket.id, at: address })
  }
  return { boards, lamps }
}
