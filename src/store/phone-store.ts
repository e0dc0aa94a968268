import { createStore } from 'zustand/vanilla'
import type { BlindQuestion } from '../room/blind'
import type { Mine, RoomView, Solved } from '../room/view'
import type { Replies, Said } from '../room/wire'
import { AGAIN, enterOn, isPassing } from './class-entry'
import type { LineState } from './class-entry'
import type { HandedIn, Seat, Seats } from './class-keep'
import type { Line, Outcome, Trouble } from './class-line'

type Answer = Said<'answer'>['answer']

/** An answer on its way. `refused`: it does not count, because of `why`. */
export interface Handed extends HandedIn {
  readonly state: 'sending' | 'received' | 'refused'
  readonly why?: Trouble
  /** Where that is said at once, at one's own pace. */
  readonly right?: boolean
}

/** A question of a room at one's own pace: `solved` once it is answered or closed. */
export interface OwnRound {
  readonly question: BlindQuestion
  readonly solved?: Solved
}

export interface PhoneState {
  readonly line: LineState
  /** Before the door nothing of the room is seen; `none` is no room, or not for this phone; `gone` it was, and is no more. */
  readonly stage: 'looking' | 'door' | 'joining' | 'in' | 'none' | 'gone'
  /** What must be known before joining. */
  readonly look: Replies['look'] | undefined
  /** Why the last step had no effect. */
  readonly trouble: Trouble | undefined
  readonly gone: 'removed' | 'gone' | undefined
  readonly mine: Mine | undefined
  readonly view: RoomView | undefined
  /** When the view came, by the clock that the store was given. */
  readonly viewAt: number
  readonly given: ReadonlyMap<number, Handed>
  readonly own: ReadonlyMap<number, OwnRound>
  join(name: string, word: string): void
  /** Looks for the room again. */
  again(): void
  answer(round: number, answer: Answer): void
  /** Takes an answer back from the screen, so that another one may be given. What was received counts until then. */
  change(round: number): void
  /** Fetches the player's own version of a question. */
  ask(round: number): void
  /** In `team`: takes a parcel somewhere, or asks for one. */
  route(arrival: number, attempt: number, choice: string): Promise<Outcome<'route'>>
  close(): void
}

interface PhoneNeeds {
  readonly code: string
  readonly line: Line
  readonly seats: Seats
  /** Milliseconds, for durations only. */
  readonly now: () => number
  /** Milliseconds since 1970. */
  readonly date: () => number
  /** Another one each time. */
  readonly newKey: () => string
}

