import type { Socket as AnySocket, Server as AnyServer } from 'socket.io'
import type { PlayerId, Room } from '../room/room'
import { changedDesks } from '../room/team'
import type { Heard, SayName } from '../room/wire'
import type { RoomView } from '../room/view'
import { countsOf, currentRound, hostView, mineOf, roomView, screenView } from '../room/view'
import { questions as en } from '../words/en/questions'
import { questions as es } from '../words/es/questions'
import { Bucket } from './bucket'
import type { Rate } from './bucket'

/** What a socket holds: a lease on a role, and nothing that the log does not know. */
export type Role =
  | { readonly kind: 'host'; readonly code: string }
  | { readonly kind: 'wall'; readonly code: string }
  | { readonly kind: 'player'; readonly code: string; readonly player: PlayerId }

export interface SocketData {
  role?: Role
}

type Hears = { readonly [Name in SayName]: (said: unknown, acknowledge: unknown) => void }
type Tells = { readonly [Name in keyof Heard]: (told: Heard[Name]) => void }
/** What nodes tell each other: who of a room has a connection to them. */
export interface AmongNodes {
  readonly here: (presence: Presence) => void
}
export interface Presence {
  readonly node: string
  readonly code: string
  readonly players: readonly PlayerId[]
}
export type Socket = AnySocket<Hears, Tells, AmongNodes, SocketData>
export type Server = AnyServer<Hears, Tells, AmongNodes, SocketData>

const WORDS = { en, es }
export const wordsOf = ({ settings }: Pick<Room, 'settings'>) => WORDS[settings.language]

/** Packets that wait for a socket to take them; `backlogOf` is kept by whoever makes the connection. */
export type BacklogOf = (socket: Socket) => number
/** Views that only replace one another are held back from a socket with more than this under way. */
const MOST_UNDER_WAY = 4

/** A node whose word about presence is older than this is taken for gone, in milliseconds. */
const NODE_GONE_AFTER = 12_000

/** So many players' rows are sent to the teacher four times a second; of more, more seldom. */
const ROWS_A_TICK = 400

/** What the projected screens and phones must hear of at once: everything but who answered. */
const phaseOf = ({ rounds, locked, paused, leaders, ended }: Room): string => {
  const last = rounds.at(-1)
  return [rounds.length, last?.closed, last?.shown, locked, paused, leaders, ended].join()
}

const shownIn = ({ rounds }: Room): number => rounds.filter(({ shown }) => shown).length
const answersIn = ({ rounds }: Room): number => rounds.reduce((sum, { answers }) => sum + answers.size, 0)

/**
 * A room as this node serves it: the sockets of it that are connected here, and what they have yet to be told. Nothing of it
 * outlives the node, and nothing depends on it but when things are sent.
 */
export class LiveRoom {
  readonly phones = new Map<PlayerId, Set<Socket>>()
  /** Addresses from which somebody is in the room: they need not be throttled as those of guessers. */
  readonly addresses = new Set<string>()
  readonly joins: Bucket
  /** Since when nobody is connected here. */
  emptySince: number | undefined
  private readonly hosts = new Set<Socket>()
  private readonly walls = new Set<Socket>()
  private readonly staleHosts = new Set<Socket>()
  private readonly staleWalls = new Set<Socket>()
  private readonly staleMine = new Set<PlayerId>()
  private readonly leftAt = new Map<PlayerId, number>()
  private readonly elsewhere = new Map<string, { readonly players: ReadonlySet<PlayerId>; readonly at: number }>()
  private readonly heldSince: number
  private countsFor = 0
  private floodedAt = Number.NEGATIVE_INFINITY
  private ticks = 0
  private presenceChanged = false

  constructor(
    readonly code: string,
    private readonly server: Server,
    private readonly backlogOf: BacklogOf,
    joins: Rate,
    now: number,
  ) {
    this.heldSince = now
    this.emptySince = now
    this.joins = new Bucket(joins, now)
  }

  /** Gives a socket its role in the room; the one that it had, it has no longer. */
  seat(socket: Socket, role: Role, address: string): void {
    socket.data.role = role
    this.emptySince = undefined
    this.addresses.add(address)
    void socket.join(this.channel(role.kind))
    if (role.kind === 'host') this.hosts.add(socket)
    else if (role.kind === 'wall') this.walls.add(socket)
    else {
      const sockets = this.phones.get(role.player) ?? new Set()
      this.phones.set(role.player, sockets.add(socket))
      this.noticePresence()
    }
  }

  unseat(socket: Socket, now: number): void {
    const { role } = socket.data
    delete socket.data.role
    if (role) void socket.leave(this.channel(role.kind))
    for (const set of [this.hosts, this.walls, this.staleHosts, this.staleWalls]) set.delete(socket)
    if (role?.kind === 'player') {
      const sockets = this.phones.get(role.player)
      sockets?.delete(socket)
      if (sockets?.size === 0) {
        this.phones.delete(role.player)
        this.leftAt.set(role.player, now)
        this.noticePresence()
      }
    }
    if (this.phones.size === 0 && this.hosts.size === 0 && this.walls.size === 0) this.emptySince = now
  }

  get sockets(): Socket[] {
    return [...this.hosts, ...this.walls, ...[...this.phones.values()].flatMap((sockets) => [...sockets])]
  }

  /** Whether it is worth a line that somebody could not even wait to join: once a minute. */
  flooded(now: number): boolean {
    if (now - this.floodedAt < 60_000) return false
    this.floodedAt = now
    return true
  }

  private channel = (kind: Role['kind']): string => `${kind} ${this.code}`
  private all = (kind: Role['kind']) => this.server.local.to(this.channel(kind))

