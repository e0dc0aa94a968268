import * as v from 'valibot'
import { AnswerSchema } from '../room/answer'
import { WAYS } from '../room/settings'
import { openBox } from './storage'

const Text = v.pipe(v.string(), v.maxLength(100))
const Instant = v.pipe(v.number(), v.integer(), v.minValue(0))

/** A room that was opened in this browser, with what makes it the teacher's. */
const TaughtSchema = v.object({
  code: Text,
  /** The teacher's secret. */
  host: Text,
  way: v.picklist(WAYS),
  /** Milliseconds since 1970. */
  opened: Instant,
  /** Whether the report shall have names: that is asked before the class ends. */
  names: v.optional(v.boolean(), false),
})
export type Taught = v.InferOutput<typeof TaughtSchema>

/** What was handed in last, as it was said: after a reload it is shown, and said again if nobody heard it. */
const HandedInSchema = v.object({
  round: v.pipe(v.number(), v.integer(), v.minValue(0)),
  key: v.pipe(v.string(), v.maxLength(24)),
  answer: AnswerSchema,
  received: v.boolean(),
})
export type HandedIn = v.InferOutput<typeof HandedInSchema>

/** A place in a room, with the secret that gives it back to whoever comes again. */
const SeatSchema = v.object({
  code: Text,
  player: Text,
  secret: Text,
  joined: Instant,
  given: v.pipe(v.array(HandedInSchema), v.maxLength(200)),
})
export type Seat = v.InferOutput<typeof SeatSchema>

const MOST_ROOMS = 30
const MOST_SEATS = 10

/** Where the teacher's rooms and the players' seats are stored. */
export const ROOMS_KEY = 'port-authority.rooms'
export const SEATS_KEY = 'port-authority.seats'

/** No class lasts longer than its deadline, and no deadline is farther away than thirty days. */
const LONGEST = 32 * 24 * 3600_000

export interface Rooms {
  all(): readonly Taught[]
  of(code: string): Taught | undefined
  put(room: Taught): void
  remove(code: string): void
}

/** The rooms that were opened in this browser, the latest first; what is older than any class can be is forgotten. */
export function keepRooms(storage: Storage | undefined, now: number): Rooms {
  const schema = v.object({ version: v.literal(1), rooms: v.pipe(v.array(TaughtSchema), v.maxLength(MOST_ROOMS)) })
  const box = openBox(storage, ROOMS_KEY, schema, { version: 1, rooms: [] })
  let known = box.value.rooms
  const all = () => (known = box.reread()?.rooms ?? known).filter(({ opened }) => now - opened < LONGEST)
  const save = (rooms: readonly Taught[]) => {
    known = rooms.slice(0, MOST_ROOMS)
    box.save({ version: 1, rooms: known })
  }
  return {
    all,
    of: (code) => all().find((room) => room.code === code),
    put: (room) => save([room, ...all().filter(({ code }) => code !== room.code)]),
    remove: (code) => save(all().filter((room) => room.code !== code)),
  }
}

export interface Seats {
  all(): readonly Seat[]
  of(code: string): Seat | undefined
  put(seat: Seat): void
  remove(code: string): void
}

/**
 * The seats of whoever plays in this browser. A tab has its own, so that two tabs can be two players; a new tab takes the
 * browser's. Nothing of a room is left when it is over.
 */
export function keepSeats(tab: Storage | undefined, browser: Storage | undefined, now: number): Seats {
  const schema = v.object({ version: v.literal(1), seats: v.pipe(v.array(SeatSchema), v.maxLength(MOST_SEATS)) })
  const boxes = [tab, browser].map((storage) => openBox(storage, SEATS_KEY, schema, { version: 1, seats: [] }))
  const known = boxes.map(({ value }) => value.seats)
  const read = (at: number) =>
    (known[at] = boxes[at]?.reread()?.seats ?? known[at] ?? []).filter(({ joined }) => now - joined < LONGEST)
  const save = (at: number, seats: readonly Seat[]) => {
    known[at] = seats.slice(0, MOST_SEATS)
    boxes[at]?.save({ version: 1, seats: known[at] })
  }
  const of = (code: string) => [...read(0), ...read(1)].find((seat) => seat.code === code)
  return {
    all: () => {
      const own = read(0)
      return [...own, ...read(1).filter(({ code }) => !own.some((seat) => seat.code === code))]
    },
    of,
    put: (seat) => {
      const others = (at: number) => read(at).filter(({ code }) => code !== seat.code)
      save(0, [seat, ...others(0)])
      // The browser's seat in this room is the last one that was taken, with what it has given.
      save(1, [seat, ...others(1)])
    },
    remove: (code) => {
      for (const at of [0, 1])
        save(
          at,
          read(at).filter((seat) => seat.code !== code),
        )
    },
  }
}
