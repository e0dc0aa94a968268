import { randomInt, randomUUID } from 'node:crypto'
import type { IncomingMessage, Server as HttpServer } from 'node:http'
import type { Logger } from 'pino'
import { Server as SocketServer } from 'socket.io'
import * as v from 'valibot'
import { drawCode } from '../room/code'
import type { RoomEvent } from '../room/event'
import { doorWord, tidyName } from '../room/name'
import { questionOf } from '../room/posed'
import { roomForReport } from '../room/report'
import type { Room } from '../room/room'
import { fold, nextItem } from '../room/room'
import { hostView, mineOf, ownRound, screenView } from '../room/view'
import type { Act, Replies, Reply, Said, SayName, Why } from '../room/wire'
import { CLASS_PATH, MOST_BYTES, SAYS } from '../room/wire'
import { random } from '../shift/random'
import { Bucket, Buckets } from './bucket'
import type { Limits } from './limits'
import type { Presence, Role, Server, Socket } from './live-room'
import { LiveRoom, wordsOf } from './live-room'
import type { Metrics } from './metrics'
import { fitName } from './name-filter'
import { addressOf, originAllowed } from './origin'
import type { RoomLog, Witness } from './room-log'
import { NotSaved } from './room-log'
import { drawId, drawSecret, fits, hashOf, watchSecretOf } from './secret'

const TICK = 250
/** A node's word about who is connected to it is given again after so many ticks. */
const PRESENCE_AGAIN = 16
/** A room without anybody here is let go after this, in milliseconds. */
const RELEASE_AFTER = 60_000
const SWEEP = 60_000
/** Whoever wants to join waits no longer than this for the turn. */
const LONGEST_WAIT = 10_000
/** A socket with more packets waiting to be taken is too slow to be served; it comes back by itself. */
const MOST_BACKLOG = 64

/** What a handler knows of who is speaking. */
interface Client {
  readonly socket: Socket
  readonly address: string
  readonly bucket: Bucket
  backlog: number
}

class Refused extends Error {
  constructor(readonly why: Why) {
    super(why)
  }
}

type Handlers = {
  readonly [Name in SayName]: (client: Client, said: Said<Name>) => Promise<Replies[Name]>
}

export interface ClassParts {
  readonly limits: Limits
  readonly metrics: Metrics
  readonly logger: Logger
  /** Makes the log of rooms, which tells the witness what happens in them. */
  readonly log: (witness: Witness) => RoomLog
  /** What joins this node's Socket.IO with others', if there are others. */
  readonly others?: { readonly adapter: Parameters<SocketServer['adapter']>[0]; readonly reachable: () => boolean }
  readonly clock?: () => number
  /** Milliseconds between two pings to a socket, and until its answer must be there. */
  readonly ping?: { readonly interval: number; readonly timeout: number }
}

/** A code in the log of the server: enough to follow one room, too little to join it. */
const short = (code: string): string => `${code.slice(0, 2)}…`

/** The live class on an HTTP server: rooms over a log, and the sockets that have to do with them. */
export class Class {
  readonly log: RoomLog
  private readonly server: Server
  private readonly rooms = new Map<string, LiveRoom>()
  private readonly clients = new Map<string, Client>()
  private readonly node = randomUUID()
  private readonly connections = new Map<string, number>()
  private readonly closing = new Set<string>()
  private readonly timers: NodeJS.Timeout[] = []
  private readonly connects: Buckets
  private readonly opens: Buckets
  private readonly wrong: Buckets
  private readonly messages: Buckets
  private readonly now: () => number
  private ticks = 0
  private going = false