/** A phone in a room: it joins, comes back by itself, and says an answer until somebody has heard it or it is too late. */
export function createPhoneStore({ code, line, seats, now, date, newKey }: PhoneNeeds) {
  let seat: Seat | undefined = seats.of(code)
  let timer: ReturnType<typeof setTimeout> | undefined
  const onTheWay = new Set<string>()
  const handed = (one: HandedIn): Handed => ({ ...one, state: one.received ? 'received' : 'sending' })
  const numbered = (all: readonly Handed[]) => new Map(all.map((one) => [one.round, one]))

  const store = createStore<PhoneState>()((set, get) => ({
    line: 'connecting',
    stage: 'looking',
    look: undefined,
    trouble: undefined,
    gone: undefined,
    mine: undefined,
    view: undefined,
    viewAt: 0,
    given: numbered((seat?.given ?? []).map(handed)),
    own: new Map(),
    join: (name, word) => {
      set({ stage: 'joining', trouble: undefined })
      void join({ code, ...(name !== '' && { name }), ...(word !== '' && { word }) })
    },
    again: () => {
      set({ stage: 'looking', trouble: undefined })
      entry.now()
    },
    answer: (round, answer) => {
      const { mine } = get()
      if (!mine) return
      put({ round, key: newKey(), answer, received: false, state: 'sending' })
      void send(round)
    },
    change: (round) => {
      const given = new Map(get().given)
      given.delete(round)
      set({ given })
    },
    ask: (round) => void fetchOwn(round),
    route: (arrival, attempt, choice) => line.say('route', { arrival, attempt, choice }),
    close: () => {
      entry.end()
      clearTimeout(timer)
      line.close()
    },
  }))
  const { setState: set, getState: get } = store

  async function join(said: Said<'join'>): Promise<void> {
    const reply = await line.say('join', said)
    if (!reply.ok) {
      set({ stage: 'door', trouble: reply.why })
      return
    }
    seat = { code, player: reply.player, secret: reply.secret, joined: date(), given: [] }
    seats.put(seat)
    enter(reply)
  }

  async function fetchOwn(round: number): Promise<void> {
    const reply = await line.say('question', { round })
    if (reply.ok) know(round, reply)
    else if (isPassing(reply.why)) setTimeout(() => get().line === 'on' && get().ask(round), AGAIN)
  }

  const know = (round: number, { question, solved }: OwnRound) =>
    set(({ own }) => ({ own: new Map(own).set(round, { question, ...(solved && { solved }) }) }))

  function put(one: Handed): void {
    set(({ given }) => ({ given: new Map(given).set(one.round, one) }))
    if (!seat) return
    const kept = [...get().given.values()].filter(({ state }) => state !== 'refused')
    seat = { ...seat, given: kept.map(({ round, key, answer, received }) => ({ round, key, answer, received })) }
    if (get().view?.phase !== 'ended') seats.put(seat)
  }

  /** Says an answer, until it is received or refused. The same key each time: it counts once. */
  async function send(round: number): Promise<void> {
    const one = get().given.get(round)
    if (!one || one.state !== 'sending' || onTheWay.has(one.key)) return
    onTheWay.add(one.key)
    const { key, answer } = one
    const reply = await line.say('answer', { round, key, answer })
    onTheWay.delete(key)
    const latest = get().given.get(round)
    if (latest?.key !== key) return
    if (reply.ok) {
      put({ ...latest, received: true, state: 'received', ...(reply.right !== undefined && { right: reply.right }) })
      const own = get().own.get(round)
      if (own && reply.solved) know(round, { ...own, solved: reply.solved })
    } else if (isPassing(reply.why) || reply.why === 'paused') {
      clearTimeout(timer)
      timer = setTimeout(sendAll, AGAIN)
    } else put({ ...latest, state: 'refused', why: reply.why })
  }

  function sendAll(): void {
    if (get().line !== 'on') return
    for (const [round, { state }] of get().given) if (state === 'sending') void send(round)
  }

  function take(view: RoomView): void {
    const before = get().view
    if (view.code !== code || (before && view.seq < before.seq)) return
    set({ view, viewAt: now() })
    // Nothing of a class outlives it in the browser; what is on the screen stays until the page is left.
    if (view.phase === 'ended') seats.remove(code)
  }

  function takeMine(mine: Mine): void {
    const before = get().mine
    if (before && mine.seq < before.seq) return
    set({ mine })
    if (mine.standing === 'removed') leave('removed')
  }

  function enter({ mine, view }: Replies['back']): void {
    set({ stage: 'in', trouble: undefined, line: 'on' })
    take(view)
    takeMine(mine)
    sendAll()
    for (const [round, { solved }] of get().own) if (!solved) get().ask(round)
  }

  function leave(gone: 'removed' | 'gone'): void {
    seats.remove(code)
    seat = undefined
    set({ stage: 'gone', gone })
  }

  const entry = enterOn<'back' | 'look'>(
    line,
    (): Promise<Outcome<'back' | 'look'>> =>
      seat ? line.say('back', { code, player: seat.player, secret: seat.secret }) : line.say('look', { code }),
    (state) => set({ line: state }),
    (reply) => {
      if (reply.ok && 'mine' in reply) enter(reply)
      else if (reply.ok) set({ stage: get().stage === 'joining' ? 'joining' : 'door', look: reply, trouble: undefined })
      else if (isPassing(reply.why)) set({ trouble: reply.why })
      else if (reply.why === 'removed') leave('removed')
      else if (seat && get().stage === 'in') leave('gone')
      else if (seat) {
        // The room that this seat was in is gone; perhaps there is another one by this code now.
        seats.remove(code)
        seat = undefined
        entry.now()
      } else set({ stage: 'none', trouble: reply.why })
    },
  )
  line.hear('room', take)
  line.hear('mine', takeMine)
  line.hear('bye', ({ why }) => {
    if (why !== 'restart') leave(why)
  })
  return store
}

export type PhoneStore = ReturnType<typeof createPhoneStore>
