import { deflateSync, inflateSync } from 'fflate'
import * as v from 'valibot'
import { mark } from '../quiz/mark'
import type { Answer, Body } from '../quiz/question'
import type { Round } from '../quiz/round'
import { dealRound, readRound, writeRound } from '../quiz/round'
import type { QuestionSet } from '../quiz/set'
import { askedOf, readSet, writeSet } from '../quiz/set'
import { TEMPLATES } from '../quiz/templates'
import type { Language } from '../words/language'
import { LANGUAGE_TAGS } from '../words/language'
import { questions as en } from '../words/en/questions'
import { seeing } from './blind'
import type { Posed } from './posed'
import { VARIANTS, bodyOf, variantOf } from './posed'
import type { Report } from './report'
import { groupAnswers, newReport } from './report'
import { MOST_PLAYERS } from './settings'

/** Questions that a link carries: whoever opens it answers them alone, with their own numbers, and no server takes part. */
export interface Task {
  readonly title: string
  readonly language: Language
  /** The deadline, milliseconds since 1970. */
  readonly until?: number
  readonly plan: readonly { readonly template: string; readonly seed: number }[]
}

/** Why a link gives no task. Its words stand in the message catalogue. */
export type TaskFault = 'unreadable' | 'unknown-topic' | 'unknown-template' | 'own-questions' | 'empty'

const MINUTE = 60_000
const MOST_TITLE = 80
const MOST_PLAN = 100

interface Wrapping {
  readonly title: string
  readonly language: Language
  readonly until?: number | undefined
}

const wrapped = (query: string, { title, language, until }: Wrapping): string => {
  const parts = new URLSearchParams({ l: language })
  if (title.trim() !== '') parts.set('n', title.trim().slice(0, MOST_TITLE))
  if (until !== undefined) parts.set('u', Math.round(until / MINUTE).toString(36))
  return `${parts}&q=${encodeURIComponent(query)}`
}

/** The part of a task's link behind the question mark: a round of the quiz. */
export const writeRoundTask = (round: Round, how: Wrapping): string => wrapped(`r?${writeRound(round)}`, how)

/** The same for a question set, or why it does not fit into a link. */
export function writeSetTask(
  set: Pick<QuestionSet, 'title' | 'seed' | 'items'>,
  how: Wrapping,
): { readonly query: string } | { readonly fault: TaskFault } {
  const written = writeSet({ ...set, title: '' })
  return 'query' in written ? { query: wrapped(`s?${written.query}`, how) } : written
}

const LinkSchema = v.object({
  l: v.picklist(LANGUAGE_TAGS),
  n: v.optional(v.pipe(v.string(), v.maxLength(MOST_TITLE)), ''),
  u: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[0-9a-z]{1,7}$/),
      v.transform((text) => Number.parseInt(text, 36) * MINUTE),
    ),
  ),
  q: v.pipe(v.string(), v.maxLength(6000)),
})

function planFrom(query: string): Task['plan'] | { readonly fault: TaskFault } {
  const inner = query.slice(2)
  if (query.startsWith('r?')) {
    const round = readRound(inner, TEMPLATES)
    return 'fault' in round ? round : dealRound(round, TEMPLATES)
  }
  if (!query.startsWith('s?')) return { fault: 'unreadable' }
  const set = readSet(inner, TEMPLATES)
  return 'fault' in set ? set : askedOf(set, TEMPLATES, en)
}

/** Reads what `writeRoundTask` or `writeSetTask` wrote, whatever stands in it. */
export function readTask(query: string): Task | { readonly fault: TaskFault } {
  const parsed = v.safeParse(LinkSchema, Object.fromEntries(new URLSearchParams(query)))
  if (!parsed.success) return { fault: 'unreadable' }
  const { l, n, u, q } = parsed.output
  const plan = planFrom(q)
  if ('fault' in plan) return plan
  if (plan.length === 0) return { fault: 'empty' }
  return { title: n, language: l, ...(u !== undefined && { until: u }), plan: plan.slice(0, MOST_PLAN) }
}

/** The questions of a task in a learner's version: the same templates with other numbers. */
export const versionOf = ({ plan }: Task, version: number): readonly Posed[] =>
  plan.map((posed) => variantOf(posed, version))

/** What somebody hands in. An answer is undefined where none was given. */
export interface Result {
  /** The task's link, behind the question mark. */
  readonly query: string
  readonly name: string
  /** Which version of the questions. */
  readonly version: number
  /** When it was finished, milliseconds since 1970, to the minute. */
  readonly at: number
  readonly answers: readonly (Answer | undefined)[]
}

/** The place of what an answer means, as in a blind question. */
const placesIn = (items: readonly { readonly means: string }[], means: readonly string[]): readonly number[] =>
  means.map((one) => items.findIndex((item) => item.means === one))

/** An answer in a few letters: places, or what was typed. */
function shortened(body: Body, answer: Answer | undefined): string | null {
  if (!answer) return null
  switch (answer.kind) {
    case 'choose':
    case 'predict':
      return 'options' in body ? placesIn(body.options, [answer.means]).join('.') : null
    case 'several':
      return 'options' in body ? placesIn(body.options, answer.means).join('.') : null
    case 'order':
      return body.kind === 'order' ? placesIn(body.items, answer.means).join('.') : null
    case 'match': {
      if (body.kind !== 'match') return null
      const left = placesIn(
        body.left,
        answer.pairs.map(([one]) => one),
      )
      const right = placesIn(
        body.right,
        answer.pairs.map(([, other]) => other),
      )
      return left.map((one, at) => `${one}-${right[at] ?? ''}`).join('.')
    }
    case 'type':
      return answer.text
  }
}