  constructor(
    http: HttpServer,
    private readonly parts: ClassParts,
  ) {
    const { limits, clock = Date.now, ping = { interval: 10_000, timeout: 8000 } } = parts
    this.now = clock
    this.connects = new Buckets({
      perSecond: limits.CLASS_CONNECTS_PER_ADDRESS,
      burst: 4 * limits.CLASS_CONNECTS_PER_ADDRESS,
    })
    this.opens = new Buckets({
      perSecond: limits.CLASS_ROOMS_PER_ADDRESS / 3600,
      burst: limits.CLASS_ROOMS_PER_ADDRESS,
    })
    this.wrong = new Buckets({
      perSecond: limits.CLASS_WRONG_PER_ADDRESS / 60,
      burst: 2 * limits.CLASS_WRONG_PER_ADDRESS,
    })
    this.messages = new Buckets({
      perSecond: limits.CLASS_MESSAGES_PER_ADDRESS,
      burst: 4 * limits.CLASS_MESSAGES_PER_ADDRESS,
    })
    this.log = parts.log({
      folded: (before, after) => this.folded(before, after),
      gone: (code) => this.gone(code),
      notice: (sentence) => parts.logger.warn(sentence),
    })
    this.server = new SocketServer(http, {
      path: CLASS_PATH,
      serveClient: false,
      transports: ['polling', 'websocket'],
      perMessageDeflate: false,
      httpCompression: false,
      maxHttpBufferSize: MOST_BYTES,
      // Phones that went out of reach without a word go.
      pingInterval: ping.interval,
      pingTimeout: ping.timeout,
      connectTimeout: 10_000,
      cleanupEmptyChildNamespaces: true,
      cors: { origin: [...limits.ALLOWED_ORIGINS] },
      allowRequest: (request, decide) => {
        const why = this.refusesRequest(request)
        if (why) parts.metrics.refusedConnections.inc({ why })
        decide(why, why === undefined)
      },
      ...(parts.others && { adapter: parts.others.adapter }),
    })
    this.server.on('connection', (socket) => this.welcome(socket))
    this.server.on('here', (presence: Presence) => this.rooms.get(presence.code)?.hearPresence(presence, this.now()))
    this.timers.push(
      setInterval(() => this.tick(), TICK),
      setInterval(() => void this.sweep(), SWEEP),
    )
  }

  /** Why a request to connect is turned away, if it is. */
  private refusesRequest(request: IncomingMessage): string | undefined {
    const { limits } = this.parts
    if (!originAllowed(request, limits)) return 'origin'
    // Further requests of a connection that there is already are counted as messages.
    if (request.url?.includes('sid=')) return undefined
    if (this.going) return 'restart'
    const address = addressOf(request, limits.TRUSTED_PROXIES)
    if (this.clients.size >= limits.CLASS_CONNECTIONS) return 'full'
    if ((this.connections.get(address) ?? 0) >= limits.CLASS_CONNECTIONS_PER_ADDRESS) return 'address-full'
    return this.connects.of(address, this.now()).take(this.now()) ? undefined : 'too-fast'
  }

  private welcome(socket: Socket): void {
    const { limits, metrics } = this.parts
    const address = addressOf(socket.request, limits.TRUSTED_PROXIES)
    const perSecond = limits.CLASS_MESSAGES_PER_SOCKET
    const client: Client = {
      socket,
      address,
      bucket: new Bucket({ perSecond, burst: 4 * perSecond }, this.now()),
      backlog: 0,
    }
    this.clients.set(socket.id, client)
    this.connections.set(address, (this.connections.get(address) ?? 0) + 1)
    metrics.connections.set(this.clients.size)
    socket.conn.on('packetCreate', () => void client.backlog++)
    socket.conn.on('drain', () => void (client.backlog = 0))
    socket.on('disconnect', () => {
      this.clients.delete(socket.id)
      metrics.connections.set(this.clients.size)
      const left = (this.connections.get(address) ?? 1) - 1
      if (left > 0) this.connections.set(address, left)
      else this.connections.delete(address)
      this.leave(socket)
    })
    // Whatever is said costs, also what nobody understands.
    let overdrawn = 0
    socket.use((packet, next) => {
      const now = this.now()
      if (client.bucket.take(now) && this.messages.of(address, now).take(now)) return next()
      metrics.said.inc({ said: 'any', reply: 'too-fast' })
      const acknowledge: unknown = packet.at(-1)
      if (typeof acknowledge === 'function') acknowledge({ ok: false, why: 'too-fast' })
      // Who goes on like that is no phone.
      if (++overdrawn > 20 * perSecond) socket.disconnect(true)
    })
    for (const name of Object.keys(this.handlers)) if (isSayName(name)) this.listen(client, name)
    socket.onAny((name: unknown, ...rest: unknown[]) => {
      if (typeof name === 'string' && isSayName(name)) return
      metrics.said.inc({ said: 'unknown', reply: 'malformed' })
      const acknowledge = rest.at(-1)
      if (typeof acknowledge === 'function') acknowledge({ ok: false, why: 'malformed' })
    })
  }

