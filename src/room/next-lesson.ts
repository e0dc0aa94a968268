import type { MisconceptionId } from '../lessons/misconception'
import { remedyOf } from '../lessons/remedy'
import { levelById } from '../levels'
import { asksOf } from '../quiz/asks'
import type { Question } from '../quiz/question'
import { offeredBy } from '../quiz/record'
import type { Round } from '../quiz/round'
import type { NewItem } from '../quiz/set'
import type { Template } from '../quiz/template'
import { TEMPLATES } from '../quiz/templates'
import type { View } from '../quiz/view'
import { fieldsOf } from '../quiz/view'
import type { QuestionWords } from '../words/questions'
import type { Findings } from './findings'
import type { Posed } from './posed'
import { bodyOf, questionOf, variantOf } from './posed'
import type { Report } from './report'

/** One idea to teach against, with what one needs for it. */
export interface Lesson {
  readonly misconception: MisconceptionId
  readonly chosen: number
  readonly offered: number
  /** A question in which the idea showed itself (or can), whose `after` views prove the opposite. */
  readonly proof: Question
  /** Whether the class was asked that very question. */
  readonly asked: boolean
  /** The line of a view that the explanation points at, as it is printed. */
  readonly line?: string
  /** Levels that teach the opposite and can be played. */
  readonly levels: readonly string[]
  /** Templates for next time. */
  readonly templates: readonly string[]
}

/** So many ideas are taught next: more is no lesson. */
const MOST_LESSONS = 3
const TEMPLATES_EACH = 3

/** The liveliest ideas of a class with what helps against each, in the language of `words`. */
export function lessonsOf(report: Report, findings: Findings, words: QuestionWords): readonly Lesson[] {
  const fromTeam = (findings.team?.ideas ?? []).map(({ misconception, count, of }) => ({
    misconception,
    chosen: count,
    offered: of,
    rounds: [],
  }))
  const lively = findings.ideas.filter(({ chosen, standing }) => chosen > 0 && standing !== 'firm')
  return [...lively, ...fromTeam]
    .filter(({ misconception }, place, all) => all.findIndex((one) => one.misconception === misconception) === place)
    .flatMap(({ misconception, chosen, offered, rounds }): readonly Lesson[] => {
      const templates = templatesFor(misconception, report, words)
      const found = proofOf(misconception, rounds, report, templates, words)
      if (!found) return []
      const { proof, asked } = found
      const line = lineOf(proof.after, proof.explanation.field)
      const levels = remedyOf(misconception).levels.filter((id) => levelById(id))
      const ids = templates.slice(0, TEMPLATES_EACH).map(({ id }) => id)
      return [
        { misconception, chosen, offered, proof, asked, ...(line !== undefined && { line }), levels, templates: ids },
      ]
    })
    .slice(0, MOST_LESSONS)
}

/** The templates that can show an idea: those that were not asked in this class first, the easier ones first. */
function templatesFor(misconception: MisconceptionId, { rounds }: Report, words: QuestionWords): readonly Template[] {
  const asked = new Set(rounds.map(({ posed }) => ('own' in posed ? '' : posed.template)))
  return TEMPLATES.filter((template) => asksOf(template, words).includes(misconception)).sort(
    (a, b) => Number(asked.has(a.id)) - Number(asked.has(b.id)) || a.difficulty - b.difficulty,
  )
}

/** A question with the idea among its wrong answers: one that was asked, or one that could be. */
function proofOf(
  misconception: MisconceptionId,
  rounds: readonly number[],
  report: Report,
  templates: readonly Template[],
  words: QuestionWords,
): { readonly proof: Question; readonly asked: boolean } | undefined {
  const asked = rounds.flatMap((number) => {
    const round = report.rounds[number]
    const versions = [...new Set([0, ...(round?.groups ?? []).map(({ version }) => version)])]
    return round ? versions.map((version) => variantOf(round.posed, version)) : []
  })
  const shows = (posed: Posed) => offeredBy(bodyOf(posed)).includes(misconception)
  for (const posed of asked)
    if (!('own' in posed) && shows(posed)) return { proof: questionOf(posed, words), asked: true }
  for (const { id } of templates)
    for (const seed of [1, 2, 3])
      if (shows({ template: id, seed })) return { proof: questionOf({ template: id, seed }, words), asked: false }
  return undefined
}

/** The line of a view in which a field stands. */
export function lineOf(views: readonly View[], field: string): string | undefined {
  const view = views.find((one) => fieldsOf(one).includes(field))
  if (view?.kind === 'papers') {
    const row = view.rows.find((one) => one.field === field)
    return row && `${row.name}: ${row.value}`
  }
  const spans = view?.kind === 'text' ? view.lines.find((line) => line.some((span) => span.field === field)) : undefined
  return spans
    ?.map(({ text }) => text)
    .join('')
    .trim()
}

const templatesIn = (lessons: readonly Lesson[]): readonly string[] => [
  ...new Set(lessons.flatMap(({ templates }) => templates)),
]

/** A round of the quiz built from what is to be taught next. */
export const roundFor = (lessons: readonly Lesson[], seed: number): Round => ({
  topics: [],
  length: 10,
  seed,
  level: 2,
  focus: templatesIn(lessons),
})

/** The items of a question set for next time: each of the templates once. */
export const itemsFor = (lessons: readonly Lesson[]): readonly NewItem[] =>
  templatesIn(lessons).map((template) => ({ template, count: 1, fixed: {} }))
