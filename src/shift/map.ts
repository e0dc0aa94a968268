import { tupleOf } from '../net/packet'
import type { PortState, ScannedPort } from '../net/scan'
import { responderOf } from '../net/exposure'
import { scan } from '../net/scan'
import { STREET, siteOf } from './gate'
import { readPort } from './port-text'
import type { Decision, Shift } from './shift'
import { packetOf, waveOf } from './shift'

/** A knock from outside that has been judged, by the player or by the host that was knocked at. */
const isKnock = ({ arrival, right }: Decision): boolean =>
  right && (arrival.kind === 'scan-syn' || (arrival.asks === 'tell' && arrival.question === 'knock'))

/** The map of somebody outside: each port at which a knock was answered, or was not, with its state. */
export function mapOf(shift: Shift): readonly ScannedPort[] {
  const { gate } = waveOf(shift)
  if (!gate) return []
  const target = shift.host.addresses[0] ?? ''
  const knocked = shift.decisions.filter(isKnock).flatMap(({ arrival }) => {
    const packet = packetOf(arrival)
    const tuple = packet && tupleOf(packet)
    return tuple ? [`${tuple.destination.port}/${tuple.protocol}` as const] : []
  })
  const source = { address: '203.0.113.77', port: 54321 }
  const responder = responderOf(siteOf({ ...shift.host, gate }), { address: source.address, iif: STREET })
  return [...new Set(knocked)]
    .map(readPort)
    .toSorted((a, b) => a.port - b.port)
    .flatMap(({ protocol, port }) =>
      scan(responder, { technique: protocol === 'udp' ? 'udp' : 'syn', source, target, ports: [port] }),
    )
}

/** Whether one learns from it that somebody is there. */
export const isKnown = (state: PortState): boolean => state === 'open' || state === 'closed'
