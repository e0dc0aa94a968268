import type { Packet } from '../../net/packet'
import { tupleOf } from '../../net/packet'
import { quotedTuple } from '../../net/receive'
import { endpointText } from '../../net/tuple'
import { serviceName } from '../../ports/services'
import type { Shift } from '../../shift/shift'
import type { Arrival, Decision } from '../../shift/shift'
import { atDesk, offers, packetOf, waveOf } from '../../shift/shift'
import { closeUpOf } from '../../stage/close-up'
import { words } from '../../words'
import { reasonLine } from '../../words/reasons'
import { tell } from '../../words/tell'
import { OpenInSandbox } from '../sandbox/OpenInSandbox'
import { Labels } from './Labels'
import { optionsText } from './Request'
import { Ribbon } from './Ribbon'
import { spokenTell } from './TellPaper'

interface FeedbackProps {
  readonly shift: Shift
  /** Something said beside the game: why a bricked-up doorway takes nothing. */
  readonly aside: string | undefined
  readonly guide: string | undefined
}

/** One line after each verdict, for the eye and (once) for the ear. */
export function Feedback({ shift, aside, guide }: FeedbackProps) {
  const last = shift.decisions.at(-1)
  const line = last && lineOf(shift, last)
  const first = shift.decisions.length === 0
  const wave = shift.level.waves[shift.wave]
  const how = howOf(shift)
  const near = closeUpText(shift)
  // A kind of question that was not there a moment ago says what it wants.
  const asks = last !== undefined && atDesk(shift) !== undefined && askOf(last.arrival) !== askOf(atDesk(shift))
  const shown = aside ?? (last ? line : (guide ?? how))
  const sent = last && !last.right && !aside && last.arrival.asks !== 'tell' ? answerText(last.answer) : undefined
  return (
    <div class={`feedback ${aside || !last ? 'aside' : last.right ? 'right' : 'wrong'}`}>
      <p class="feedback-line">
        {last && !aside && (
          <span class="mark" aria-hidden="true">
            {last.right ? '✓' : '✗'}
          </span>
        )}
        {sent && <span class="sent">{sent}</span>}
        <span>{shown}</span>
        {!first && !aside && guide && <span class="guide">{guide}</span>}
        {!first && !aside && !guide && asks && <span class="guide">{near || how}</span>}
      </p>
      {last && !last.right && !aside && <Labels decision={last} />}
      {last?.arrival.asks === 'tell' && last.arrival.ribbon && !aside && (
        <Ribbon
          key={shift.decisions.length}
          stops={last.arrival.ribbon}
          {...(last.arrival.places && { names: last.arrival.places.map((place) => tell.places[place]) })}
        />
      )}
      {last && !last.right && !aside && (
        <OpenInSandbox key={shift.decisions.length} find={(links) => links.ofDecision(shift, last)} />
      )}
      <p class="sr-only" role="status">
        {aside ??
          (last
            ? `${last.right ? words.shift.right : words.shift.wrong}. ${sent ? `${sent}. ` : ''}${line} ${near}`
            : '')}
        {atDesk(shift) && !aside && words.shift.next(spoken(atDesk(shift), wave?.papers === 'name'))}
        {guide && !aside ? ` ${guide}` : ''}
      </p>
    </div>
  )
}

/** What an errand asks, as far as one has to be told anew. */
const askOf = (arrival: Arrival | undefined): string | undefined =>
  arrival?.asks === 'tell' ? arrival.question : arrival?.asks

/** What the network sent back, as one would name it. */
export function answerText(answer: Packet | undefined): string {
  const transport = answer?.transport
  if (!transport) return words.shift.sent.none
  if (transport.protocol === 'tcp') return transport.flags.rst ? words.shift.sent.rst : words.shift.sent.synAck
  return transport.protocol !== 'udp' && [0, 129].includes(transport.type)
    ? words.shift.sent.reply
    : words.shift.sent.icmp
}

/** The five fields of the window that the camera goes back to, or nothing. */
function closeUpText(shift: Shift): string {
  const socket = closeUpOf(shift)
  if (!socket) return ''
  const { protocol, source, destination } = socket
  return `${words.stage.closeUp.said(protocol.toUpperCase(), endpointText(destination), endpointText(source))} `
}

/** What is to be done with what is at the desk. */
function howOf(shift: Shift): string {
  const { how } = words.shift
  const arrival = atDesk(shift)
  switch (arrival?.asks) {
    case 'bind':
    case 'connect':
    case 'count':
    case 'range':
      return how[arrival.asks]
    case 'tell':
      return tell.how[arrival.question]
    case 'plan':
      return tell.howPlan
    case 'visit':
      return tell.howVisit
    case 'reply':
      return waveOf(shift).envelope === 'turn' ? how.turn : how.write
    default:
      return offers(shift).includes('connection') ? how.both : how.door
  }
}

/** The line after a verdict; where windows matter, a delivered SYN tells of the handshake. */
function lineOf(shift: Shift, last: Decision): string {
  const packet = 'packet' in last.arrival && last.arrival.asks === 'route' ? last.arrival.packet : undefined
  const tuple = packet && tupleOf(packet)
  const lights = last.right && last.choice.kind === 'listener' && tuple?.protocol === 'tcp'
  const wave = shift.level.waves[last.arrival.wave]
  return lights && wave?.offers.includes('connection')
    ? words.shift.handshake(endpointText(tuple.source))
    : reasonLine(last)
}

/** The papers as one hears them: what they show, no more. */
function spoken(arrival: Arrival | undefined, named: boolean): string {
  if (!arrival) return ''
  const text = words.shift.request
  if (arrival.asks === 'bind') {
    const { protocol, local, uid } = arrival.request
    return text.spokenBind(
      arrival.program,
      `${protocol.toUpperCase()} ${endpointText(local)}`,
      uid,
      optionsText(arrival.request),
    )
  }
  if (arrival.asks === 'connect') return text.spokenConnect(arrival.program, endpointText(arrival.target))
  if (arrival.asks === 'count') return text.about(arrival.callers, arrival.port)
  if (arrival.asks === 'plan') return tell.plan.title
  const packet = packetOf(arrival)
  const said = arrival.asks === 'tell' ? spokenTell(arrival) : ''
  if (!packet) return said
  const line = spokenPacket(packet, named)
  return [arrival.asks === 'visit' ? tell.who[arrival.who] : '', line, said].filter(Boolean).join(', ')
}

function spokenPacket(packet: Packet, named: boolean): string {
  const tuple = tupleOf(packet)
  if (!tuple) {
    const quoted = 'type' in packet.transport ? quotedTuple(packet.transport) : undefined
    return quoted
      ? `ICMP ${packet.source}, ${words.shift.quotes(quoted.protocol.toUpperCase(), endpointText(quoted.source), endpointText(quoted.destination))}`
      : words.shift.spokenPing(packet.source, packet.destination)
  }
  const { protocol, source, destination } = tuple
  const name = named ? serviceName(protocol, destination.port) : undefined
  const to = name ? `${destination.address}, ${name}` : endpointText(destination)
  return words.shift.spoken(protocol.toUpperCase(), endpointText(source), to)
}
