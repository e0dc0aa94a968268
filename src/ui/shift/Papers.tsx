import type { ComponentChildren } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { familyOf } from '../../net/address'
import type { FieldId } from '../../net/fields'
import { fieldsOf } from '../../net/fields'
import { encodeFrame } from '../../net/frame'
import { asciiOf, hexByte, hexRows } from '../../net/hex'
import { withRouterAlert } from '../../net/ip-option'
import type { Packet } from '../../net/packet'
import { tupleOf } from '../../net/packet'
import { quotedTuple } from '../../net/receive'
import type { PrintedField } from '../../net/tcpdump'
import { flagLetters, tcpdumpLine } from '../../net/tcpdump'
import { endpointText } from '../../net/tuple'
import { serviceName } from '../../ports/services'
import type { FieldName } from '../../lessons/choice'
import type { CapturedArrival, View } from '../../shift/level'
import type { Arrival, Shift } from '../../shift/shift'
import { atDesk, packetOf, viewsOf, waveOf } from '../../shift/shift'
import { words } from '../../words'
import { tell } from '../../words/tell'
import { useMedia } from '../use'
import { Ledger } from './Ledger'
import { Request } from './Request'
import { TellPaper } from './TellPaper'

/** The papers of the packet at the desk, in one of the views that the level allows. */
export function Papers({ shift, glow }: { readonly shift: Shift; readonly glow?: FieldName }) {
  const views = viewsOf(shift)
  const [chosen, setView] = useState<View>('fields')
  const view = views.includes(chosen) ? chosen : (views[0] ?? 'fields')
  const arrival = atDesk(shift)
  const packet = packetOf(arrival)
  const wave = waveOf(shift)
  const ink = wave.ink ?? INK
  // The field that decided the last mistake stays lit on the next papers: that is where to look.
  const last = shift.decisions.at(-1)
  const lit = glow ?? (last && !last.right ? last.reason.field : undefined)
  return (
    <section
      class={`papers ${arrival?.asks === 'tell' ? `of-${arrival.question}` : ''}`}
      aria-label={words.shift.papers}
      key={arrival && `${arrival.id} ${arrival.attempt}`}
    >
      {!arrival ? (
        <p class="papers-none">{words.shift.nobody}</p>
      ) : arrival.asks === 'plan' ? (
        <p class="papers-none">{tell.howPlan}</p>
      ) : arrival.asks === 'bind' || arrival.asks === 'connect' || arrival.asks === 'count' ? (
        <Request arrival={arrival} lit={lit} />
      ) : arrival.asks === 'tell' && (arrival.question === 'knock' || arrival.test) ? (
        <TellPaper arrival={arrival} />
      ) : !packet ? null : view === 'fields' ? (
        <Form packet={packet} lit={lit} ink={ink} named={wave.papers === 'name'} />
      ) : view === 'tcpdump' ? (
        <Line packet={packet} time={timeOf(arrival)} lit={lit} />
      ) : (
        <Hex
          packet={packet}
          captured={capturedOf(arrival)}
          // Each third packet, so that nobody learns a place by heart.
          option={wave.ipOptions === true && arrival !== undefined && arrival.id % 3 === 2}
          lit={lit}
        />
      )}
      {arrival?.asks === 'visit' && <p class="visitor">{tell.who[arrival.who]}</p>}
      {arrival?.asks === 'tell' && arrival.question !== 'knock' && !arrival.test && <TellPaper arrival={arrival} />}
      {packet && wave.street && <Ledger shift={shift} />}
      {views.length > 1 && packet && arrival?.kind !== 'knock-tcp' && arrival?.kind !== 'knock-udp' && (
        <div class="views" role="group" aria-label={words.shift.views}>
          {views.map((one) => (
            <button key={one} type="button" aria-pressed={one === view} onClick={() => setView(one)}>
              {words.shift.view[one]}
            </button>
          ))}
        </div>
      )}
      {arrival && arrival.attempt > 1 && <p class="postmark">{words.shift.again(arrival.attempt)}</p>}
    </section>
  )
}

const INK: readonly FieldName[] = [
  'protocol',
  'source',
  'sourcePort',
  'destination',
  'destinationPort',
  'flags',
  'type',
]

const capturedOf = (arrival: Arrival): CapturedArrival | undefined =>
  'packet' in arrival ? arrival.captured : undefined

interface ViewProps {
  readonly packet: Packet
  readonly lit: FieldName | undefined
}

