import { rolesIn } from '../net/client'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import { createTcpdump } from '../net/tcpdump'
import type { Endpoint } from '../net/tuple'
import { endpointText } from '../net/tuple'
import type { MisconceptionId } from '../lessons/misconception'
import type { CaptureSource, Conversation } from './level'
import type { Random } from './random'
import type { Tell } from './deal-tell'
import type { Arrival, Option } from './shift'

/** So many conversations are shown from their beginning, so many from their end, each by so many lines. */
const FROM_START = 5
const FROM_END = 2
const LINES = 2

/** How many errands ask for the client, besides the packets of a recording. */
export const clientErrands = ({ conversations }: CaptureSource): number => (conversations ? FROM_START + FROM_END : 0)

const end = (told: Endpoint): Option['told'] => ({ kind: 'end', end: told })
const CANNOT_TELL: Option['told'] = { kind: 'say', saying: 'not-in-lines' }

/** The last segments of a conversation have neither a SYN nor bytes that would tell who asked whom. */
const endsMute = ({ packets }: Conversation): boolean =>
  packets.length > LINES &&
  packets
    .slice(-LINES)
    .every(
      ({ transport }) =>
        transport.protocol === 'tcp' && !transport.flags.syn && !transport.flags.rst && transport.payload.length === 0,
    )

/** What makes somebody think that two ends do not say who called: the numbers look wrong for a client. */
function ideaOfNumbers(client: Endpoint, server: Endpoint): MisconceptionId {
  if (server.port > 1023) return 'above-1023-is-ephemeral'
  return client.port < 49152 ? 'ephemeral-always-49152' : 'client-uses-service-port'
}

/** Who is the client of a conversation, by its first lines or by its last? The lines alone count. */
function clientTold({ packets }: Conversation, part: 'head' | 'tail', dice: Random): Tell {
  const lines = part === 'head' ? [0, LINES] : [-LINES]
  const shown = packets.slice(...lines)
  const [first] = shown
  const tuple = first && tupleOf(first)
  if (!tuple) throw new RangeError('A conversation has no packets with ports.')
  const ends = [tuple.source, tuple.destination]
  const [low, high] = ends.toSorted((one, other) => one.port - other.port)
  const roles = rolesIn(shown, part === 'head')
  const { client, server } = roles ?? { client: high ?? tuple.source, server: low ?? tuple.destination }
  // An answer taken for a call of its own; or, where there is none, the return address taken for the door.
  const otherWay = shown.length > 1 ? 'reply-keeps-ports' : 'source-port-is-door'
  const options: readonly Option[] = dice.shuffle([
    { told: end(client), ...(!roles && { misconception: 'above-1023-is-ephemeral' as const }) },
    { told: end(server), misconception: otherWay },
  ])
  return {
    question: 'client',
    print: {
      command: `tcpdump -nnt -r night.pcap port ${client.port} | ${part} -n ${shown.length}`,
      lines: printed(packets).slice(...lines),
    },
    options: [...options, { told: CANNOT_TELL, ...(roles && { misconception: ideaOfNumbers(client, server) }) }],
    why: !roles ? 'no-syn' : tuple.protocol === 'tcp' ? 'sent-syn' : 'sent-first',
    field: tuple.protocol === 'tcp' ? 'flags' : 'source',
    notes: { end: endpointText(client) },
  }
}

/** As one run of tcpdump prints them: sequence numbers are relative to the first. */
function printed(packets: readonly Packet[]): readonly string[] {
  const tcpdump = createTcpdump()
  return packets.map((packet) => tcpdump.line(packet).text)
}

/**
 * The arrivals of a recording: its packets, and where its conversations are known, after the last packet of some of them the
 * errand that asks who the client is. Each conversation is asked about once at most.
 */
export function dealRecording(capture: CaptureSource, wave: number, dice: Random): readonly Arrival[] {
  const conversations = capture.conversations ?? []
  const cut = dice.shuffle(conversations.filter(endsMute)).slice(0, FROM_END)
  const whole = dice.shuffle(conversations.filter((one) => !cut.includes(one))).slice(0, FROM_START)
  const told = (at: number) =>
    conversations
      .filter(({ after }) => after === at)
      .flatMap((one): readonly Tell[] =>
        cut.includes(one)
          ? [clientTold(one, 'tail', dice)]
          : whole.includes(one)
            ? [clientTold(one, 'head', dice)]
            : [],
      )
  return capture.arrivals
    .flatMap((captured, at) => [
      { asks: 'route' as const, packet: captured.packet, captured },
      ...told(at).map((errand) => ({ asks: 'tell' as const, ...errand })),
    ])
    .map((errand, id): Arrival => ({ ...errand, id, wave, kind: 'captured', attempt: 1 }))
}