  private noticePresence(): void {
    this.presenceChanged = true
    for (const host of this.hosts) this.staleHosts.add(host)
  }

  /** Who is connected, here or at another node. */
  here(): ReadonlySet<PlayerId> {
    return new Set([...this.phones.keys(), ...[...this.elsewhere.values()].flatMap(({ players }) => [...players])])
  }

  /** Another node says who is connected there. */
  hearPresence({ node, players }: Presence, now: number): void {
    const before = this.elsewhere.get(node)?.players ?? new Set()
    const after = new Set(players)
    this.elsewhere.set(node, { players: after, at: now })
    for (const player of before) if (!after.has(player)) this.leftAt.set(player, now)
    if (after.size !== before.size || players.some((player) => !before.has(player)))
      for (const host of this.hosts) this.staleHosts.add(host)
  }

  /** What other nodes should be told of presence now, if anything: what changed, and from time to time all of it. */
  presenceToTell(again: boolean): readonly PlayerId[] | undefined {
    if (!this.presenceChanged && !(again && this.phones.size > 0)) return undefined
    this.presenceChanged = false
    return [...this.phones.keys()]
  }

  /** Whether everybody whom the question waits for has answered it. */
  allAnswered(room: Room, now: number, awayAfter: number): boolean {
    const round = room.rounds[currentRound(room) ?? -1]
    if (!round || round.closed !== undefined || round.answers.size === 0 || room.paused || room.settings.changing)
      return false
    const here = this.here()
    const awaited = (id: PlayerId, joined: number): boolean =>
      here.has(id) || now - Math.max(this.heldSince, joined, this.leftAt.get(id) ?? 0) < awayAfter
    for (const { id, standing, joined } of room.players.values())
      if (standing === 'in' && !round.answers.has(id) && awaited(id, joined)) return false
    return true
  }

  /** What everybody in the room may see; it is made once for each state of the room. */
  view(room: Room, now: number): RoomView {
    return roomView(room, wordsOf(room), now)
  }

  /** After events: what cannot wait is told at once, everything else at the next tick. */
  folded(before: Room | undefined, after: Room, now: number): void {
    const { way } = after.settings
    if (!before || phaseOf(before) !== phaseOf(after)) {
      this.all('player').emit('room', this.view(after, now))
      const known = before ? shownIn(before) : 0
      if (shownIn(after) !== known) for (const player of this.phones.keys()) this.tellMine(after, player)
      for (const wall of this.walls) this.staleWalls.add(wall)
      for (const host of this.hosts) this.staleHosts.add(host)
      this.tellScreens(after, now, true)
    }
    if (before?.players !== after.players) {
      for (const player of this.phones.keys())
        if (before && before.players.get(player) !== after.players.get(player)) this.tellMine(after, player)
      for (const wall of this.walls) this.staleWalls.add(wall)
      for (const host of this.hosts) this.staleHosts.add(host)
    }
    if (before && answersIn(before) !== answersIn(after)) {
      this.countsFor = 3
      if (way === 'self') for (const host of this.hosts) this.staleHosts.add(host)
    }
    if (before?.team !== after.team) {
      for (const player of changedDesks(before?.team, after.team))
        if (this.phones.has(player)) this.staleMine.add(player)
      for (const wall of this.walls) this.staleWalls.add(wall)
      for (const host of this.hosts) this.staleHosts.add(host)
    }
  }

  private tellMine(room: Room, id: PlayerId): void {
    const player = room.players.get(id)
    const sockets = this.phones.get(id)
    if (!player || !sockets) return
    this.staleMine.delete(id)
    const mine = mineOf(room, player)
    for (const socket of sockets) socket.emit('mine', mine)
  }

  /** Whole views to those screens that have an old one and have taken what they were sent before. */
  private tellScreens(room: Room, now: number, atOnce: boolean): void {
    const every = atOnce ? 1 : Math.ceil(room.players.size / ROWS_A_TICK)
    const ready = (socket: Socket): boolean => this.backlogOf(socket) <= MOST_UNDER_WAY
    if (this.staleHosts.size > 0 && this.ticks % Math.max(1, every) === 0) {
      const view = hostView(room, wordsOf(room), now, this.here())
      for (const host of [...this.staleHosts].filter(ready)) {
        this.staleHosts.delete(host)
        host.emit('host', view)
      }
    }
    if (this.staleWalls.size > 0) {
      const view = screenView(room, wordsOf(room), now)
      for (const wall of [...this.staleWalls].filter(ready)) {
        this.staleWalls.delete(wall)
        wall.emit('screen', view)
      }
    }
  }

  /** Four times a second. */
  tick(room: Room, now: number): void {
    this.ticks++
    for (const [node, { players, at }] of this.elsewhere)
      if (now - at > NODE_GONE_AFTER) {
        this.elsewhere.delete(node)
        for (const player of players) this.leftAt.set(player, now)
        for (const host of this.hosts) this.staleHosts.add(host)
      }
    this.tellScreens(room, now, false)
    for (const player of this.staleMine) this.tellMine(room, player)
    // Small, and a later one says all: whoever cannot take it now gets the next.
    if (this.countsFor > 0 && (this.hosts.size > 0 || this.walls.size > 0)) {
      this.countsFor--
      const counts = countsOf(room)
      if (counts) {
        const { round, answered, players } = counts
        this.all('host').volatile.emit('counts', counts)
        this.all('wall').volatile.emit('answered', { round, answered, players })
      }
    }
  }

  /** Says goodbye to everybody here. */
  bye(why: Heard['bye']['why']): void {
    for (const kind of ['player', 'host', 'wall'] as const) this.all(kind).emit('bye', { why })
  }
}
