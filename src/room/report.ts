import * as v from 'valibot'
import { mark } from '../quiz/mark'
import type { Answer } from '../quiz/question'
import { LANGUAGE_TAGS } from '../words/language'
import { MISCONCEPTION_IDS } from '../lessons/misconception'
import type { Posed } from './posed'
import { PosedSchema, VARIANTS, bodyOf, variantOf } from './posed'
import type { Player, PlayerId, Room, Round } from './room'
import { MOST_PLAYERS, MOST_QUESTIONS, WAYS } from './settings'
import { isEasier } from './second-vote'
import { outcomeOfTeam } from './team'

const text = (most: number) => v.pipe(v.string(), v.maxLength(most))
const count = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most))
const list = <Item extends v.GenericSchema>(item: Item, most: number) => v.pipe(v.array(item), v.maxLength(most))

/** What the file says it is, so that no other JSON is taken for it. */
const KIND = 'port-authority class report'

/** More than the largest report takes. */
const MOST_BYTES = 30_000_000
const MOST_ROUNDS = 2 * MOST_QUESTIONS

const At = v.pipe(v.number(), v.integer(), v.minValue(0))
const Meaning = text(600)

/** An answer with the meanings of the question itself. */
const GivenAnswerSchema = v.variant('kind', [
  v.object({ kind: v.picklist(['choose', 'predict']), means: Meaning }),
  v.object({ kind: v.literal('several'), means: list(Meaning, 40) }),
  v.object({ kind: v.literal('order'), means: list(Meaning, 40) }),
  v.object({ kind: v.literal('type'), text: text(200) }),
  v.object({ kind: v.literal('match'), pairs: list(v.tuple([Meaning, Meaning]), 40) }),
])

/** So many gave the same answer to the same version of a question. */
const GroupSchema = v.object({
  /** The version of the question (`variantOf`): 0 unless everybody had their own numbers. */
  version: count(VARIANTS - 1),
  answer: GivenAnswerSchema,
  count: v.pipe(count(MOST_PLAYERS), v.minValue(1)),
})

/** What became of those who voted twice, by whether each vote was right. */
const MovedSchema = v.object({
  stayedRight: count(MOST_PLAYERS),
  gained: count(MOST_PLAYERS),
  lost: count(MOST_PLAYERS),
  stayedWrong: count(MOST_PLAYERS),
})
export type Moved = v.InferOutput<typeof MovedSchema>

const RoundRecordSchema = v.object({
  item: count(MOST_QUESTIONS),
  vote: v.picklist([1, 2]),
  posed: PosedSchema,
  groups: list(GroupSchema, MOST_PLAYERS),
  /** Of a second vote. */
  moved: v.optional(MovedSchema),
})
export type RoundRecord = v.InferOutput<typeof RoundRecordSchema>

const TeamRecordSchema = v.object({
  level: text(12),
  /** Parcels that were taken somewhere, first tries among them, and those of these that were right. */
  routed: count(1_000_000),
  first: count(1_000_000),
  rightFirst: count(1_000_000),
  windows: count(1_000_000),
  /** How often a wrong idea led a parcel astray. */
  ideas: list(v.object({ misconception: v.picklist(MISCONCEPTION_IDS), chosen: count(1_000_000) }), 100),
})
export type TeamRecord = v.InferOutput<typeof TeamRecordSchema>

const PersonSchema = v.object({
  name: text(80),
  /** Which group of which round this person is one of. */
  given: list(v.tuple([count(MOST_ROUNDS), count(MOST_PLAYERS)]), MOST_ROUNDS),
  /** In a team shift: parcels taken right and wrong. */
  team: v.optional(v.object({ right: count(1_000_000), wrong: count(1_000_000) })),
})
export type Person = v.InferOutput<typeof PersonSchema>

/**
 * What is kept of a class: what was asked and how often each answer was given, and who gave it only if the teacher asked for
 * names. Everything else (`findingsOf`) is computed from it.
 */
const ReportSchema = v.object({
  kind: v.literal(KIND),
  version: v.literal(1),
  way: v.picklist(WAYS),
  language: v.picklist(LANGUAGE_TAGS),
  title: v.optional(text(200)),
  opened: At,
  ended: v.optional(At),
  /** How many were in. */
  players: count(MOST_PLAYERS),
  rounds: list(RoundRecordSchema, MOST_ROUNDS),
  team: v.optional(TeamRecordSchema),
  people: v.optional(list(PersonSchema, MOST_PLAYERS)),
})
export type Report = v.InferOutput<typeof ReportSchema>

/** The version of a question that this player had. */
const versionFor = ({ settings }: Pick<Room, 'settings'>, { number }: Player): number =>
  settings.way === 'self' ? number % VARIANTS : 0

const writable = (answer: Answer): v.InferOutput<typeof GivenAnswerSchema> => {
  switch (answer.kind) {
    case 'several':
    case 'order':
      return { kind: answer.kind, means: [...answer.means] }
    case 'match':
      return { kind: 'match', pairs: answer.pairs.map(([left, right]) => [left, right]) }
    default:
      return answer
  }
}

