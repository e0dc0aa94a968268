import type { Question } from '../quiz/question'
import type { OwnQuestion } from '../quiz/set'
import type { QuestionWords } from '../words/questions'
import type { FirstVote } from './first-vote'
import { firstVoteOn } from './first-vote'
import { doorWord } from './name'
import { leadersOf, pointsFor, scores } from './points'
import type { BlindQuestion, Posed } from './posed'
import { blindQuestion, bodyOf, questionOf } from './posed'
import type { Player, PlayerId, Room, Round } from './room'
import { nextItem, posedFor } from './room'
import type { Settings } from './settings'
import type { Advice } from './second-vote'
import { adviceAfter, isEasier } from './second-vote'
import type { SplitWindow } from './split-vote'
import { splitOf } from './split-vote'
import type { Idea, Tally } from './tally'
import { ideasOf, tallyOf } from './tally'
import type { TeamPhone, TeamWall } from './team-seen'
import { teamPhone, teamWall } from './team-view'

/** A question with its answer, as it may be seen once it is closed. */
export type Solved = { readonly question: Question } | { readonly own: OwnQuestion }

/** The question that is open, or was last. */
export interface RoundView {
  readonly round: number
  readonly item: number
  readonly vote: 1 | 2
  /** The second vote is on an easier question: hardly anybody knew the first. */
  readonly easier?: boolean
  readonly question: BlindQuestion
  /** Seconds it is meant to take, and milliseconds that are left until it closes by itself, when this was sent. */
  readonly seconds?: number
  readonly left?: number
  readonly closed: boolean
  /** Only when the answer may be seen. `before`: the first vote, after the second. */
  readonly shown?: { readonly solved: Solved; readonly tally: Tally; readonly before?: FirstVote }
}

/** What everybody in the room may see. It is whole each time: a phone that missed ten of them needs only the last. */
export interface RoomView {
  /** Later views have a higher number. */
  readonly seq: number
  readonly code: string
  readonly settings: Omit<Settings, 'players'>
  readonly phase: 'lobby' | 'asking' | 'closed' | 'ended'
  readonly locked: boolean
  readonly paused: boolean
  readonly players: number
  /** How many questions are planned. */
  readonly of: number
  readonly round?: RoundView
}

/** What only one player gets. */
export interface Mine {
  /** As in `RoomView`. */
  readonly seq: number
  readonly player: PlayerId
  readonly name: string
  readonly standing: Player['standing']
  readonly points: number
  /** The rounds that this player has answered, with whether it was right where that may be known. */
  readonly answered: readonly { readonly round: number; readonly right?: boolean }[]
  /** In `team`, once the shift has begun. */
  readonly team?: TeamPhone
}

/** What the wall shows besides. */
export interface ScreenView extends RoomView {
  readonly answered: number
  /** What must be typed to join, if anything: it stands on the wall only. */
  readonly word?: string
  /** Names of those who are in, the latest first, while the room waits to begin. */
  readonly names: readonly string[]
  readonly leaders?: readonly { readonly name: string; readonly points: number }[]
  readonly ideas: readonly Idea[]
  /** Of the question that is shown, if the class was split on it: see `splitOf`. */
  readonly split?: readonly SplitWindow[]
  readonly team?: TeamWall
}

export interface Seat {
  readonly id: PlayerId
  readonly number: number
  readonly name: string
  readonly standing: Player['standing']
  readonly answered: boolean
  /** In `self`: how many questions this player has answered. */
  readonly done?: number
  readonly points: number
  /** Whether a phone of this player is connected now. */
  readonly here: boolean
}

/** What only the teacher sees. */
export interface HostView extends RoomView {
  readonly counts: Counts
  readonly seats: readonly Seat[]
  readonly leadersShown: boolean
  /** The question of the middle with its answer, which nobody else gets before it is shown. */
  readonly current?: Solved
  /** The question that would come next. */
  readonly next?: Solved & { readonly item: number }
  readonly advice?: Advice
  readonly team?: TeamWall
}

/** What changes while a question is open, sent on a timer and only to the teacher (the wall gets `answered` alone). */
export interface Counts {
  readonly round: number
  readonly answered: number
  readonly players: number
  readonly tally: Tally
  readonly ideas: readonly Idea[]
  /** Those who have not answered: at most forty. */
  readonly missing: readonly PlayerId[]
}

/** Without its scene: no screen of the class plays it, and its bytes are no JSON. */
function solved(posed: Posed, words: QuestionWords): Solved {
  if ('own' in posed) return { own: posed.own }
  const { scene: _, ...question } = questionOf(posed, words)
  return { question }
}

const seated = ({ players }: Room): number => [...players.values()].filter(({ standing }) => standing === 'in').length

/** The round that stands in the middle: the one asked last. In `self` there is none. */
export const currentRound = ({ settings, rounds }: Room): number | undefined =>
  settings.way === 'self' || settings.way === 'team' || rounds.length === 0 ? undefined : rounds.length - 1

function roundView(room: Room, number: number, round: Round, words: QuestionWords, now: number): RoundView {
  const { settings, rounds } = room
  const first = round.vote === 2 ? rounds[number - 1] : undefined
  const easier = first !== undefined && isEasier(first.posed, round.posed)
  return {
    round: number,
    item: round.item,
    vote: round.vote,
    ...(easier && { easier }),
    question: blindQuestion(round.posed, words),
    ...(settings.seconds !== undefined && { seconds: settings.seconds }),
    ...(round.closes !== undefined && round.closed === undefined && { left: Math.max(0, round.closes - now) }),
    closed: round.closed !== undefined,
    ...(round.shown && {
      shown: {
        solved: solved(round.posed, words),
        tally: tallyOf(room, round),
        ...(first &&
          !easier && { before: firstVoteOn(bodyOf(round.posed), bodyOf(first.posed), tallyOf(room, first)) }),
      },
    }),
  }
}