  private listen(client: Client, name: SayName): void {
    // What a browser sends is anything at all, and any number of it.
    const hear = (...heard: unknown[]): void => {
      const last = heard.at(-1)
      const acknowledge = (reply: Reply<object>): void => {
        this.parts.metrics.said.inc({ said: name, reply: reply.ok ? 'ok' : reply.why })
        if (typeof last === 'function') last(reply)
      }
      const done = this.parts.metrics.replies.startTimer({ said: name })
      void this.answer(client, name, heard[0])
        .then((good) => acknowledge({ ok: true, ...good }))
        .catch((error: unknown) => {
          if (error instanceof Refused) return acknowledge({ ok: false, why: error.why })
          if (!(error instanceof NotSaved))
            this.parts.logger.error({ err: error, said: name }, 'A message could not be handled.')
          else this.parts.logger.warn({ reason: error.message }, 'The log of rooms could not be written or read.')
          acknowledge({ ok: false, why: 'not-saved' })
        })
        .finally(done)
    }
    client.socket.on(name, hear)
  }

  private async answer<Name extends SayName>(client: Client, name: Name, said: unknown): Promise<Replies[Name]> {
    const parsed = v.safeParse(SAYS[name], said)
    if (!parsed.success) throw new Refused('malformed')
    const handler: Handlers[Name] = this.handlers[name]
    return handler(client, parsed.output)
  }

