import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CLASS_HASH,
  COLLECT_HASH,
  PRACTICE_HASH,
  QUIZ_HASH,
  REPORT_HASH,
  checkHash,
  deckHash,
  pairHash,
  practiceHash,
  readRoute,
  replayHash,
  resultHash,
  roomHash,
  roundHash,
  sandboxHash,
  sessionHash,
  shiftHash,
  taskHash,
  teachHash,
  wallHash,
} from './route'

describe('the part of the address behind #', () => {
  it('leads home when it is empty', () => {
    for (const hash of ['', '#', '#/']) expect(readRoute(hash)).toEqual({ page: 'home' })
  })

  it('names the screens of the class, whatever case a code is written in', () => {
    expect(readRoute(CLASS_HASH)).toEqual({ page: 'class' })
    expect(readRoute(roomHash('4F7K2M'))).toEqual({ page: 'class-room', code: '4F7K2M' })
    expect(readRoute('#/class/4f7k2m')).toEqual({ page: 'class-room', code: '4F7K2M' })
    expect(readRoute(REPORT_HASH)).toEqual({ page: 'class-report' })
    expect(readRoute(COLLECT_HASH)).toEqual({ page: 'class-collect' })
    expect(readRoute(taskHash('l=en&q=r%3Fn%3D5'))).toEqual({ page: 'class-task', query: 'l=en&q=r%3Fn%3D5' })
    expect(readRoute(teachHash('4F7K2M'))).toEqual({ page: 'class-teach', code: '4F7K2M' })
    expect(readRoute(wallHash('4F7K2M', 'a-b_c'))).toEqual({ page: 'class-wall', code: '4F7K2M', secret: 'a-b_c' })
    for (const hash of ['#/class/4F7K2', '#/class/4F7K20', '#/class/4F7K2M/keys', '#/class/4F7K2M/teach/x'])
      expect(readRoute(hash)).toEqual({ page: 'unknown' })
  })

  it('names a shift with its seed and mode, and reads what it wrote', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('1.1', '1.6'),
        fc.nat({ max: 2 ** 31 - 1 }),
        fc.constantFrom('calm' as const, 'rush' as const),
        (level, seed, mode) => {
          expect(readRoute(shiftHash(level, seed, mode))).toEqual({ page: 'shift', level, seed, mode })
        },
      ),
    )
  })

  it('is calm, and leaves the seed open, where the options are missing or nonsense', () => {
    for (const hash of ['#/shift/1.2', '#/shift/1.2?seed=%%%&mode=fast', '#/shift/1.2?seed=-1'])
      expect(readRoute(hash)).toEqual({ page: 'shift', level: '1.2', seed: undefined, mode: 'calm' })
  })

  it('leads to a replay, to its result, and to one’s own traffic', () => {
    const code = '1~1.1~k3~c~L0'
    expect(readRoute(replayHash(code))).toEqual({ page: 'replay', code, at: 0 })
    expect(readRoute(replayHash(code, 7))).toEqual({ page: 'replay', code, at: 7 })
    expect(readRoute(`#/replay/${code}?at=-3`)).toEqual({ page: 'replay', code, at: 0 })
    expect(readRoute(resultHash(code))).toEqual({ page: 'result', code })
    expect(readRoute('#/own')).toEqual({ page: 'own' })
  })

  it('leads through the quiz: its front page, a round, a check, both parts of a pair', () => {
    for (const hash of [QUIZ_HASH, '#/quiz/', '#/quiz?x=1']) expect(readRoute(hash)).toEqual({ page: 'quiz' })
    expect(readRoute('#/quiz/ideas')).toEqual({ page: 'quiz-ideas' })
    expect(readRoute(roundHash('t=nat&n=10&s=k3'))).toEqual({ page: 'quiz-round', query: 't=nat&n=10&s=k3' })
    expect(readRoute('#/quiz/set?t=Why%3F&s=1')).toEqual({ page: 'quiz-set', query: 't=Why%3F&s=1' })
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 31 - 1 }), fc.constantFrom('before' as const, 'after' as const), (seed, part) => {
        expect(readRoute(checkHash(seed))).toEqual({ page: 'quiz-check', seed })
        expect(readRoute(pairHash(part, seed))).toEqual({ page: 'quiz-pair', part, seed })
      }),
    )
    for (const hash of ['#/quiz/check', '#/quiz/check?s=%%%'])
      expect(readRoute(hash)).toEqual({ page: 'quiz-check', seed: undefined })
    expect(readRoute('#/quiz/pair/after')).toEqual({ page: 'quiz-pair', part: 'after', seed: undefined })
  })

  it('leads to the sets of whoever teaches', () => {
    expect(readRoute('#/quiz/sets')).toEqual({ page: 'quiz-sets' })
    expect(readRoute('#/quiz/sets/k3x')).toEqual({ page: 'quiz-set-editor', id: 'k3x' })
    expect(readRoute('#/quiz/print/k3x?v=A')).toEqual({ page: 'quiz-print', id: 'k3x', query: 'v=A' })
    expect(readRoute('#/quiz/print/k3x')).toEqual({ page: 'quiz-print', id: 'k3x', query: '' })
  })

  it('leads through practice: its front page, sessions, and the other screens', () => {
    for (const hash of [PRACTICE_HASH, '#/practice/', '#/practice?x=1'])
      expect(readRoute(hash)).toEqual({ page: 'practice' })
    for (const hash of [practiceHash('session'), '#/practice/session?of=cellar'])
      expect(readRoute(hash)).toEqual({ page: 'practice-session', of: 'due' })
    for (const of of ['mixups', 'aside'] as const)
      expect(readRoute(sessionHash(of))).toEqual({ page: 'practice-session', of })
    for (const screen of ['sprint', 'drill', 'decks', 'map'] as const)
      expect(readRoute(practiceHash(screen))).toEqual({ page: `practice-${screen}` })
    expect(readRoute(deckHash('t=Mine&p=22t'))).toEqual({ page: 'practice-deck', query: 't=Mine&p=22t' })
    for (const hash of ['#/practice/cellar', '#/practice/map/7']) expect(readRoute(hash)).toEqual({ page: 'unknown' })
  })

  it('leads to a sandbox, whole or a first one, and to the pasted terminal', () => {
    expect(readRoute(sandboxHash('1~a-b_c'))).toEqual({ page: 'sandbox', code: '1~a-b_c' })
    expect(readRoute('#/sandbox')).toEqual({ page: 'sandbox', code: '' })
    expect(readRoute('#/terminal')).toEqual({ page: 'terminal' })
    for (const hash of ['#/sandbox/1', '#/terminal/x']) expect(readRoute(hash)).toEqual({ page: 'unknown' })
  })

  it('is unknown, and never an error, whatever else it is', () => {
    for (const hash of ['#/shift', '#/replay/', '#/own/7', '#/shift/1.1/2', '#/cellar', '#shift/1.1'])
      expect(readRoute(hash), hash).toEqual({ page: 'unknown' })
    for (const hash of ['#/quiz/cellar', '#/quiz/pair/during', '#/quiz/sets/K3', '#/quiz/print', '#/quiz/round/7'])
      expect(readRoute(hash), hash).toEqual({ page: 'unknown' })
    fc.assert(
      fc.property(fc.string(), (hash) => {
        expect(readRoute(`#/${hash}`)).toHaveProperty('page')
        expect(readRoute(`#/quiz/${hash}`)).toHaveProperty('page')
        expect(readRoute(`#/practice/${hash}`)).toHaveProperty('page')
      }),
    )
  })
})
