import * as v from 'valibot'
import type { EventOf, RoomEvent } from '../room/event'
import { RoomEventSchema } from '../room/event'
import type { Refusal, Room } from '../room/room'
import { fold } from '../room/room'
import type { Settings } from '../room/settings'

/** The event could not be written down; nothing came of it, and it is worth trying again. */
export class NotSaved extends Error {}

/**
 * The logs of all rooms. A node folds the logs of the rooms that it holds; any node can hold any room, and nothing of a room
 * is anywhere else. What is written is a wish: the fold says what came of it.
 */
export interface RoomLog {
  /** Begins a room; false if its code is taken. Rejects with NotSaved. */
  create(opened: EventOf<'opened'>): Promise<boolean>
  /**
   * Writes an event down. Resolves when it is durable and this node has folded it, with why it changed nothing, if so.
   * Rejects with NotSaved.
   */
  append(code: string, event: RoomEvent): Promise<Refusal | undefined>
  /** Holds a room: folds its log and follows it. Undefined if there is none. Rejects with NotSaved if the log does not answer. */
  open(code: string): Promise<Room | undefined>
  /** A room that is held, as it is now. */
  at(code: string): Room | undefined
  /** Holds the room no longer. */
  release(code: string): void
  /** Deletes a room and its log, on all nodes. Rejects with NotSaved. */
  remove(code: string): Promise<void>
  /** Deletes the rooms whose time is over. `now`: milliseconds since 1970. */
  sweep(now: number): Promise<void>
  /** About how many rooms there are, of all nodes. */
  size(): Promise<number>
  /** Whether the log can be reached. */
  ready(): Promise<boolean>
  /** Writes what is under way and lets go of everything. */
  close(): Promise<void>
}

/** Who is told what happens in the rooms that are held. */
export interface Witness {
  /** After events were folded, before anybody is told that they are. */
  folded(before: Room | undefined, after: Room): void
  /** A room was deleted, here or on another node. */
  gone(code: string): void
  /** Something that whoever runs the server should know. */
  notice(sentence: string): void
}

/** How long rooms are kept, in milliseconds: after their end, and after the last event otherwise. */
export interface Keeping {
  readonly grace: number
  readonly idle: number
}

/** How long after its last event a room is kept: one at everybody's own pace until its deadline is over at least. */
export const patienceOf = ({ way, minutes }: Settings, { grace, idle }: Keeping): number =>
  way === 'self' && minutes !== undefined ? Math.max(idle, minutes * 60_000 + grace) : idle

/** An event as it was written down. Undefined, if it cannot be read. */
function readEvent(text: string): RoomEvent | undefined {
  try {
    return readValue(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** The same, of a value that was JSON. */
export function readValue(value: unknown): RoomEvent | undefined {
  const parsed = v.safeParse(RoomEventSchema, value)
  return parsed.success ? parsed.output : undefined
}

/** So many events are folded at a time, so that a long log does not stop everything else. */
const AT_A_TIME = 500

/** The room that a whole log makes. `outcomes` is told what came of each event, in order. */
export async function foldLog(
  texts: readonly string[],
  witness: Witness,
  outcomes: (refusals: readonly (Refusal | undefined)[]) => void = () => undefined,
): Promise<Room | undefined> {
  let room: Room | undefined
  for (let first = 0; first < texts.length; first += AT_A_TIME) {
    const events = texts.slice(first, first + AT_A_TIME).map(readEvent)
    const readable = events.filter((event) => event !== undefined)
    if (readable.length < events.length)
      witness.notice(`${events.length - readable.length} events of a room cannot be read and are left out.`)
    const folded = fold(room, readable)
    room = folded.room
    let next = 0
    outcomes(events.map((event) => (event ? folded.refusals[next++] : 'unreadable')))
    // The next slice may wait for whoever else wants something.
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setImmediate(resolve))
  }
  return room
}