  private readonly handlers: Handlers = {
    open: async ({ address }, { settings, plan, team }) => {
      const { limits, logger } = this.parts
      if ((settings.way === 'team') !== (team !== undefined) || (settings.way === 'team') !== (plan.length === 0))
        throw new Refused('malformed')
      const host = drawSecret()
      const watch = watchSecretOf(host)
      const now = this.now()
      for (let attempt = 0; attempt < 5; attempt++) {
        const opened = {
          kind: 'opened' as const,
          at: now,
          code: drawCode(random(randomInt(2 ** 32))),
          hostHash: hashOf(host),
          watchHash: hashOf(watch),
          seed: randomInt(0x7fffffff),
          settings,
          plan,
          ...(team && { team }),
        }
        if (attempt === 0) {
          if (!canBegin(opened)) throw new Refused('malformed')
          if (!this.opens.of(address, now).take(now)) throw new Refused('too-many-rooms')
          // oxlint-disable-next-line no-await-in-loop
          if ((await this.log.size()) >= limits.CLASS_ROOMS) throw new Refused('too-many-rooms')
        }
        // A taken code is drawn again.
        // oxlint-disable-next-line no-await-in-loop
        if (await this.log.create(opened)) {
          logger.info({ room: short(opened.code), way: settings.way }, 'A room was opened.')
          return { code: opened.code, host, watch }
        }
      }
      throw new NotSaved('No free code was found.')
    },

    host: async (client, { code, secret }) => {
      const [live, room] = await this.enter(client, code)
      if (!fits(secret, room.hostHash)) throw this.wrongSecret(client)
      this.seat(client, live, { kind: 'host', code })
      return { view: hostView(room, wordsOf(room), this.now(), live.here()), watch: watchSecretOf(secret) }
    },

    watch: async (client, { code, secret }) => {
      const [live, room] = await this.enter(client, code)
      if (!fits(secret, room.watchHash)) throw this.wrongSecret(client)
      this.seat(client, live, { kind: 'wall', code })
      return { view: screenView(room, wordsOf(room), this.now()) }
    },

    look: async (client, { code }) => {
      const [, { settings, locked }] = await this.enter(client, code)
      const { way, language, names, doorWord, approval } = settings
      return { way, language, names, doorWord, approval, locked }
    },

    join: async (client, { code, name, word }) => {
      const [live, room] = await this.enter(client, code)
      if (room.ended !== undefined) throw new Refused('over')
      if (room.locked) throw new Refused('locked')
      if (room.settings.doorWord && word?.trim().toLowerCase() !== doorWord(room)) {
        this.chargeWrong(client)
        throw new Refused('wrong-word')
      }
      const wait = live.joins.reserve(this.now(), LONGEST_WAIT)
      if (wait === undefined) {
        if (live.flooded(this.now()))
          this.parts.logger.warn({ room: short(code) }, 'More want to join a room than may.')
        throw new Refused('too-fast')
      }
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
      const wished = name === undefined ? undefined : fitName(name)
      const player = drawId()
      const secret = drawSecret()
      await this.write(code, {
        kind: 'joined',
        at: this.now(),
        player,
        hash: hashOf(secret),
        ...(wished !== undefined && { name: wished }),
      })
      return { player, secret, ...this.seatPlayer(client, code, player) }
    },

    back: async (client, { code, player, secret }) => {
      const [, room] = await this.enter(client, code)
      const known = room.players.get(player)
      if (!known || !fits(secret, known.hash)) throw this.wrongSecret(client)
      if (known.standing === 'removed') throw new Refused('removed')
      return this.seatPlayer(client, code, player)
    },

    answer: async (client, { round, key, answer }) => {
      const { code, player } = playerOf(client)
      const before = await this.held(code)
      const at = this.now()
      const known = before.rounds[round]?.answers.get(player)
      // What the log knows already, it need not be told again.
      if (!known?.keys.includes(key)) {
        this.refuseAtOnce(before, player)
        const asked = before.rounds[round]
        if (asked?.closed !== undefined) throw new Refused('closed')
        if (known && (!before.settings.changing || before.settings.way === 'self')) throw new Refused('answered')
        if (asked?.closes !== undefined && at >= asked.closes && !before.paused) await this.close(before, round)
        await this.write(code, { kind: 'answered', at, player, round, key, answer })
      }
      const after = await this.held(code)
      const given = after.rounds[round]?.answers.get(player)
      const own = after.players.get(player)
      if (!given || !own) throw new Refused('not-open')
      const { solved } = ownRound(after, own, round, wordsOf(after)) ?? {}
      return { after: given.after, ...(solved && { solved, right: given.right }) }
    },

    question: async (client, { round }) => {
      const { code, player } = playerOf(client)
      const room = await this.held(code)
      const own = room.players.get(player)
      this.refuseAtOnce(room, player)
      const question = own?.standing === 'in' ? ownRound(room, own, round, wordsOf(room)) : undefined
      if (!question) throw new Refused(own?.standing === 'waiting' ? 'waiting' : 'not-open')
      return question
    },

    route: async (client, { arrival, attempt, choice }) => {
      const { code, player } = playerOf(client)
      this.refuseAtOnce(await this.held(code), player)
      await this.write(code, { kind: 'routed', at: this.now(), player, arrival, attempt, choice })
      const { team } = await this.held(code)
      const last = team?.desks.get(player)?.last
      return { right: last !== undefined && (team?.shift?.decisions[last]?.right ?? false) }
    },

    mine: async (client) => {
      const { code, player } = playerOf(client)
      const room = await this.held(code)
      const own = room.players.get(player)
      if (!own) throw new Refused('not-in')
      return { mine: mineOf(room, own) }
    },

    act: async (client, act) => {
      const code = hostOf(client)
      const room = await this.held(code)
      if (act.act === 'forget') await this.log.remove(code)
      else await Promise.all(eventsOf(act, room, this.now()).map((event) => this.write(code, event)))
      return {}
    },

    report: async (client, { names }) => ({ room: roomForReport(await this.held(hostOf(client)), names) }),
  }

  /** The room with this code, held by this node. Wrong codes are counted, and after many of them nobody new is let in. */
  private async enter(client: Client, code: string): Promise<[LiveRoom, Room]> {
    const now = this.now()
    const known = this.rooms.get(code)?.addresses.has(client.address) ?? false
    if (!known && !this.wrong.of(client.address, now).has(now)) throw new Refused('too-fast')
    const room = await this.log.open(code)
    if (!room) {
      this.chargeWrong(client)
      throw new Refused('wrong-code')
    }
    return [this.live(code), room]
  }

