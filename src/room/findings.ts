import type { MisconceptionId } from '../lessons/misconception'
import { mark } from '../quiz/mark'
import type { Gain } from '../quiz/pair'
import { gainBetween } from '../quiz/pair'
import type { Body } from '../quiz/question'
import type { Estimate, Share } from '../quiz/record'
import { byLiveliness, estimateOf, offeredBy, wilson } from '../quiz/record'
import { guessOf } from './guess'
import type { Posed } from './posed'
import { bodyOf, variantOf } from './posed'
import type { Moved, Report, RoundRecord, TeamRecord } from './report'

/** A share with the two numbers behind it. */
export interface Counted extends Share {
  readonly count: number
  readonly of: number
}

const counted = (count: number, of: number): Counted => ({ count, of, ...wilson(count, of) })

/** How one question, or one vote on it, was answered. */
export interface QuestionFinding {
  /** Its place in the report's rounds. */
  readonly round: number
  readonly item: number
  readonly vote: 1 | 2
  readonly posed: Posed
  /** Whether everybody had their own numbers. */
  readonly own: boolean
  /** Those who gave no answer: that is neither right nor wrong. */
  readonly silent: number
  readonly right: Counted
  /** The share that blind guessing would get right, where it can be counted. */
  readonly guess?: number
  /** How often each option was chosen, by its place; empty where nothing is chosen or the numbers differ. */
  readonly options: readonly number[]
  /** What was typed, the most frequent first. */
  readonly typed: readonly { readonly text: string; readonly count: number; readonly right: boolean }[]
  /** The wrong ideas that the answers show, the most frequent first. */
  readonly ideas: readonly { readonly misconception: MisconceptionId; readonly chosen: number }[]
}

/** What is known of an idea from first answers in which it was on offer. */
export interface IdeaFinding extends Estimate {
  /** The share that blind guessing would give, over those offers where it can be counted. */
  readonly guess?: number
  /** The rounds in which it was followed or on offer: where it was followed most first. */
  readonly rounds: readonly number[]
}

/** Two votes on one question, the second on a sibling of it. */
export interface PeerFinding {
  readonly first: number
  readonly second: number
  readonly before: Counted
  readonly after: Counted
  readonly moved: Moved
  /** The change among those who voted twice, with its 95 % interval (Bonett and Price 2012). */
  readonly change?: { readonly difference: number; readonly low: number; readonly high: number }
}

/** The same template asked at two times, with other numbers. */
export interface PairFinding {
  readonly template: string
  readonly first: number
  readonly last: number
  readonly gain: Gain
}

export interface PersonFinding {
  readonly name: string
  readonly right: number
  readonly answered: number
  /** Of each question of the report. */
  readonly marks: readonly ('right' | 'wrong' | 'none')[]
  readonly ideas: readonly MisconceptionId[]
  readonly team?: { readonly right: number; readonly wrong: number }
}

/** An idea that led parcels astray in a team shift, among all that were taken somewhere. */
export interface TeamIdea extends Counted {
  readonly misconception: MisconceptionId
}

/** What a report says, computed from what was answered. */
export interface Findings {
  readonly questions: readonly QuestionFinding[]
  readonly ideas: readonly IdeaFinding[]
  readonly peer: readonly PeerFinding[]
  readonly pairs: readonly PairFinding[]
  readonly people?: readonly PersonFinding[]
  readonly team?: {
    readonly record: TeamRecord
    readonly firstTries: Counted
    readonly ideas: readonly TeamIdea[]
  }
}

interface MarkedGroup {
  readonly body: Body
  readonly count: number
  readonly right: boolean
  readonly misconceptions: readonly MisconceptionId[]
}

const markedGroups = ({ posed, groups }: RoundRecord): readonly MarkedGroup[] =>
  groups.map(({ version, answer, count }) => {
    const body = bodyOf(variantOf(posed, version))
    const { right, misconceptions } = mark(body, answer)
    return { body, count, right, misconceptions }
  })

const sum = (groups: readonly { readonly count: number }[]): number => groups.reduce((all, { count }) => all + count, 0)

