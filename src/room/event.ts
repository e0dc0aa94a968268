import * as v from 'valibot'
import { AnswerSchema } from './answer'
import { PosedSchema } from './posed'
import { MOST_QUESTIONS, SettingsSchema } from './settings'

export { AnswerSchema } from './answer'

const text = (most: number) => v.pipe(v.string(), v.maxLength(most))
const count = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most))

/** Milliseconds since 1970, by the clock of the server that wrote the event. */
const At = v.pipe(v.number(), v.integer(), v.minValue(0))
const Seed = count(0x7fffffff)
const Id = v.pipe(v.string(), v.regex(/^[a-z0-9]{8,16}$/))
const Hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
export const PlanSchema = v.pipe(v.array(PosedSchema), v.minLength(1), v.maxLength(MOST_QUESTIONS))

export const TeamPlanSchema = v.object({ level: text(12), seed: Seed })

/**
 * What happens in a room, in the order in which it is written down. Most are wishes: `fold` says what comes of them, the same
 * on every node, so a second answer or one after the close may stand in the log and changes nothing.
 */
export const RoomEventSchema = v.variant('kind', [
  v.object({
    kind: v.literal('opened'),
    at: At,
    code: text(6),
    /** SHA-256 of the teacher's secret and of the one in the projector's and spectators' link, in hexadecimal. */
    hostHash: Hash,
    watchHash: Hash,
    seed: Seed,
    settings: SettingsSchema,
    plan: v.union([PlanSchema, v.tuple([])]),
    team: v.optional(TeamPlanSchema),
  }),
  /** `name`, if given, is one that was wished for and passed the filter. */
  v.object({ kind: v.literal('joined'), at: At, player: Id, hash: Hash, name: v.optional(text(80)) }),
  v.object({ kind: v.literal('admitted'), at: At, player: Id }),
  v.object({ kind: v.literal('removed'), at: At, player: Id }),
  /** Without a name another one is drawn. */
  v.object({ kind: v.literal('renamed'), at: At, player: Id, name: v.optional(text(80)) }),
  v.object({ kind: v.literal('all-renamed'), at: At }),
  v.object({ kind: v.literal('locked'), at: At, locked: v.boolean() }),
  v.object({ kind: v.literal('paused'), at: At, paused: v.boolean() }),
  v.object({ kind: v.literal('leaders'), at: At, shown: v.boolean() }),
  /** Opens the `round`th question (from 0): of the plan, or for a second vote its sibling. In `self` and `team` it starts everything. */
  v.object({
    kind: v.literal('asked'),
    at: At,
    round: count(1000),
    item: count(MOST_QUESTIONS),
    vote: v.picklist([1, 2]),
  }),
  /** A question of the plan that is left out. */
  v.object({ kind: v.literal('skipped'), at: At, item: count(MOST_QUESTIONS) }),
  v.object({ kind: v.literal('closed'), at: At, round: count(1000) }),
  /** Shows the answer of a first vote in `peer`; in the other ways closing shows it. */
  v.object({ kind: v.literal('shown'), at: At, round: count(1000) }),
  /** `key` tells one handing-in from another, so that one that arrives twice counts once. */
  v.object({
    kind: v.literal('answered'),
    at: At,
    player: Id,
    round: count(1000),
    key: text(24),
    answer: AnswerSchema,
  }),
  /** In `team`: a parcel was taken somewhere. */
  v.object({
    kind: v.literal('routed'),
    at: At,
    player: Id,
    arrival: count(100_000),
    attempt: count(1000),
    /** As `shift/link.ts` writes it. */
    choice: text(60),
  }),
  v.object({ kind: v.literal('ended'), at: At }),
])
export type RoomEvent = v.InferOutput<typeof RoomEventSchema>
export type EventOf<Kind extends RoomEvent['kind']> = Extract<RoomEvent, { kind: Kind }>
