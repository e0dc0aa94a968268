import * as v from 'valibot'
import { AnswerSchema, PlanSchema, TeamPlanSchema } from './event'
import type { Refusal } from './room'
import type { Settings } from './settings'
import { SettingsSchema } from './settings'
import type { Counts, HostView, Mine, RoomView, ScreenView, Solved } from './view'
import type { BlindQuestion } from './posed'

export { CLASS_PATH } from './path'

/** No message from a browser is larger, in bytes: a plan of own questions is the largest. */
export const MOST_BYTES = 512_000

const text = (most: number) => v.pipe(v.string(), v.maxLength(most))
const Code = v.pipe(v.string(), v.regex(/^[2-9A-HJKMNP-Z]{6}$/))
const Secret = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22,64}$/))
const PlayerId = v.pipe(v.string(), v.regex(/^[a-z0-9]{8,16}$/))
const RoundNumber = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000))

/** What the teacher may do. `round` says which round is meant, so that a second click does nothing. */
const ActSchema = v.variant('act', [
  /** Asks the next question of the plan (the first one begins the class). `round` is the number it gets. */
  v.object({ act: v.literal('next'), round: RoundNumber }),
  /** Leaves a question of the plan out that has not been asked yet. */
  v.object({ act: v.literal('skip'), item: RoundNumber }),
  v.object({ act: v.literal('close'), round: RoundNumber }),
  v.object({ act: v.literal('show'), round: RoundNumber }),
  /** In `peer`: the second vote on a sibling question. */
  v.object({ act: v.literal('vote-again'), round: RoundNumber }),
  v.object({ act: v.literal('pause'), paused: v.boolean() }),
  v.object({ act: v.literal('lock'), locked: v.boolean() }),
  v.object({ act: v.literal('leaders'), shown: v.boolean() }),
  v.object({ act: v.literal('admit'), player: PlayerId }),
  v.object({ act: v.literal('admit-all') }),
  v.object({ act: v.literal('remove'), player: PlayerId }),
  v.object({ act: v.literal('rename'), player: PlayerId, name: v.optional(text(80)) }),
  v.object({ act: v.literal('rename-all') }),
  v.object({ act: v.literal('end') }),
  /** Deletes everything at once, as else happens some time after the end. */
  v.object({ act: v.literal('forget') }),
])
export type Act = v.InferOutput<typeof ActSchema>

/** What a browser may say, by the name of the message. Each is answered by an acknowledgement. */
export const SAYS = {
  open: v.object({
    settings: SettingsSchema,
    plan: v.union([PlanSchema, v.tuple([])]),
    team: v.optional(TeamPlanSchema),
  }),
  /** The teacher comes (back). */
  host: v.object({ code: Code, secret: Secret }),
  /** The wall or a spectator. */
  watch: v.object({ code: Code, secret: Secret }),
  /** What one must know before joining. It is a guess at a code like any other. */
  look: v.object({ code: Code }),
  join: v.object({ code: Code, name: v.optional(text(400)), word: v.optional(text(40)) }),
  /** A player comes back. */
  back: v.object({ code: Code, player: PlayerId, secret: Secret }),
  answer: v.object({ round: RoundNumber, key: text(24), answer: AnswerSchema }),
  /** In `self`: the player's own version of a question. */
  question: v.object({ round: RoundNumber }),
  route: v.object({
    arrival: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000)),
    attempt: RoundNumber,
    choice: text(60),
  }),
  mine: v.object({}),
  act: ActSchema,
  /** The teacher fetches everything for the report: the room without secrets. */
  report: v.object({ names: v.boolean() }),
} as const
export type SayName = keyof typeof SAYS
export type Said<Name extends SayName> = v.InferOutput<(typeof SAYS)[Name]>

/** Why something said had no effect. */
export type Why =
  | Refusal
  /** Not in the form it must have. */
  | 'malformed'
  | 'wrong-code'
  | 'wrong-secret'
  | 'wrong-word'
  | 'too-fast'
  | 'too-many-rooms'
  | 'not-allowed'
  /** The server could not write it down; it is worth trying again. */
  | 'not-saved'

export type Reply<Good> = (Good & { readonly ok: true }) | { readonly ok: false; readonly why: Why }

/** What is answered, by the name of what was said. */
export interface Replies {
  open: { readonly code: string; readonly host: string; readonly watch: string }
  host: { readonly view: HostView; readonly watch: string }
  watch: { readonly view: ScreenView }
  look: Pick<Settings, 'way' | 'language' | 'names' | 'doorWord' | 'approval'> & { readonly locked: boolean }
  join: { readonly player: string; readonly secret: string; readonly mine: Mine; readonly view: RoomView }
  back: { readonly mine: Mine; readonly view: RoomView }
  /** Milliseconds from the opening of the question; in `self` the answer at once. */
  answer: { readonly after: number; readonly solved?: Solved; readonly right?: boolean }
  question: { readonly question: BlindQuestion; readonly solved?: Solved }
  route: { readonly right: boolean }
  mine: { readonly mine: Mine }
  act: object
  report: { readonly room: unknown }
}

/** What the server says unasked. Whole views: what is older than the newest one seen is left aside. */
export interface Heard {
  room: RoomView
  screen: ScreenView
  host: HostView
  counts: Counts
  /** To the wall, while a question is open. */
  answered: { readonly round: number; readonly answered: number; readonly players: number }
  mine: Mine
  /** This player was removed, the room was deleted, or the server is going down (come back by yourself). */
  bye: { readonly why: 'removed' | 'gone' | 'restart' }
}