/** Counts by key, the most frequent first. */
const ranked = <Key>(counts: ReadonlyMap<Key, number>): readonly (readonly [Key, number])[] =>
  [...counts].sort(([, a], [, b]) => b - a)

/**
 * What a report says.
 *
 * @throws RangeError if a question cannot be made: `readReport` has made sure that it can.
 */
export function findingsOf(report: Report): Findings {
  const marked = report.rounds.map(markedGroups)
  const questions = report.rounds.map((round, number) => questionFinding(report, round, number, marked[number] ?? []))
  return {
    questions,
    ideas: ideaFindings(report, marked),
    peer: peerFindings(report, questions),
    pairs: pairFindings(questions),
    ...(report.people && { people: peopleFindings(report, marked) }),
    ...(report.team && { team: teamFinding(report.team) }),
  }
}

function questionFinding(
  { players, way }: Report,
  { item, vote, posed, groups }: RoundRecord,
  round: number,
  marked: readonly MarkedGroup[],
): QuestionFinding {
  const body = bodyOf(posed)
  const own = way === 'self' && !('own' in posed)
  const answered = sum(marked)
  const choices = !own && 'options' in body ? body.options : []
  const options = choices.map(({ means }) =>
    sum(
      groups.filter(({ answer }) =>
        answer.kind === 'several' ? answer.means.includes(means) : 'means' in answer && answer.means === means,
      ),
    ),
  )
  const typed = new Map<string, { count: number; right: boolean }>()
  const ideas = new Map<MisconceptionId, number>()
  for (const [place, { answer, count }] of groups.entries()) {
    const group = marked[place]
    for (const idea of group?.misconceptions ?? []) ideas.set(idea, (ideas.get(idea) ?? 0) + count)
    if (answer.kind !== 'type' || own) continue
    const text = answer.text.trim()
    typed.set(text, { count: (typed.get(text)?.count ?? 0) + count, right: group?.right ?? false })
  }
  const guess = guessOf(body)
  return {
    round,
    item,
    vote,
    posed,
    own,
    silent: Math.max(0, players - answered),
    right: counted(sum(marked.filter(({ right }) => right)), answered),
    ...(guess && { guess: guess.right }),
    options,
    typed: [...typed].map(([text, one]) => ({ text, ...one })).sort((a, b) => b.count - a.count),
    ideas: ranked(ideas).map(([misconception, chosen]) => ({ misconception, chosen })),
  }
}

function ideaFindings({ rounds }: Report, marked: readonly (readonly MarkedGroup[])[]): readonly IdeaFinding[] {
  const counts = new Map<
    MisconceptionId,
    { offered: number; chosen: number; countable: number; guessed: number; rounds: Map<number, number> }
  >()
  for (const [number, { vote }] of rounds.entries()) {
    // Only first answers say what somebody believed: the second vote comes after talking.
    if (vote === 2) continue
    for (const { body, count, misconceptions } of marked[number] ?? []) {
      const guess = guessOf(body)
      for (const idea of new Set([...offeredBy(body), ...misconceptions])) {
        const known = counts.get(idea) ?? { offered: 0, chosen: 0, countable: 0, guessed: 0, rounds: new Map() }
        const chosen = misconceptions.includes(idea) ? count : 0
        known.offered += count
        known.chosen += chosen
        if (guess) {
          known.countable += count
          known.guessed += count * (guess.ideas.get(idea) ?? 0)
        }
        known.rounds.set(number, (known.rounds.get(number) ?? 0) + chosen)
        counts.set(idea, known)
      }
    }
  }
  return [...counts]
    .map(([misconception, { countable, guessed, rounds: where, ...count }]) => ({
      ...estimateOf(misconception, count),
      ...(countable > 0 && { guess: guessed / countable }),
      rounds: ranked(where).map(([number]) => number),
    }))
    .sort(byLiveliness)
}

/**
 * The change in the share of right answers of the same people, with its 95 % interval: Wald's, with one half added to each
 * cell (Bonett and Price 2012, Adjusted Wald confidence interval for a difference of binomial proportions based on paired
 * data, J. Educ. Behav. Stat. 37, 479-488).
 */
