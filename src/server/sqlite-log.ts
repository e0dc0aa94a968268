import { Worker } from 'node:worker_threads'
import type { EventOf, RoomEvent } from '../room/event'
import type { Refusal, Room } from '../room/room'
import { fold } from '../room/room'
import type { Keeping, RoomLog, Witness } from './room-log'
import { foldLog, NotSaved, patienceOf } from './room-log'
import type { Answered, Ask, Asked, Line } from './sqlite-messages'

/** An event on its way to the disk, and who waits for it. */
interface Waiting {
  readonly code: string
  readonly event: RoomEvent
  readonly resolve: (refusal: Refusal | undefined) => void
  readonly reject: (error: Error) => void
}

interface Asking {
  readonly resolve: (good: readonly string[] | boolean) => void
  readonly reject: (error: Error) => void
}

const lineOf = (code: string, event: RoomEvent): Line => ({
  code,
  event: JSON.stringify(event),
  at: event.at,
  ended: event.kind === 'ended',
})

/**
 * The logs of rooms in one SQLite file, for one process: WAL, and every commit is synced to the disk before anybody is told.
 * What arrives while a commit is under way goes into the next one, so that a thousand answers cost a few syncs.
 */
export class SqliteLog implements RoomLog {
  private readonly rooms = new Map<string, Room>()
  private readonly opening = new Map<string, Promise<Room | undefined>>()
  private readonly under = new Map<string, number>()
  private readonly asking = new Map<number, Asking>()
  private thread: Worker | undefined
  private asked = 0
  private waiting: Waiting[] = []
  private committing: Promise<void> | undefined

  /** @param file Where the database is, or will be. */
  constructor(
    private readonly file: string,
    private readonly keeping: Keeping,
    private readonly witness: Witness,
    /** Told how many events each commit held. */
    private readonly committed: (events: number) => void = () => undefined,
  ) {}

  async create(opened: EventOf<'opened'>): Promise<boolean> {
    const line = lineOf(opened.code, opened)
    const made = await this.ask({ ask: 'create', line, patience: patienceOf(opened.settings, this.keeping) })
    return made === true
  }

  async append(code: string, event: RoomEvent): Promise<Refusal | undefined> {
    this.under.set(code, (this.under.get(code) ?? 0) + 1)
    try {
      if (!this.rooms.has(code) && !(await this.open(code))) return 'not-a-room'
      return await new Promise((resolve, reject) => {
        this.waiting.push({ code, event, resolve, reject })
        this.committing ??= this.commitAll().finally(() => (this.committing = undefined))
      })
    } finally {
      const left = (this.under.get(code) ?? 1) - 1
      if (left > 0) this.under.set(code, left)
      else this.under.delete(code)
    }
  }

  private async commitAll(): Promise<void> {
    while (this.waiting.length > 0) {
      // Whatever else this turn of the loop brings comes along; the next commit can only begin when this one is done.
      // oxlint-disable-next-line no-await-in-loop
      await new Promise((resolve) => setImmediate(resolve))
      const batch = this.waiting
      this.waiting = []
      try {
        // oxlint-disable-next-line no-await-in-loop
        await this.ask({ ask: 'commit', lines: batch.map(({ code, event }) => lineOf(code, event)) })
        this.committed(batch.length)
        this.foldBatch(batch)
      } catch (error) {
        for (const { reject } of batch) reject(error instanceof Error ? error : new NotSaved(String(error)))
      }
    }
  }

  private foldBatch(batch: readonly Waiting[]): void {
    const byRoom = new Map<string, Waiting[]>()
    for (const one of batch) {
      const known = byRoom.get(one.code)
      if (known) known.push(one)
      else byRoom.set(one.code, [one])
    }
    for (const [code, waiting] of byRoom) {
      const before = this.rooms.get(code)
      const { room, refusals } = fold(
        before,
        waiting.map(({ event }) => event),
      )
      if (room && before) {
        this.rooms.set(code, room)
        this.witness.folded(before, room)
      }
      for (const [index, { resolve }] of waiting.entries()) resolve(before ? refusals[index] : 'not-a-room')
    }
  }

  open(code: string): Promise<Room | undefined> {
    const held = this.rooms.get(code)
    if (held) return Promise.resolve(held)
    const known = this.opening.get(code)
    if (known) return known
    const opening = this.load(code).finally(() => this.opening.delete(code))
    this.opening.set(code, opening)
    return opening
  }

  private async load(code: string): Promise<Room | undefined> {
    const texts = await this.ask({ ask: 'load', code })
    const room = await foldLog(typeof texts === 'boolean' ? [] : texts, this.witness)
    if (room) this.rooms.set(code, room)
    return room
  }

  at = (code: string): Room | undefined => this.rooms.get(code)

  release(code: string): void {
    if (!this.under.has(code)) this.rooms.delete(code)
  }

  async remove(code: string): Promise<void> {
    await this.removeAll([code])
  }

  private async removeAll(codes: readonly string[]): Promise<void> {
    if (codes.length === 0) return
    await this.ask({ ask: 'remove', codes })
    for (const code of codes) {
      this.rooms.delete(code)
      this.witness.gone(code)
    }
  }

  async sweep(now: number): Promise<void> {
    const expired = await this.ask({ ask: 'expired', now })
    await this.removeAll(typeof expired === 'boolean' ? [] : expired)
  }

  async size(): Promise<number> {
    const codes = await this.ask({ ask: 'codes' })
    return typeof codes === 'boolean' ? 0 : codes.length
  }

  async ready(): Promise<boolean> {
    try {
      return (await this.ask({ ask: 'ready' })) === true
    } catch {
      return false
    }
  }

  async close(): Promise<void> {
    await this.committing
    const { thread } = this
    if (!thread) return
    await this.ask({ ask: 'close' }).catch(() => undefined)
    this.thread = undefined
    await thread.terminate()
  }

  private ask(ask: Ask): Promise<readonly string[] | boolean> {
    this.thread ??= this.startThread()
    const { thread } = this
    const asked: Asked = { ...ask, number: ++this.asked }
    return new Promise((resolve, reject) => {
      this.asking.set(asked.number, { resolve, reject })
      thread.postMessage(asked)
    })
  }

  private startThread(): Worker {
    const program = new URL('./sqlite-thread.ts', import.meta.url).href
    const thread = new Worker(new URL('./thread.mjs', import.meta.url), {
      workerData: { program, file: this.file, grace: this.keeping.grace },
    })
    thread.on('message', (answered: Answered) => {
      if ('notice' in answered) return this.witness.notice(answered.notice)
      const waiting = this.asking.get(answered.number)
      this.asking.delete(answered.number)
      if ('good' in answered) waiting?.resolve(answered.good)
      else waiting?.reject(new NotSaved(answered.bad))
    })
    const over = (reason: string): void => {
      if (this.thread !== thread) return
      // The next question starts another one.
      this.thread = undefined
      for (const { reject } of this.asking.values()) reject(new NotSaved(reason))
      this.asking.clear()
    }
    thread.on('error', (error) => {
      this.witness.notice(`The thread with the rooms' database ended: ${error.message}`)
      over(error.message)
    })
    thread.on('exit', () => over('The thread with the database ended.'))
    return thread
  }
}
