import { encodeIp } from '../net/frame'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import { receive } from '../net/receive'
import type { Socket, SocketId } from '../net/socket'
import { SocketTable } from '../net/socket-table'
import type { Verdict } from '../net/verdict'
import type { BrickPlan, CapturedArrival, Level } from '../shift/level'
import { windowOf } from '../shift/windows'
import type { Scene } from './question'

/** Between two packets of a scene, in microseconds. */
const BEAT = 1_000_000

/** The sockets after a packet: an accepted SYN leaves a connection, a FIN (the program closes at once) or RST ends one. */
function after(sockets: readonly Socket[], packet: Packet, verdict: Verdict): readonly Socket[] {
  const tuple = tupleOf(packet)
  const { transport } = packet
  if (!tuple || transport.protocol !== 'tcp') return sockets
  if (verdict.kind === 'listener')
    return [
      ...sockets,
      windowOf(
        sockets.find(({ id }) => id === verdict.socket),
        tuple,
      ),
    ]
  const ends = verdict.kind === 'connection' && (transport.flags.fin || transport.flags.rst)
  return ends ? sockets.filter(({ id }) => id !== verdict.socket) : sockets
}

/**
 * A scene as a level of one wave that the stage can show: the machine's sockets as they are, the packets in their order,
 * a bricked-up doorway for every port that refuses one.
 */
export function levelOf({ machine, packets }: Scene): Level {
  const { name, programs } = machine
  const [first = packets[0]?.destination ?? '', ...others] = machine.addresses
  const bricks: BrickPlan[] = []
  const arrivals: CapturedArrival[] = []
  let { sockets } = machine
  let closes: readonly SocketId[] = []
  const taking = new Set<SocketId>()
  for (const packet of packets) {
    const { verdict } = receive({ name, addresses: [first, ...others], table: SocketTable.of(sockets) }, packet)
    const tuple = tupleOf(packet)
    const later = after(sockets, packet, verdict)
    arrivals.push({ packet, bytes: encodeIp(packet), ipOffset: 0, time: arrivals.length * BEAT, opens: [], closes })
    closes = sockets.filter((socket) => !later.includes(socket)).map(({ id }) => id)
    sockets = later
    if (verdict.kind === 'connection') taking.add(verdict.socket)
    if (tuple && (verdict.kind === 'rst' || verdict.kind === 'icmp'))
      bricks.push({ protocol: tuple.protocol, port: tuple.destination.port })
  }
  return {
    id: 'scene',
    floor: 1,
    boss: false,
    host: { name, addresses: [first, ...others] },
    waves: [
      {
        opens: [],
        bricks: bricks.filter(
          ({ protocol, port }, index) =>
            bricks.findIndex((other) => other.protocol === protocol && other.port === port) === index,
        ),
        deal: {},
        offers: ['listener', 'connection', 'rst', 'icmp', 'echo-reply', 'drop'],
        views: ['fields'],
        glow: 0,
      },
    ],
    capture: {
      file: name,
      // The stage labels the newest windows of a door: those that something comes to are among them.
      sockets: machine.sockets.toSorted((a, b) => Number(taking.has(a.id)) - Number(taking.has(b.id))),
      arrivals,
      programs,
    },
    stars: [0.65, 0.85, 0.95],
    teaches: [],
    claims: [],
  }
}
