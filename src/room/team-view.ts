import { encodeIp } from '../net/frame'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import type { Socket } from '../net/socket'
import { packetsIn, resultOf, settled } from '../shift/rules'
import type { Arrival, Decision, Shift } from '../shift/shift'
import { offers, packetOf } from '../shift/shift'
import { localEnd, remoteEnd } from '../shift/windows'
import type { PlayerId, Room } from './room'
import { ROUTES, STALLED, lastDecision, parcelAt } from './team'
import type { TeamShift } from './team'
import type { Building, Called, Parcel, TeamPhone, TeamWall } from './team-seen'

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

function parcelOf(arrival: Arrival): Parcel | undefined {
  const packet = packetOf(arrival)
  return packet && { id: arrival.id, attempt: arrival.attempt, bytes: base64(encodeIp(packet)) }
}

/** So many windows a phone offers. */
const MOST_OFFERED = 8
/** So many windows the wall draws. */
const MOST_DRAWN = 160

/** How far a window's label is from that of a packet: two different digits are further apart than one. */
function distance(window: Socket, packet: Packet): number {
  const tuple = tupleOf(packet)
  if (!tuple) return 0
  const [remote, local] = [remoteEnd(window), localEnd(window)]
  const digits = (port: number) => String(port).padStart(5, '0')
  const [own, other] = [digits(remote.port), digits(tuple.source.port)]
  return (
    Number(window.protocol !== tuple.protocol) * 20 +
    Number(local.port !== tuple.destination.port) * 6 +
    Number(remote.address !== tuple.source.address) * 3 +
    own.split('').filter((digit, place) => digit !== other[place]).length
  )
}

/** The windows whose labels come nearest to the packet's, by their labels: the right one, if there is one, among others. */
function nearWindows(sockets: readonly Socket[], packet: Packet): readonly Socket[] {
  const label = (one: Socket) => `${localEnd(one).port} ${remoteEnd(one).address} ${remoteEnd(one).port}`
  return sockets
    .filter(({ peer }) => peer)
    .map((window) => ({ window, far: distance(window, packet), label: label(window) }))
    .sort((a, b) => a.far - b.far || a.label.localeCompare(b.label))
    .slice(0, MOST_OFFERED)
    .sort((a, b) => a.label.localeCompare(b.label))
    .map(({ window }) => window)
}

function buildingOf({ level, seed }: TeamShift, shift: Shift, windows: readonly Socket[]): Building {
  return {
    level,
    seed,
    wave: shift.wave,
    finished: shift.finished,
    sockets: [...shift.host.sockets.filter(({ peer }) => !peer), ...windows],
    bricks: shift.bricks.map(({ protocol, port }) => ({ protocol, port })),
  }
}

function calledOf({ arrival, choice, truth, right, reason, mistaken }: Decision): Called | undefined {
  const parcel = parcelOf(arrival)
  if (!parcel) return undefined
  const { field, why, misconception } = reason
  return {
    parcel,
    choice,
    truth,
    right,
    field,
    why,
    ...(misconception && { misconception }),
    ...(mistaken && { mistaken }),
  }
}

/** What a player's phone gets of the shared shift, once it has begun. */
export function teamPhone({ team }: Pick<Room, 'team'>, player: PlayerId): TeamPhone | undefined {
  const desk = team?.desks.get(player)
  if (!team?.shift || !desk) return undefined
  const { shift } = team
  const arrival = parcelAt(team, player)
  const parcel = arrival && parcelOf(arrival)
  const packet = packetOf(arrival)
  const windows = packet && offers(shift).includes('connection') ? nearWindows(shift.host.sockets, packet) : []
  const others = [...team.desks.values()].filter((other) => other.parcel !== undefined)
  const longest = Math.min(...others.map(({ since }) => since))
  const now = Math.max(...[...team.desks.values()].map(({ since }) => since))
  const last = lastDecision(team, player)
  const called = last && calledOf(last)
  return {
    ...buildingOf(team, shift, windows),
    ...(parcel && { parcel }),
    ...(!parcel && others.length > 0 && { help: Math.max(0, longest + STALLED - now) }),
    ...(called && { last: called }),
    right: desk.right,
  }
}

const MOST_RECENT = 6

/** What the wall and the teacher get of the shared shift, once it has begun. Whoever was mistaken is not named. */
export function teamWall({ team, players }: Pick<Room, 'team' | 'players'>): TeamWall | undefined {
  const shift = team?.shift
  if (!team || !shift) return undefined
  const windows = shift.host.sockets.filter(({ peer }) => peer)
  const { accuracy, stars, bestStreak } = resultOf(shift)
  const recent = shift.decisions.slice(-MOST_RECENT).map((decision, place) => {
    const number = Math.max(0, shift.decisions.length - MOST_RECENT) + place
    const packet = packetOf(decision.arrival)
    const port = packet && tupleOf(packet)?.destination.port
    const player = players.get(team.by[number] ?? '')
    const named = decision.right && player?.standing === 'in' ? player.name : undefined
    return {
      number,
      right: decision.right,
      ...(named !== undefined && { name: named }),
      kind: ROUTES.find((kind) => kind === decision.choice.kind) ?? 'drop',
      ...(port !== undefined && { port }),
      protocol: packet?.transport.protocol ?? '',
    }
  })
  return {
    ...buildingOf(team, shift, windows.slice(-MOST_DRAWN)),
    windows: windows.length,
    desks: team.desks.size,
    settled: settled(shift),
    of: packetsIn(shift.level),
    accuracy,
    stars,
    streak: shift.streak,
    bestStreak,
    recent: recent.toReversed(),
  }
}
