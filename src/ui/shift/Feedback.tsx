import type { Packet } from '../../net/packet'
import { tupleOf } from '../../net/packet'
import { endpointText } from '../../net/tuple'
import { serviceName } from '../../ports/services'
import type { Shift } from '../../shift/shift'
import { atDesk } from '../../shift/shift'
import { words } from '../../words'

interface FeedbackProps {
  readonly shift: Shift
  /** Something said beside the game: why a bricked-up doorway takes nothing. */
  readonly aside: string | undefined
  readonly guide: string | undefined
}

/** One line after each verdict, for the eye and (once) for the ear. */
export function Feedback({ shift, aside, guide }: FeedbackProps) {
  const last = shift.decisions.at(-1)
  const line = last && words.reasons.line(last)
  const first = shift.decisions.length === 0
  const wave = shift.level.waves[shift.wave]
  const how = wave?.offers.includes('range')
    ? words.shift.how.range
    : wave?.offers.includes('connection')
      ? words.shift.how.both
      : words.shift.how.door
  const asks = atDesk(shift)?.asks === 'range'
  const shown = aside ?? (last ? line : (guide ?? how))
  const sent = last && !last.right && !aside ? answerText(last.answer) : undefined
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
        {!first && !aside && !guide && asks && <span class="guide">{words.shift.how.range}</span>}
      </p>
      <p class="sr-only" role="status">
        {aside ??
          (last ? `${last.right ? words.shift.right : words.shift.wrong}. ${sent ? `${sent}. ` : ''}${line} ` : '')}
        {atDesk(shift) && !aside && words.shift.next(spoken(atDesk(shift)?.packet, wave?.papers === 'name'))}
        {guide && !aside ? ` ${guide}` : ''}
      </p>
    </div>
  )
}

/** What the network sent back, as one would name it. */
export function answerText(answer: Packet | undefined): string {
  const transport = answer?.transport
  if (!transport) return words.shift.sent.none
  if (transport.protocol === 'tcp') return transport.flags.rst ? words.shift.sent.rst : words.shift.sent.synAck
  return transport.protocol !== 'udp' && [0, 129].includes(transport.type)
    ? words.shift.sent.reply
    : words.shift.sent.icmp
}

/** The papers as one hears them: what they show, no more. */
function spoken(packet: Packet | undefined, named: boolean): string {
  if (!packet) return ''
  const tuple = tupleOf(packet)
  if (!tuple) return words.shift.spokenPing(packet.source, packet.destination)
  const { protocol, source, destination } = tuple
  const name = named ? serviceName(protocol, destination.port) : undefined
  const to = name ? `${destination.address}, ${name}` : endpointText(destination)
  return words.shift.spoken(protocol.toUpperCase(), endpointText(source), to)
}