/** Answers to one question by several people, equal ones together, and for each person the place of the group. */
export function groupAnswers<Who>(
  given: Iterable<{ readonly who: Who; readonly version: number; readonly answer: Answer }>,
): { readonly groups: RoundRecord['groups']; readonly of: ReadonlyMap<Who, number> } {
  const groups: RoundRecord['groups'] = []
  const places = new Map<string, number>()
  const of = new Map<Who, number>()
  for (const { who, version, answer } of given) {
    const key = `${version} ${JSON.stringify(answer)}`
    const place = places.get(key) ?? groups.length
    const group = groups[place]
    if (group) group.count++
    else groups.push({ version, answer: writable(answer), count: 1 })
    places.set(key, place)
    of.set(who, place)
  }
  return { groups, of }
}

function movedBetween(first: Round, second: Round, players: ReadonlySet<PlayerId>): Moved {
  const moved = { stayedRight: 0, gained: 0, lost: 0, stayedWrong: 0 }
  for (const [id, { right }] of second.answers) {
    const before = first.answers.get(id)
    if (!before || !players.has(id)) continue
    moved[before.right ? (right ? 'stayedRight' : 'lost') : right ? 'gained' : 'stayedWrong']++
  }
  return moved
}

/**
 * What may be kept of a room: no secrets, no tokens, no code, nobody who was removed, and names (with who answered what) only
 * if the teacher asks for them. Without names nothing links two answers of one person.
 */
export function roomForReport(room: Room, names: boolean): Report {
  const seated = [...room.players.values()].filter(({ standing }) => standing === 'in')
  const ids = new Set(seated.map(({ id }) => id))
  const asked = room.settings.way === 'team' ? [] : room.rounds
  const grouped = asked.map((round) =>
    groupAnswers(
      seated.flatMap((player) => {
        const given = round.answers.get(player.id)
        return given ? [{ who: player.id, version: versionFor(room, player), answer: given.answer }] : []
      }),
    ),
  )
  const team = room.team && outcomeOfTeam(room.team)
  return {
    kind: KIND,
    version: 1,
    way: room.settings.way,
    language: room.settings.language,
    opened: room.opened,
    ...(room.ended !== undefined && { ended: room.ended }),
    players: seated.length,
    rounds: asked.map((round, number) => {
      const first = round.vote === 2 ? asked[number - 1] : undefined
      return {
        item: round.item,
        vote: round.vote,
        posed: round.posed,
        groups: grouped[number]?.groups ?? [],
        ...(first && !isEasier(first.posed, round.posed) && { moved: movedBetween(first, round, ids) }),
      }
    }),
    ...(team && { team: team.whole }),
    ...(names && {
      people: seated.map(({ id, name }) => {
        const own = team?.each.get(id)
        return {
          name,
          given: grouped.flatMap(({ of }, round): [number, number][] => {
            const group = of.get(id)
            return group === undefined ? [] : [[round, group]]
          }),
          ...(own && { team: own }),
        }
      }),
    }),
  }
}

/** A report of answers that were collected without a room. */
export const newReport = (parts: Omit<Report, 'kind' | 'version'>): Report => ({ kind: KIND, version: 1, ...parts })

/** The text of a file that holds a report. */
export const writeReport = (report: Report): string => `${JSON.stringify(report, null, 1)}\n`

/** Why a file gives no report. Its words stand in the message catalogue. */
export type ReportFault = 'not-json' | 'not-a-report' | 'newer-version' | 'too-large' | 'other-questions'

const NewerReport = v.object({ kind: v.literal(KIND), version: v.pipe(v.number(), v.minValue(2)) })

/** The report in the text of a file, or why there is none. Never throws, whatever the text is. */
export function readReport(file: string): { readonly report: Report } | { readonly fault: ReportFault } {
  if (file.length > MOST_BYTES) return { fault: 'too-large' }
  let json: unknown
  try {
    json = JSON.parse(file.replace(/^\ufeff/, ''))
  } catch {
    return { fault: 'not-json' }
  }
  const read = v.safeParse(ReportSchema, json)
  if (!read.success) return { fault: v.is(NewerReport, json) ? 'newer-version' : 'not-a-report' }
  const report = read.output
  const whole =
    report.rounds.every((round, number) => isWhole(round, report.rounds[number - 1])) &&
    (report.people ?? []).every(({ given }) => given.every(([round, group]) => report.rounds[round]?.groups[group]))
  return whole ? { report } : { fault: 'other-questions' }
}

/** True when every answer is one to its question, and a second vote follows its first. */
function isWhole({ posed, groups, vote, item }: RoundRecord, before: RoundRecord | undefined): boolean {
  if (vote === 2 && (before?.vote !== 1 || before.item !== item)) return false
  return groups.every(({ version, answer }) => {
    const body = bodyIn(posed, version)
    return body !== undefined && mark(body, answer).readable
  })
}

/** The body of a version of a question; undefined where there is none. */
function bodyIn(posed: Posed, version: number) {
  try {
    return bodyOf(variantOf(posed, version))
  } catch (error) {
    // A fixed parameter may leave no case; anything else is a mistake of ours.
    if (error instanceof RangeError) return undefined
    throw error
  }
}
