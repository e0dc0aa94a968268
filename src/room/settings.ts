import * as v from 'valibot'
import { LANGUAGE_TAGS } from '../words/language'

/**
 * The ways to run a class. `live`: the teacher asks, all answer, the answer is shown. `peer`: vote, talk, vote again on a sibling
 * question. `race`: as live, with a little for speed. `self`: everybody at their own pace until a deadline, with their own
 * numbers. `team`: the class is the server, and one stream of packets is shared.
 */
export const WAYS = ['live', 'peer', 'race', 'self', 'team'] as const
export type Way = (typeof WAYS)[number]

const whole = (low: number, high: number) => v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high))

export const MOST_PLAYERS = 2500
export const MOST_QUESTIONS = 100

export const SettingsSchema = v.object({
  way: v.picklist(WAYS),
  /** The language of questions, names and feedback. */
  language: v.picklist(LANGUAGE_TAGS),
  /** `drawn`: everybody gets a friendly name; `own`: who wants to may write one. */
  names: v.picklist(['drawn', 'own']),
  /** Whether an answer may be changed until the question closes. */
  changing: v.boolean(),
  /** Whether the projector shows the first five. */
  leaders: v.boolean(),
  /** Whether the teacher lets everybody in one by one. */
  approval: v.boolean(),
  /** Whether a word on the projector must be typed to join. */
  doorWord: v.boolean(),
  /** Whether pictures in a teacher's own questions are fetched. */
  images: v.boolean(),
  /** Seconds that a question is meant to take; it stays open three times as long. Without: until all have answered. */
  seconds: v.optional(whole(5, 600)),
  /** In `self`: minutes from the start to the deadline. */
  minutes: v.optional(whole(1, 43_200)),
  players: whole(1, MOST_PLAYERS),
})
export type Settings = v.InferOutput<typeof SettingsSchema>

export const CALM: Settings = {
  way: 'live',
  language: 'en',
  names: 'drawn',
  changing: false,
  leaders: true,
  approval: false,
  doorWord: false,
  images: false,
  players: MOST_PLAYERS,
}
