import { Redis } from 'ioredis'
import * as v from 'valibot'
import type { EventOf, RoomEvent } from '../room/event'
import type { Refusal, Room } from '../room/room'
import { fold } from '../room/room'
import type { Keeping, RoomLog, Witness } from './room-log'
import { foldLog, NotSaved, patienceOf, readValue } from './room-log'

/** One stream a room, whose entries have the ids 1-0, 2-0 and so on, and one channel that carries what is added. */
const streamOf = (code: string): string => `class:${code}`
const channelOf = (code: string): string => `class:${code}:added`

/**
 * Adds events to a room that exists, tells all nodes that hold it, and says how many there were before; -1 if there is no
 * room. KEYS: stream. ARGV: milliseconds to keep it, channel, events as JSON.
 */
const APPEND = `
local before = redis.call('XLEN', KEYS[1])
if before == 0 then return -1 end
local told = { tostring(before + 1) }
for i = 3, #ARGV do
  redis.call('XADD', KEYS[1], string.format('%d-0', before + i - 2), 'event', ARGV[i])
  told[#told + 1] = ARGV[i]
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
redis.call('PUBLISH', ARGV[2], '[' .. table.concat(told, ',') .. ']')
return before`

/** Begins a stream with its first event, if there is none. */
const CREATE = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('XADD', KEYS[1], '1-0', 'event', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1`

/** Deletes a room and tells all nodes that hold it. */
const REMOVE = `
redis.call('DEL', KEYS[1])
redis.call('PUBLISH', ARGV[1], '[0]')
return 1`

/** So many events go into one call. */
const MOST_IN_A_CALL = 500
/** So many entries are read at a time. */
const PAGE = 2000
/** When what was added has not come round after so many milliseconds, the stream is read. */
const COMES_ROUND = 2000
/** A command without an answer for so long, in milliseconds, has failed. */
const COMMAND_TIMEOUT = 4000

interface Waiting {
  readonly event: RoomEvent
  readonly resolve: (refusal: Refusal | undefined) => void
  readonly reject: (error: Error) => void
}

/** A room that this node holds. */
interface Held {
  readonly code: string
  room: Room
  /** The number of the last event that was folded. */
  seen: number
  /** While the stream is read, what is added meanwhile waits here. */
  reading: Promise<void> | undefined
  readonly early: (readonly [first: number, events: readonly unknown[]])[]
  /** What waits to be written, and whether a call is under way. */
  queue: Waiting[]
  writing: boolean
  /** Who waits for an event to come round, by its number; what came of those that did while a call was under way. */
  readonly awaited: Map<number, Waiting>
  readonly outcomes: Map<number, Refusal | undefined>
}

const Told = v.looseTuple([v.pipe(v.number(), v.integer())])
const Entries = v.array(v.tuple([v.string(), v.tuple([v.literal('event'), v.string()])]))

const says = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/**
 * The logs of rooms as Redis Streams, for any number of nodes. An event is written by one call, which also tells it to every
 * node that holds the room; the writer is answered when its own event has come round. Redis decides how durable that is:
 * with `appendonly yes` and `appendfsync always` it is on the disk before anybody hears of it.
 */
export class RedisLog implements RoomLog {
  private readonly redis: Redis
  private readonly listener: Redis
  private readonly held = new Map<string, Held>()
  private readonly opening = new Map<string, Promise<Held | undefined>>()
  private connected = false

  /** @param url Where Redis is: redis://host:6379. */
  constructor(
    url: string,
    private readonly keeping: Keeping,
    private readonly witness: Witness,
    /** Told how many events each write held. */
    private readonly committed: (events: number) => void = () => undefined,
  ) {
    const retryStrategy = (times: number): number => Math.min(100 * times, 1000)
    this.redis = new Redis(url, { maxRetriesPerRequest: 1, commandTimeout: COMMAND_TIMEOUT, retryStrategy })
    this.listener = new Redis(url, { maxRetriesPerRequest: null, retryStrategy })
    let told = ''
    for (const client of [this.redis, this.listener])
      client.on('error', (error: Error) => {
        // It is tried again several times a second: once is enough to say so.
        if (told !== error.message) witness.notice(`Redis does not answer: ${error.message}`)
        told = error.message
      })
    this.redis.on('ready', () => {
      told = ''
      void this.checkDurability()
    })
    this.listener.on('message', (channel: string, text: string) => this.hear(channel, text))
    this.listener.on('ready', () => {
      // What was told while the connection was away is lost, and a Redis that came back may have forgotten something.
      if (this.connected) for (const held of this.held.values()) this.readAgain(held)
      this.connected = true
    })
  }

  private async checkDurability(): Promise<void> {
    const info = await this.redis.info('persistence').catch(() => '')
    if (info.includes('aof_enabled:0'))
      this.witness.notice('Redis keeps no append-only file: when it stops, answers are lost. Set appendonly yes.')
  }

  private async saved<T>(command: Promise<T>): Promise<T> {
    try {
      return await command
    } catch (error) {
      throw new NotSaved(says(error))
    }
  }

  async create(opened: EventOf<'opened'>): Promise<boolean> {
    const keep = patienceOf(opened.settings, this.keeping)
    return (await this.saved(this.redis.eval(CREATE, 1, streamOf(opened.code), keep, JSON.stringify(opened)))) === 1
  }

  async append(code: string, event: RoomEvent): Promise<Refusal | undefined> {
    const held = this.held.get(code) ?? (await this.hold(code))
    if (!held) return 'not-a-room'
    return new Promise((resolve, reject) => {
      held.queue.push({ event, resolve, reject })
      if (!held.writing) void this.writeAll(held)
    })
  }

  private async writeAll(held: Held): Promise<void> {
    held.writing = true
    while (held.queue.length > 0) {
      // Whatever else this turn of the loop brings comes along; the next call begins when this one is answered.
      // oxlint-disable-next-line no-await-in-loop
      await new Promise((resolve) => setImmediate(resolve))
      const batch = held.queue.splice(0, MOST_IN_A_CALL)
      // oxlint-disable-next-line no-await-in-loop
      await this.write(held, batch)
    }
    held.writing = false
    held.outcomes.clear()
  }

  private async write(held: Held, batch: readonly Waiting[]): Promise<void> {
    const { code, room } = held
    const ends = room.ended !== undefined || batch.some(({ event }) => event.kind === 'ended')
    const keep = ends ? this.keeping.grace : patienceOf(room.settings, this.keeping)
    const events = batch.map(({ event }) => JSON.stringify(event))
    try {
      const before = Number(await this.redis.eval(APPEND, 1, streamOf(code), keep, channelOf(code), ...events))
      if (before < 0) {
        for (const { resolve } of batch) resolve('not-a-room')
        this.lose(code)
        return
      }
      this.committed(batch.length)
      for (const [index, waiting] of batch.entries()) {
        const number = before + 1 + index
        if (number <= held.seen && held.outcomes.has(number)) waiting.resolve(held.outcomes.get(number))
        else held.awaited.set(number, waiting)
      }
      const [first] = held.awaited.keys()
      if (first === undefined) return
      // A number that was folded already, as another event: Redis has forgotten some.
      if (first <= held.seen) this.readAgain(held)
      else setTimeout(() => this.missed(held, before + batch.length), COMES_ROUND).unref()
    } catch (error) {
      for (const { reject } of batch) reject(new NotSaved(says(error)))
    }
  }

  /** What should have come round and has not. */
  private missed(held: Held, last: number): void {
    if (!held.awaited.has(last) || this.held.get(held.code) !== held) return
    this.readAgain(held)
    setTimeout(() => this.missed(held, last), COMES_ROUND).unref()
  }

  private hear(channel: string, text: string): void {
    const code = channel.split(':')[1] ?? ''
    const held = this.held.get(code)
    const parsed = v.safeParse(Told, readJson(text))
    if (!held || !parsed.success) return
    const [first, ...events] = parsed.output
    if (first === 0) this.lose(code)
    else if (held.reading) held.early.push([first, events])
    else this.take(held, first, events)
  }

  /** Folds events that begin with this number, as far as they are new. */
  private take(held: Held, first: number, events: readonly unknown[]): void {
    if (first > held.seen + 1) return this.readAgain(held)
    const fresh = events.slice(held.seen + 1 - first)
    if (fresh.length === 0) return
    const readable = fresh.map(readValue)
    const before = held.room
    const { room, refusals } = fold(
      before,
      readable.filter((event) => event !== undefined),
    )
    const start = held.seen
    held.seen += fresh.length
    if (room) {
      held.room = room
      this.witness.folded(before, room)
      if (room.ended !== undefined && before.ended === undefined)
        this.redis.pexpire(streamOf(held.code), this.keeping.grace).catch(() => undefined)
    }
    let folded = 0
    for (const [index, event] of readable.entries())
      this.settle(held, start + 1 + index, event ? refusals[folded++] : 'unreadable')
  }

  private settle(held: Held, number: number, refusal: Refusal | undefined): void {
    const waiting = held.awaited.get(number)
    held.awaited.delete(number)
    if (waiting) waiting.resolve(refusal)
    else if (held.writing) held.outcomes.set(number, refusal)
  }

  /** Folds the whole stream anew. Who waited for an event is told whether it is there. */
  private readAgain(held: Held): void {
    held.reading ??= this.readWhole(held)
      .catch((error: unknown) => this.witness.notice(`A room could not be read: ${says(error)}`))
      .finally(() => {
        held.reading = undefined
        for (const [first, events] of held.early.splice(0)) this.take(held, first, events)
      })
  }

  private async readWhole(held: Held): Promise<void> {
    const waiting = new Map(held.awaited)
    try {
      const texts = await this.read(held.code)
      const outcomes: (Refusal | undefined)[] = []
      const room = await foldLog(texts, this.witness, (refusals) => outcomes.push(...refusals))
      if (!room) return this.lose(held.code)
      const before = held.room
      held.room = room
      held.seen = texts.length
      this.witness.folded(before, room)
      for (const [number, { event, resolve }] of waiting)
        if (texts[number - 1] === JSON.stringify(event)) {
          held.awaited.delete(number)
          resolve(outcomes[number - 1])
        }
    } finally {
      for (const [number, { reject }] of waiting)
        if (held.awaited.delete(number)) reject(new NotSaved('The event did not come round.'))
    }
  }

  /** The events of a room after so many. */
  private async read(code: string, after = 0): Promise<string[]> {
    const texts: string[] = []
    for (;;) {
      const next = `${after + texts.length + 1}-0`
      // A page is asked for when the one before it has come.
      // oxlint-disable-next-line no-await-in-loop
      const answer = await this.saved(this.redis.xrange(streamOf(code), next, '+', 'COUNT', PAGE))
      const page = v.parse(Entries, answer)
      for (const [, [, text]] of page) texts.push(text)
      if (page.length < PAGE) return texts
    }
  }

  private hold(code: string): Promise<Held | undefined> {
    const known = this.opening.get(code)
    if (known) return known
    const opening = this.begin(code).finally(() => this.opening.delete(code))
    this.opening.set(code, opening)
    return opening
  }

  private async begin(code: string): Promise<Held | undefined> {
    // A guessed code must cost little: whether there is such a room comes first.
    if ((await this.saved(this.redis.exists(streamOf(code)))) === 0) return undefined
    if (this.listener.status !== 'ready') throw new NotSaved('Redis does not answer.')
    await this.saved(this.listener.subscribe(channelOf(code)))
    const texts = await this.read(code)
    const room = await foldLog(texts, this.witness)
    if (!room) {
      await this.listener.unsubscribe(channelOf(code)).catch(() => undefined)
      return undefined
    }
    const held: Held = {
      code,
      room,
      seen: texts.length,
      reading: undefined,
      early: [],
      queue: [],
      writing: false,
      awaited: new Map(),
      outcomes: new Map(),
    }
    this.held.set(code, held)
    // What was added while the log was folded, nobody has told this node.
    const missed = await this.read(code, texts.length)
    this.take(held, texts.length + 1, missed.map(readJson))
    return held
  }

  async open(code: string): Promise<Room | undefined> {
    return (this.held.get(code) ?? (await this.hold(code)))?.room
  }

  at = (code: string): Room | undefined => this.held.get(code)?.room

  release(code: string): void {
    const held = this.held.get(code)
    if (!held || held.writing || held.awaited.size > 0) return
    this.held.delete(code)
    this.listener.unsubscribe(channelOf(code)).catch(() => undefined)
  }

  /** The room is gone. */
  private lose(code: string): void {
    const held = this.held.get(code)
    if (!held) return
    this.held.delete(code)
    this.listener.unsubscribe(channelOf(code)).catch(() => undefined)
    for (const { resolve } of held.awaited.values()) resolve('not-a-room')
    this.witness.gone(code)
  }

  async remove(code: string): Promise<void> {
    await this.saved(this.redis.eval(REMOVE, 1, streamOf(code), channelOf(code)))
    this.lose(code)
  }

  /** Redis deletes by itself what nobody extends; here it is noticed. */
  async sweep(): Promise<void> {
    const codes = [...this.held.keys()]
    const there = await this.saved(Promise.all(codes.map((code) => this.redis.exists(streamOf(code)))))
    for (const [index, code] of codes.entries()) if (there[index] === 0) this.lose(code)
  }

  async size(): Promise<number> {
    return this.saved(this.redis.dbsize())
  }

  async ready(): Promise<boolean> {
    try {
      return (await this.redis.ping()) === 'PONG' && this.listener.status === 'ready'
    } catch {
      return false
    }
  }

  async close(): Promise<void> {
    const open = [...this.held.values()].filter(({ writing, awaited }) => writing || awaited.size > 0)
    await Promise.race([
      Promise.all(open.map(({ awaited }) => untilEmpty(awaited))),
      new Promise((resolve) => setTimeout(resolve, COMES_ROUND).unref()),
    ])
    this.redis.disconnect()
    this.listener.disconnect()
  }
}

const untilEmpty = async (waiting: ReadonlyMap<number, unknown>): Promise<void> => {
  // oxlint-disable-next-line no-await-in-loop
  while (waiting.size > 0) await new Promise((resolve) => setTimeout(resolve, 10))
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