  private live(code: string): LiveRoom {
    const known = this.rooms.get(code)
    if (known) return known
    const perSecond = this.parts.limits.CLASS_JOINS_PER_ROOM
    const backlogOf = ({ id }: Socket): number => this.clients.get(id)?.backlog ?? 0
    const live = new LiveRoom(code, this.server, backlogOf, { perSecond, burst: perSecond }, this.now())
    this.rooms.set(code, live)
    this.parts.metrics.rooms.set(this.rooms.size)
    return live
  }

  private chargeWrong({ address }: Client): void {
    const now = this.now()
    const bucket = this.wrong.of(address, now)
    if (bucket.take(now) && !bucket.has(now))
      this.parts.logger.warn('Too many wrong codes from one address: nobody new is let in from there for a while.')
    this.parts.metrics.wrong.inc()
  }

  private wrongSecret(client: Client): Refused {
    this.chargeWrong(client)
    return new Refused('wrong-secret')
  }

  private async held(code: string): Promise<Room> {
    const room = this.log.at(code) ?? (await this.log.open(code))
    if (!room) throw new Refused('not-a-room')
    return room
  }

  /** Refusals that stand for good or for now, so that the log need not hold them. */
  private refuseAtOnce(room: Room, player: string): void {
    if (room.ended !== undefined) throw new Refused('over')
    if (room.players.get(player)?.standing === 'removed') throw new Refused('removed')
  }

  private async write(code: string, event: RoomEvent): Promise<void> {
    if (this.going) throw new NotSaved('The server is going down.')
    const refusal = await this.log.append(code, event)
    if (refusal) throw new Refused(refusal)
  }

  private seat(client: Client, live: LiveRoom, role: Role): void {
    this.leave(client.socket)
    if (client.socket.connected) live.seat(client.socket, role, client.address)
  }

  private seatPlayer(client: Client, code: string, id: string) {
    const room = this.log.at(code)
    const player = room?.players.get(id)
    if (!room || !player) throw new Refused('not-a-room')
    const live = this.live(code)
    this.seat(client, live, { kind: 'player', code, player: id })
    return { mine: mineOf(room, player), view: live.view(room, this.now()) }
  }

  private leave(socket: Socket): void {
    const { role } = socket.data
    if (role) this.rooms.get(role.code)?.unseat(socket, this.now())
  }

  private folded(before: Room | undefined, after: Room): void {
    const live = this.rooms.get(after.code)
    if (!live) return
    live.folded(before, after, this.now())
    if (before?.players === after.players) return
    for (const [id, sockets] of live.phones)
      if (after.players.get(id)?.standing === 'removed')
        for (const socket of sockets) {
          socket.emit('bye', { why: 'removed' })
          live.unseat(socket, this.now())
        }
  }

  private gone(code: string): void {
    const live = this.rooms.get(code)
    this.parts.logger.info({ room: short(code) }, 'A room was deleted.')
    if (!live) return
    live.bye('gone')
    for (const socket of live.sockets) live.unseat(socket, this.now())
    this.rooms.delete(code)
    this.parts.metrics.rooms.set(this.rooms.size)
  }

  /** Closes a round; that another node does so too is no harm. */
  private async close({ code }: Room, round: number): Promise<void> {
    const key = `${code} ${round}`
    if (this.closing.has(key)) return
    this.closing.add(key)
    try {
      await this.log.append(code, { kind: 'closed', at: this.now(), round })
    } finally {
      this.closing.delete(key)
    }
  }

  private tick(): void {
    const now = this.now()
    const again = ++this.ticks % PRESENCE_AGAIN === 0
    for (const live of this.rooms.values()) {
      const { code } = live
      const room = this.log.at(code)
      if (!room) continue
      live.tick(room, now)
      const round = room.rounds.findIndex(({ closed }) => closed === undefined)
      const due = room.rounds[round]?.closes
      const over = due !== undefined && now >= due && !room.paused
      if (round >= 0 && room.ended === undefined && !this.going)
        if (over || live.allAnswered(room, now, this.parts.limits.CLASS_AWAY_SECONDS * 1000))
          this.close(room, round).catch((error: unknown) =>
            this.parts.logger.warn({ reason: String(error) }, 'A question could not be closed yet.'),
          )
      // What cannot be told now is told again later.
      if (this.parts.others?.reachable()) {
        const players = live.presenceToTell(again)
        if (players) this.server.serverSideEmit('here', { node: this.node, code, players })
      }
      if (live.emptySince !== undefined && now - live.emptySince > RELEASE_AFTER) {
        this.rooms.delete(code)
        this.log.release(code)
        this.parts.metrics.rooms.set(this.rooms.size)
      }
    }
    for (const { socket, backlog } of this.clients.values())
      if (backlog > MOST_BACKLOG) {
        this.parts.metrics.slow.inc()
        socket.disconnect(true)
      }
  }