/** What everybody may see, in the language of `words`. `now`: milliseconds since 1970 by the server's clock. */
export function roomView(room: Room, words: QuestionWords, now: number): RoomView {
  const number = currentRound(room)
  const round = number === undefined ? undefined : room.rounds[number]
  const { players: _, ...settings } = room.settings
  const open = room.rounds.some(({ closed }) => closed === undefined)
  return {
    seq: room.events,
    code: room.code,
    settings,
    phase: room.ended !== undefined ? 'ended' : room.rounds.length === 0 ? 'lobby' : open ? 'asking' : 'closed',
    locked: room.locked,
    paused: room.paused,
    players: seated(room),
    of: room.plan.length,
    ...(round && number !== undefined && !room.paused && { round: roundView(room, number, round, words, now) }),
  }
}

/** What one player gets besides. */
export function mineOf(room: Room, { id, name, standing }: Player): Mine {
  const team = teamPhone(room, id)
  return {
    seq: room.events,
    player: id,
    name,
    standing,
    points: pointsFor(room, id),
    answered: room.rounds.flatMap(({ answers, shown }, round) => {
      const given = answers.get(id)
      const known = shown || room.settings.way === 'self'
      return given ? [{ round, ...(known && { right: given.right }) }] : []
    }),
    ...(team && { team }),
  }
}

/** A player's own version of a question in `self`: with its answer once it is answered or closed. */
export function ownRound(
  room: Room,
  player: Player,
  number: number,
  words: QuestionWords,
): { readonly question: BlindQuestion; readonly solved?: Solved } | undefined {
  const round = room.settings.way === 'self' ? room.rounds[number] : undefined
  if (!round) return undefined
  const posed = posedFor(room, round, player)
  const over = round.closed !== undefined || round.answers.has(player.id)
  return { question: blindQuestion(posed, words), ...(over && { solved: solved(posed, words) }) }
}

const answeredIn = (room: Room): number => {
  const number = currentRound(room)
  return number === undefined ? 0 : (room.rounds[number]?.answers.size ?? 0)
}

/** How the class was split, by its first try where it had two; a teacher's own question sends no packet. */
function splitIn(shown: RoundView['shown']): readonly SplitWindow[] | undefined {
  if (!shown || !('question' in shown.solved)) return undefined
  const { body } = shown.solved.question
  return (shown.before && splitOf(body, shown.before)) ?? splitOf(body, shown.tally)
}

const MOST_NAMES = 120

/** What the wall and spectators see. */
export function screenView(room: Room, words: QuestionWords, now: number): ScreenView {
  const names = [...room.players.values()].filter(({ standing }) => standing === 'in').map(({ name }) => name)
  const round = room.rounds.at(-1)
  const team = teamWall(room)
  const whole = roomView(room, words, now)
  const split = splitIn(whole.round?.shown)
  return {
    ...whole,
    answered: answeredIn(room),
    ...(room.settings.doorWord && { word: doorWord(room) }),
    names: names.slice(-MOST_NAMES).toReversed(),
    ...(room.leaders && { leaders: leadersOf(room) }),
    ideas: round?.shown ? ideasOf(room, [round]).slice(0, 3) : [],
    ...(split && { split }),
    ...(team && { team }),
  }
}

const MOST_MISSING = 40

/** The counts of the question that is open. */
export function countsOf(room: Room): Counts | undefined {
  const number = currentRound(room)
  const round = number === undefined ? undefined : room.rounds[number]
  if (!round || number === undefined) return undefined
  const missing = [...room.players.values()].filter(({ id, standing }) => standing === 'in' && !round.answers.has(id))
  return {
    round: number,
    answered: round.answers.size,
    players: seated(room),
    tally: tallyOf(room, round),
    ideas: ideasOf(room, [round]),
    missing: missing.slice(0, MOST_MISSING).map(({ id }) => id),
  }
}

const NO_COUNTS: Counts = {
  round: -1,
  answered: 0,
  players: 0,
  tally: { answered: 0, right: 0, options: [], typed: [] },
  ideas: [],
  missing: [],
}

/** What the teacher sees. `here`: who has a connection. */
export function hostView(
  room: Room,
  words: QuestionWords,
  now: number,
  here: ReadonlySet<PlayerId> = new Set(),
): HostView {
  const points = scores(room)
  const round = room.rounds.at(-1)
  const item = room.settings.way === 'self' ? undefined : nextItem(room)
  const next = item === undefined ? undefined : room.plan[item]
  const advice =
    round && room.settings.way === 'peer' && round.vote === 1 && round.closed !== undefined
      ? adviceAfter(tallyOf(room, round))
      : undefined
  const team = teamWall(room)
  return {
    ...roomView(room, words, now),
    counts: countsOf(room) ?? {
      ...NO_COUNTS,
      players: seated(room),
      // Where everybody goes at their own pace, all questions are open at once.
      ...(room.settings.way === 'self' && { ideas: ideasOf(room, room.rounds) }),
    },
    seats: [...room.players.values()]
      .filter(({ standing }) => standing !== 'removed')
      .map(({ id, number, name, standing }) => ({
        id,
        number,
        name,
        standing,
        answered: round?.answers.has(id) ?? false,
        ...(room.settings.way === 'self' && { done: room.rounds.filter(({ answers }) => answers.has(id)).length }),
        points: points.get(id) ?? 0,
        here: here.has(id),
      })),
    leadersShown: room.leaders,
    ...(round && currentRound(room) !== undefined && { current: solved(round.posed, words) }),
    ...(next && item !== undefined && { next: { item, ...solved(next, words) } }),
    ...(advice && { advice }),
    ...(team && { team }),
  }
}
