import * as v from 'valibot'
import type { Part } from '../../quiz/pair'
import { readCode } from '../../room/code'
import type { Mode } from '../../shift/shift'

/** Where in the app one is: read from the part of the address behind `#`. */
export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'shift'; readonly level: string; readonly seed: number | undefined; readonly mode: Mode }
  /** A recorded shift, from its `at`th verdict on. */
  | { readonly page: 'replay'; readonly code: string; readonly at: number }
  | { readonly page: 'result'; readonly code: string }
  | { readonly page: 'own' }
  /** A sandbox, by what `writeSandbox` wrote; empty for a first one. */
  | { readonly page: 'sandbox'; readonly code: string }
  /** A pasted terminal as a building. */
  | { readonly page: 'terminal' }
  | ModeRoute
  | BuildRoute
  | QuizRoute
  | PracticeRoute
  | ClassRoute
  | { readonly page: 'unknown' }

/** The screens of the quiz. `query` is what stands behind the question mark; the screen itself reads it. */
export type QuizRoute =
  | { readonly page: 'quiz' }
  | { readonly page: 'quiz-round'; readonly query: string }
  /** The questions of a set that somebody sent. */
  | { readonly page: 'quiz-set'; readonly query: string }
  | { readonly page: 'quiz-ideas' }
  | { readonly page: 'quiz-check'; readonly seed: number | undefined }
  | { readonly page: 'quiz-pair'; readonly part: Part; readonly seed: number | undefined }
  /** The teacher's screens. */
  | { readonly page: 'quiz-sets' }
  | { readonly page: 'quiz-set-editor'; readonly id: string }
  | { readonly page: 'quiz-print'; readonly id: string; readonly query: string }

/** The builder of levels, and a level that somebody has built. `query` holds it; the screen itself reads it. */
export type BuildRoute = { readonly page: 'build' | 'level'; readonly query: string }

/** The shifts outside the campaign, and the porter's log. */
export type ModeRoute = { readonly page: 'today' | 'night' | 'log' }

export const isMode = (page: string): page is ModeRoute['page'] => ['today', 'night', 'log'].includes(page)

/** The screens of practice. */
export type PracticeRoute =
  | { readonly page: 'practice' }
  /** Cards: those that are due, the open mix-ups, or those that were set aside. */
  | { readonly page: 'practice-session'; readonly of: 'due' | 'mixups' | 'aside' }
  | { readonly page: 'practice-sprint' }
  | { readonly page: 'practice-drill' }
  | { readonly page: 'practice-decks' }
  /** A deck that somebody sent; the screen itself reads the query. */
  | { readonly page: 'practice-deck'; readonly query: string }
  | { readonly page: 'practice-map' }

/** The screens of the class. A phone joins the room by its code; the teacher's and the projector's screens need a secret. */
export type ClassRoute =
  | { readonly page: 'class' }
  | { readonly page: 'class-room'; readonly code: string }
  | { readonly page: 'class-teach'; readonly code: string }
  | { readonly page: 'class-wall'; readonly code: string; readonly secret: string }
  /** A report that was saved, opened again. */
  | { readonly page: 'class-report' }
  /** Questions for everybody alone, without a server, and where the codes for them are read. */
  | { readonly page: 'class-task'; readonly query: string }
  | { readonly page: 'class-collect' }

const Seed = v.pipe(v.string(), v.regex(/^[0-9a-z]{1,7}$/))

const SetId = v.pipe(v.string(), v.regex(/^[a-z0-9]{1,12}$/))

const Place = v.pipe(v.string(), v.regex(/^\d{1,3}$/))