  private async sweep(): Promise<void> {
    const now = this.now()
    for (const buckets of [this.connects, this.opens, this.wrong, this.messages]) buckets.sweep(now)
    try {
      await this.log.sweep(now)
    } catch (error) {
      this.parts.logger.warn({ reason: String(error) }, 'Old rooms could not be deleted yet.')
    }
  }

  /** Says goodbye, writes what is under way, and lets go. */
  async shutDown(): Promise<void> {
    this.going = true
    for (const timer of this.timers) clearInterval(timer)
    for (const live of this.rooms.values()) live.bye('restart')
    await this.log.close()
    await this.server.close()
  }
}

const isSayName = (name: string): name is SayName => Object.hasOwn(SAYS, name)

/** Whether a room can begin so: its questions can be made, its team shift can be dealt. */
function canBegin(opened: Extract<RoomEvent, { kind: 'opened' }>): boolean {
  try {
    for (const posed of opened.plan) if ('template' in posed) questionOf(posed, wordsOf(opened))
    return fold(undefined, [opened]).room !== undefined
  } catch {
    return false
  }
}

function playerOf({ socket }: Client): { readonly code: string; readonly player: string } {
  const { role } = socket.data
  if (!role) throw new Refused('not-in')
  if (role.kind !== 'player') throw new Refused('not-allowed')
  return role
}

function hostOf({ socket }: Client): string {
  const { role } = socket.data
  if (role?.kind !== 'host') throw new Refused('not-allowed')
  return role.code
}

/** What the teacher's wish writes into the log. Throws Refused where it cannot be meant. */
function eventsOf(act: Exclude<Act, { act: 'forget' }>, room: Room, at: number): readonly RoomEvent[] {
  switch (act.act) {
    case 'next': {
      const paced = room.settings.way !== 'self' && room.settings.way !== 'team'
      const item = paced ? nextItem(room) : 0
      // A round that there is already is asked again by a second click, and nothing comes of it.
      if (item === undefined && act.round >= room.rounds.length) throw new Refused('out-of-turn')
      return [{ kind: 'asked', at, round: act.round, item: item ?? 0, vote: 1 }]
    }
    case 'vote-again': {
      const last = room.rounds.at(-1)
      if (!last) throw new Refused('out-of-turn')
      return [{ kind: 'asked', at, round: act.round, item: last.item, vote: 2 }]
    }
    case 'skip':
      if (act.item >= room.plan.length) throw new Refused('out-of-turn')
      return [{ kind: 'skipped', at, item: act.item }]
    case 'close':
      return [{ kind: 'closed', at, round: act.round }]
    case 'show':
      return [{ kind: 'shown', at, round: act.round }]
    case 'pause':
      return [{ kind: 'paused', at, paused: act.paused }]
    case 'lock':
      return [{ kind: 'locked', at, locked: act.locked }]
    case 'leaders':
      return [{ kind: 'leaders', at, shown: act.shown }]
    case 'admit':
      return [{ kind: 'admitted', at, player: act.player }]
    case 'admit-all':
      return [...room.players.values()]
        .filter(({ standing }) => standing === 'waiting')
        .map(({ id }) => ({ kind: 'admitted', at, player: id }))
    case 'remove':
      return [{ kind: 'removed', at, player: act.player }]
    case 'rename': {
      const name = act.name === undefined ? undefined : tidyName(act.name)
      return [{ kind: 'renamed', at, player: act.player, ...(name !== undefined && { name }) }]
    }
    case 'rename-all':
      return [{ kind: 'all-renamed', at }]
    case 'end':
      return [{ kind: 'ended', at }]
  }
}