/** The form: every field of the five-tuple, large. */
function Form({
  packet,
  lit,
  ink,
  named,
}: ViewProps & { readonly ink: readonly FieldName[]; readonly named: boolean }) {
  const { transport } = packet
  const tuple = tupleOf(packet)
  const field = (name: FieldName, label: string, value: ComponentChildren) => (
    <div class={`field ${name} ${ink.includes(name) ? 'ink' : 'pencil'} ${lit === name ? 'lit' : ''}`}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
  const port = (number: number) => (named && tuple ? serviceName(tuple.protocol, number) : undefined) ?? number
  return (
    <>
      <dl class="form">
        {field(
          'protocol',
          words.shift.protocol,
          transport.protocol === 'icmp6' ? 'ICMPv6' : transport.protocol.toUpperCase(),
        )}
        {field('source', words.shift.source, packet.source)}
        {tuple && field('sourcePort', words.shift.port, tuple.source.port)}
        {field('destination', words.shift.destination, packet.destination)}
        {tuple && field('destinationPort', words.shift.port, port(tuple.destination.port))}
        {'type' in transport &&
          field('type', words.shift.type, `${transport.type}, ${words.shift.code} ${transport.code}`)}
      </dl>
      <p class="details mono">{detailsOf(packet)}</p>
    </>
  )
}

/** The quiet line under the form, in the words of tcpdump. */
function detailsOf({ transport }: Packet): string {
  switch (transport.protocol) {
    case 'tcp':
      return `Flags [${flagLetters(transport.flags)}]  seq ${transport.seq}${transport.flags.ack ? `  ack ${transport.ack}` : ''}  length ${transport.payload.length}`
    case 'udp':
      return `length ${transport.payload.length}`
    default: {
      const quoted = quotedTuple(transport)
      if (quoted)
        return words.shift.quotes(
          quoted.protocol.toUpperCase(),
          endpointText(quoted.source),
          endpointText(quoted.destination),
        )
      return [8, 128].includes(transport.type)
        ? `${words.shift.echoRequest}  id ${transport.rest >>> 16}  seq ${transport.rest & 0xffff}`
        : `length ${transport.payload.length + 8}`
    }
  }
}

const isPrinted = (name: FieldName): name is PrintedField => name !== 'type'

/** The line that `tcpdump -nn` prints, with the deciding field lit. */
function Line({ packet, lit, time }: ViewProps & { readonly time: number }) {
  const { text, spans } = tcpdumpLine(packet, { time })
  const span = lit && isPrinted(lit) ? spans[lit] : undefined
  const [start, end] = span ?? [0, 0]
  return (
    <div class="line">
      <p class="prompt mono">$ tcpdump -nn</p>
      <p class="mono printed">
        {text.slice(0, start)}
        {span && <mark>{text.slice(start, end)}</mark>}
        {text.slice(end)}
      </p>
    </div>
  )
}

/** The night shift begins at 22:00; a recorded packet has its own time. */
const timeOf = (arrival: Arrival): number => capturedOf(arrival)?.time ?? 79_200_000_000 + arrival.id * 61_803_399

const MACS = { source: '02:00:5e:00:00:01', destination: '02:00:5e:00:00:10' }

const FIELD_OF: Readonly<Partial<Record<FieldId, FieldName>>> = {
  'ip.protocol': 'protocol',
  'ip6.nextHeader': 'protocol',
  'ip.source': 'source',
  'ip6.source': 'source',
  'ip.destination': 'destination',
  'ip6.destination': 'destination',
  'tcp.sourcePort': 'sourcePort',
  'udp.sourcePort': 'sourcePort',
  'tcp.destinationPort': 'destinationPort',
  'udp.destinationPort': 'destinationPort',
  'tcp.flags': 'flags',
  'icmp.type': 'type',
}

interface HexProps extends ViewProps {
  readonly captured: CapturedArrival | undefined
  /** The IPv4 header has an option. */
  readonly option: boolean
}

/** The bytes as they came over the wire. Each knows its field: point at one, or walk from field to field with the arrows. */
function Hex({ packet, captured, option, lit }: HexProps) {
  const bytes = useMemo(() => {
    const frame = captured?.bytes ?? encodeFrame({ ethernet: MACS, packet })
    return option && !captured && familyOf(packet.source) === 4 ? withRouterAlert(frame, 14) : frame
  }, [packet, captured, option])
  const fields = useMemo(() => fieldsOf(bytes, captured?.ipOffset ?? 14), [bytes])
  const [pointed, setPointed] = useState<number>()
  const current = pointed === undefined ? undefined : fields[pointed]
  const fieldAt = (offset: number) => fields.findIndex(({ start, end }) => start <= offset && offset < end)
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    setPointed((before) => Math.min(fields.length - 1, Math.max(0, (before ?? -1) + step)))
  }
  const shown = Math.min(bytes.length, 128)
  // Half a row is what a phone has room for.
  const rowSize = useMedia('(max-width: 40rem)') ? 8 : 16
  return (
    <div class="hex">
      <div
        class="dump mono"
        tabIndex={0}
        role="group"
        aria-label={words.shift.view.hex}
        onKeyDown={walk}
        onMouseLeave={() => setPointed(undefined)}
      >
        {hexRows(bytes.subarray(0, shown), rowSize).map(({ offset, bytes: row }) => (
          <div class="hex-row" key={offset}>
            <span class="offset">0x{offset.toString(16).padStart(4, '0')}</span>
            <span class="bytes">
              {row.map((byte, index) => {
                const at = fieldAt(offset + index)
                const id = fields[at]?.id
                const name = id && FIELD_OF[id]
                return (
                  <span
                    key={offset + index}
                    class={`byte ${at === pointed ? 'same' : ''} ${name && name === lit ? 'lit' : ''} ${name ? 'of-tuple' : ''}`}
                    onMouseEnter={() => setPointed(at)}
                    onClick={() => setPointed(at)}
                  >
                    {hexByte(byte)}
                  </span>
                )
              })}
            </span>
            <span class="ascii" aria-hidden="true">
              {row.map(asciiOf).join('')}
            </span>
          </div>
        ))}
      </div>
      <p class="hex-field" role="status">
        {current
          ? words.shift.hexField(current.id, valueOf(bytes, current.start, current.end), current.start, current.end)
          : words.shift.hexHow}
      </p>
    </div>
  )
}

/** Up to four bytes as the number they are, longer runs by their size. */
function valueOf(bytes: Uint8Array, start: number, end: number): string {
  const run = [...bytes.subarray(start, end)]
  if (run.length > 4) return words.shift.bytes(run.length)
  return String(run.reduce((value, byte) => value * 256 + byte, 0))
}