/** Reads a hash like `#/shift/1.2?seed=k3&mode=rush`. Whatever it is not is `unknown`, never an error. */
export function readRoute(hash: string): Route {
  const [path = '', ...behind] = hash.replace(/^#/, '').split('?')
  const query = behind.join('?')
  const [, page = '', rest = '', ...more] = path.split('/')
  if (page === 'quiz') return readQuizRoute([rest, ...more], query)
  if (page === 'class') return readClassRoute([rest, ...more], query)
  if (more.length > 0) return { page: 'unknown' }
  if (page === 'practice') return readPracticeRoute(rest, query)
  if (page === '') return { page: 'home' }
  if (page === 'own' && rest === '') return { page: 'own' }
  if (page === 'terminal' && rest === '') return { page: 'terminal' }
  if (page === 'sandbox' && rest === '') return { page: 'sandbox', code: new URLSearchParams(query).get('s') ?? '' }
  if (isMode(page) && rest === '') return { page }
  if ((page === 'build' || page === 'level') && rest === '') return { page, query }
  if (page === 'result' && rest !== '') return { page: 'result', code: rest }
  if (page === 'replay' && rest !== '') {
    const at = v.safeParse(Place, new URLSearchParams(query).get('at'))
    return { page: 'replay', code: rest, at: at.success ? Number(at.output) : 0 }
  }
  if (page === 'shift' && rest !== '') {
    const options = new URLSearchParams(query)
    return {
      page: 'shift',
      level: rest,
      seed: readSeed(options.get('seed')),
      mode: options.get('mode') === 'rush' ? 'rush' : 'calm',
    }
  }
  return { page: 'unknown' }
}

function readSeed(text: string | null): number | undefined {
  const seed = v.safeParse(Seed, text)
  return seed.success ? Number.parseInt(seed.output, 36) : undefined
}

function readQuizRoute([page = '', rest = '', ...more]: readonly string[], query: string): Route {
  const id = v.safeParse(SetId, rest)
  const seed = () => readSeed(new URLSearchParams(query).get('s'))
  if (more.length > 0) return { page: 'unknown' }
  if (rest === '')
    switch (page) {
      case '':
        return { page: 'quiz' }
      case 'round':
        return { page: 'quiz-round', query }
      case 'set':
        return { page: 'quiz-set', query }
      case 'ideas':
        return { page: 'quiz-ideas' }
      case 'check':
        return { page: 'quiz-check', seed: seed() }
      case 'sets':
        return { page: 'quiz-sets' }
    }
  if (page === 'pair' && (rest === 'before' || rest === 'after')) return { page: 'quiz-pair', part: rest, seed: seed() }
  if (page === 'sets' && id.success) return { page: 'quiz-set-editor', id: id.output }
  if (page === 'print' && id.success) return { page: 'quiz-print', id: id.output, query }
  return { page: 'unknown' }
}

function readPracticeRoute(page: string, query: string): Route {
  switch (page) {
    case '':
      return { page: 'practice' }
    case 'session': {
      const of = new URLSearchParams(query).get('of')
      return { page: 'practice-session', of: of === 'mixups' || of === 'aside' ? of : 'due' }
    }
    case 'sprint':
      return { page: 'practice-sprint' }
    case 'drill':
      return { page: 'practice-drill' }
    case 'decks':
      return { page: 'practice-decks' }
    case 'deck':
      return { page: 'practice-deck', query }
    case 'map':
      return { page: 'practice-map' }
    default:
      return { page: 'unknown' }
  }
}

function readClassRoute([page = '', rest = '', ...more]: readonly string[], query: string): Route {
  if (more.length > 0) return { page: 'unknown' }
  if (page === '' && rest === '') return { page: 'class' }
  // No code is like one of these.
  if (page === 'report' && rest === '') return { page: 'class-report' }
  if (page === 'task' && rest === '') return { page: 'class-task', query }
  if (page === 'collect' && rest === '') return { page: 'class-collect' }
  const code = readCode(page)
  if (code === undefined) return { page: 'unknown' }
  switch (rest) {
    case '':
      return { page: 'class-room', code }
    case 'teach':
      return { page: 'class-teach', code }
    case 'wall':
      return { page: 'class-wall', code, secret: new URLSearchParams(query).get('w') ?? '' }
    default:
      return { page: 'unknown' }
  }
}

/** The hash of the front page of the class. */
export const CLASS_HASH = '#/class'

/** The hash of the screen that opens a saved report. */
export const REPORT_HASH = '#/class/report'

/** The hash of a task, by what `room/task.ts` wrote. */
export const taskHash = (query: string): string => `#/class/task?${query}`

/** The hash of the screen that makes tasks and reads the codes for them. */
export const COLLECT_HASH = '#/class/collect'

/** The hash of a room for those who join it, short enough to be typed. */
export const roomHash = (code: string): string => `#/class/${code}`

/** The hash of the teacher's screen of a room. */
export const teachHash = (code: string): string => `#/class/${code}/teach`

/** The hash of the projector's screen of a room, for spectators too. */
export const wallHash = (code: string, secret: string): string => `#/class/${code}/wall?w=${secret}`

/** The hash of the front page of practice. */
export const PRACTICE_HASH = '#/practice'

/** The hash of another screen of practice. */
export const practiceHash = (screen: 'session' | 'sprint' | 'drill' | 'decks' | 'map'): string => `#/practice/${screen}`

/** The hash of a session of something else than what is due. */
export const sessionHash = (of: 'mixups' | 'aside'): string => `#/practice/session?of=${of}`

/** The hash of a deck for somebody else, by what `writeDeckLink` wrote. */
export const deckHash = (query: string): string => `#/practice/deck?${query}`

/** The hash of a sandbox, by what `writeSandbox` wrote. */
export const sandboxHash = (code: string): string => `#/sandbox?s=${code}`

/** The hash of the quiz's front page. */
export const QUIZ_HASH = '#/quiz'

/** The hash of a round, by what `writeRound` wrote. */
export const roundHash = (query: string): string => `#/quiz/round?${query}`

/** The hash of a check of twelve questions. */
export const checkHash = (seed: number): string => `#/quiz/check?s=${seed.toString(36)}`

/** The hash of one part of a pair of tests. */
export const pairHash = (part: Part, seed: number): string => `#/quiz/pair/${part}?s=${seed.toString(36)}`

/** The hash of a shift, the same for everyone who opens it. */
export const shiftHash = (level: string, seed: number, mode: Mode): string =>
  `#/shift/${level}?seed=${seed.toString(36)}${mode === 'rush' ? '&mode=rush' : ''}`

/** The hash of a recorded shift, from its `at`th verdict on. */
export const replayHash = (code: string, at = 0): string => `#/replay/${code}${at > 0 ? `?at=${at}` : ''}`

/** The hash of what a recorded shift came to. */
export const resultHash = (code: string): string => `#/result/${code}`