export function pairedChange({ stayedRight, gained, lost, stayedWrong }: Moved): PeerFinding['change'] {
  const all = stayedRight + gained + lost + stayedWrong
  if (all === 0) return undefined
  const [up, down] = [(gained + 1) / (all + 2), (lost + 1) / (all + 2)]
  const half = 1.96 * Math.sqrt((up + down - (up - down) ** 2) / (all + 2))
  return {
    difference: (gained - lost) / all,
    low: Math.max(-1, up - down - half),
    high: Math.min(1, up - down + half),
  }
}

const peerFindings = ({ rounds }: Report, questions: readonly QuestionFinding[]): readonly PeerFinding[] =>
  rounds.flatMap(({ vote, moved }, second) => {
    const [before, after] = [questions[second - 1], questions[second]]
    if (vote !== 2 || !before || !after || !moved) return []
    const change = pairedChange(moved)
    const found = { first: second - 1, second, before: before.right, after: after.right, moved }
    return [{ ...found, ...(change && { change }) }]
  })

/** First and last time of each template that was asked more than once; a second vote is no second time. */
function pairFindings(questions: readonly QuestionFinding[]): readonly PairFinding[] {
  const times = new Map<string, QuestionFinding[]>()
  for (const question of questions) {
    const { posed, vote, right } = question
    if ('own' in posed || vote === 2 || right.of === 0) continue
    times.set(posed.template, [...(times.get(posed.template) ?? []), question])
  }
  return [...times].flatMap(([template, asked]) => {
    const [first, last] = [asked[0], asked.at(-1)]
    if (!first || !last || first === last) return []
    return [{ template, first: first.round, last: last.round, gain: gainBetween(first.right, last.right) }]
  })
}

function peopleFindings({ rounds, people = [] }: Report, marked: readonly (readonly MarkedGroup[])[]) {
  return people.map(({ name, given, team }): PersonFinding => {
    const groups = new Map(given.map(([round, group]) => [round, marked[round]?.[group]]))
    const marks = rounds.map((_, round) => {
      const group = groups.get(round)
      return group ? (group.right ? ('right' as const) : ('wrong' as const)) : ('none' as const)
    })
    const ideas = new Map<MisconceptionId, number>()
    for (const group of groups.values())
      for (const idea of group?.misconceptions ?? []) ideas.set(idea, (ideas.get(idea) ?? 0) + 1)
    return {
      name,
      right: marks.filter((one) => one === 'right').length,
      answered: marks.filter((one) => one !== 'none').length,
      marks,
      ideas: ranked(ideas).map(([idea]) => idea),
      ...(team && { team }),
    }
  })
}

const teamFinding = (record: TeamRecord): NonNullable<Findings['team']> => ({
  record,
  firstTries: counted(record.rightFirst, record.first),
  ideas: record.ideas.map(({ misconception, chosen }) => ({
    misconception,
    ...counted(Math.min(chosen, record.routed), record.routed),
  })),
})

/** What two classes come to on the templates that both were asked, as before and after a course. Undefined if there are none. */
export function gainAcross(
  before: Report,
  after: Report,
): { readonly templates: readonly string[]; readonly gain: Gain } | undefined {
  const firsts = (report: Report) =>
    findingsOf(report).questions.filter(({ vote, right, posed }) => vote === 1 && right.of > 0 && !('own' in posed))
  const idOf = ({ posed }: QuestionFinding) => ('own' in posed ? '' : posed.template)
  const [a, b] = [firsts(before), firsts(after)]
  const templates = [...new Set(a.map(idOf))].filter((id) => b.some((question) => idOf(question) === id))
  if (templates.length === 0) return undefined
  const share = (questions: readonly QuestionFinding[]) => {
    const both = questions.filter((question) => templates.includes(idOf(question)))
    return counted(
      both.reduce((all, { right }) => all + right.count, 0),
      both.reduce((all, { right }) => all + right.of, 0),
    )
  }
  return { templates, gain: gainBetween(share(a), share(b)) }
}