const parts = (text: string): string[] => (text === '' ? [] : text.split('.'))

/** The answer to this question that the letters stand for; undefined if it is none. */
function lengthened(body: Body, text: string): Answer | undefined {
  const blind = (): Answer => {
    switch (body.kind) {
      case 'choose':
      case 'predict':
        return { kind: body.kind, means: text }
      case 'several':
      case 'order':
        return { kind: body.kind, means: parts(text) }
      case 'match':
        return {
          kind: 'match',
          pairs: parts(text).map((pair) => {
            const [left = '', right = ''] = pair.split('-')
            return [left, right] as const
          }),
        }
      case 'type':
        return { kind: 'type', text }
    }
  }
  const seen = seeing(body, blind())
  return seen && mark(body, seen).readable ? seen : undefined
}

const PREFIX = 'PA1-'
/** Longer than any code that is one. */
const MOST_LETTERS = 12_000

/** The checksum FNV-1a (Fowler, Noll, Vo): 32 bits over the bytes, so that one wrong letter is found. */
function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}

const base64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const ResultSchema = v.object({
  q: v.pipe(v.string(), v.maxLength(6000)),
  n: v.pipe(v.string(), v.minLength(1), v.maxLength(80)),
  v: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(VARIANTS - 1)),
  t: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9)),
  a: v.pipe(v.array(v.nullable(v.pipe(v.string(), v.maxLength(300)))), v.maxLength(MOST_PLAN)),
})

/**
 * The code that is handed in: compressed, with a checksum, in letters that survive mail and chat.
 *
 * @throws RangeError if the link of the result is no task's.
 */
export function writeResult({ query, name, version, at, answers }: Result): string {
  const task = readTask(query)
  if ('fault' in task) throw new RangeError('A result belongs to a task.')
  const posed = versionOf(task, version)
  const a = posed.map((one, place) => shortened(bodyOf(one), answers[place]))
  const json = JSON.stringify({ q: query, n: name, v: version, t: Math.round(at / MINUTE), a })
  const packed = deflateSync(new TextEncoder().encode(json), { level: 9 })
  const sum = checksum(packed)
  const whole = new Uint8Array([sum >>> 24, sum >>> 16, sum >>> 8, sum, ...packed])
  return PREFIX + base64(whole)
}

/** Why a text is no result. Its words stand in the message catalogue. */
export type ResultFault = 'not-a-code' | 'damaged' | 'newer-version' | 'other-questions'

/** Reads a code, whatever it is. Spaces and line ends, as mail puts them in, are left aside. */
export function readResult(text: string): { readonly result: Result; readonly task: Task } | { fault: ResultFault } {
  const code = text.replaceAll(/\s/g, '')
  if (code.length > MOST_LETTERS || !/^PA\d{1,3}-[A-Za-z0-9_-]*$/.test(code)) return { fault: 'not-a-code' }
  if (!code.startsWith(PREFIX)) return { fault: 'newer-version' }
  const raw = unpacked(code.slice(PREFIX.length))
  const read = v.safeParse(ResultSchema, raw)
  if (!read.success) return { fault: 'damaged' }
  const { q: query, n: name, v: version, t, a } = read.output
  const task = readTask(query)
  if ('fault' in task || a.length !== task.plan.length) return { fault: 'other-questions' }
  const answers: (Answer | undefined)[] = []
  for (const [place, posed] of versionOf(task, version).entries()) {
    const short = a[place]
    const answer = typeof short === 'string' ? lengthened(bodyOf(posed), short) : undefined
    if (typeof short === 'string' && !answer) return { fault: 'other-questions' }
    answers.push(answer)
  }
  return { result: { query, name, version, at: t * MINUTE, answers }, task }
}

/** What a code has in it, if it is whole. */
function unpacked(letters: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(letters.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
    // One text for one code: what base64 leaves unused must not differ.
    if (base64(bytes) !== letters || bytes.length < 5) return undefined
    const packed = bytes.slice(4)
    const [a = 0, b = 0, c = 0, d = 0] = bytes
    if (((a << 24) | (b << 16) | (c << 8) | d) >>> 0 !== checksum(packed)) return undefined
    return JSON.parse(new TextDecoder().decode(inflateSync(packed)))
  } catch {
    // Neither base64, nor compressed, nor JSON: damaged on its way.
    return undefined
  }
}

/** The codes in a text that somebody has pasted, one after another. */
export const codesIn = (text: string): readonly string[] => text.split(/[\s,;]+/).filter((word) => word !== '')

/** True when it was finished after the deadline. */
export const isLate = ({ until }: Task, { at }: Result): boolean => until !== undefined && at > until

/** The results of one task as a report, with the names that they bring if wanted. */
export function reportOf(task: Task, results: readonly Result[], names: boolean): Report {
  const counted = results.slice(0, MOST_PLAYERS)
  const grouped = task.plan.map((_, place) =>
    groupAnswers(
      counted.flatMap((result) => {
        const answer = result.answers[place]
        return answer ? [{ who: result, version: result.version, answer }] : []
      }),
    ),
  )
  const opened = Math.min(...counted.map(({ at }) => at))
  return newReport({
    way: 'self',
    language: task.language,
    ...(task.title !== '' && { title: task.title }),
    opened: Number.isFinite(opened) ? opened : 0,
    players: counted.length,
    rounds: task.plan.map((posed, item) => ({
      item,
      vote: 1,
      posed: { ...posed },
      groups: grouped[item]?.groups ?? [],
    })),
    ...(names && {
      people: counted.map((result) => ({
        name: result.name,
        given: grouped.flatMap(({ of }, round): [number, number][] => {
          const group = of.get(result)
          return group === undefined ? [] : [[round, group]]
        }),
      })),
    }),
  })
}
