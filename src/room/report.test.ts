import * as fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { levelById } from '../levels'
import { pairOf } from '../quiz/pair'
import { TEMPLATES } from '../quiz/templates'
import { questions as en } from '../words/en/questions'
import { random } from '../shift/random'
import type { RoomEvent } from './event'
import { findingsOf, gainAcross, pairedChange } from './findings'
import { guessOf } from './guess'
import { itemsFor, lessonsOf, roundFor } from './next-lesson'
import type { Posed } from './posed'
import { bodyOf, variantOf } from './posed'
import type { Report } from './report'
import { readReport, roomForReport, writeReport } from './report'
import type { CsvWords } from './report-csv'
import { ideasCsv, peopleCsv, questionsCsv } from './report-csv'
import type { Room } from './room'
import { fold } from './room'
import type { Settings, Way } from './settings'
import { CALM } from './settings'

const HASH = 'c0ffee'.padEnd(64, '0')
const id = (number: number) => `player${String(number).padStart(3, '0')}`
const CHOOSE = TEMPLATES.filter(({ kind }) => kind === 'choose')
const PLAN: readonly Posed[] = CHOOSE.slice(0, 4).map((template, place) => ({ template: template.id, seed: place + 3 }))

const opened = (settings: Partial<Settings>, plan = PLAN): RoomEvent => ({
  kind: 'opened',
  at: 1000,
  code: 'ABCDEF',
  hostHash: HASH,
  watchHash: HASH,
  seed: 5,
  settings: { ...CALM, ...settings },
  plan: [...plan],
})

const folded = (events: readonly RoomEvent[]): Room => fold(undefined, events).room ?? expect.fail('no room')

const placeOf = (posed: Posed, right: boolean): string => {
  const body = bodyOf(posed)
  if (!('options' in body)) throw new Error('This question is not one to choose in.')
  return String(body.options.findIndex((option) => option.right === right))
}

/** A class of which so many answer each question rightly, from the first one on; the others choose the first wrong option. */
function classOf(way: Way, players: number, rightly: readonly number[], names = false): Report {
  const events: RoomEvent[] = [
    opened({ way }),
    ...Array.from({ length: players }, (_, number): RoomEvent => {
      return { kind: 'joined', at: 1001, player: id(number), hash: HASH }
    }),
  ]
  for (const [round, right] of rightly.entries()) {
    if (way !== 'self' || round === 0) events.push({ kind: 'asked', at: 2000, round, item: round, vote: 1 })
    for (let number = 0; number < players; number++) {
      const posed = PLAN[round] ?? expect.fail('no question')
      const means = placeOf(way === 'self' ? variantOf(posed, number) : posed, number < right)
      const answer = { kind: 'choose' as const, means }
      events.push({ kind: 'answered', at: 2001, player: id(number), round, key: `${round}`, answer })
    }
  }
  events.push({ kind: 'ended', at: 9000 })
  return roomForReport(folded(events), names)
}

const WORDS: CsvWords = {
  questions: ['#', 'vote', 'question', 'answer', 'answered', 'right', 'share', 'low', 'high', 'guess'],
  ideas: ['idea', 'right', 'chosen', 'offered', 'share', 'low', 'high', 'guess', 'standing'],
  people: ['name', 'right', 'answered'],
  standings: { firm: 'gone', shaky: 'alive', open: 'too little' },
  marks: { right: '1', wrong: '0', none: '' },
}

describe('what is kept of a class', () => {
  it('has no secret, no code and no names unless the teacher asks for them', () => {
    const without = JSON.stringify(classOf('live', 6, [3, 4]))
    expect(without).not.toContain('c0ffee')
    expect(without).not.toContain('player0')
    expect(without).not.toContain('ABCDEF')
    expect(classOf('live', 6, [3, 4]).people).toBeUndefined()
    const people = classOf('live', 6, [3, 4], true).people ?? []
    expect(people).toHaveLength(6)
    expect(JSON.stringify(people)).not.toContain('player0')
  })

  it('has every answer that counts exactly once, and none of those who were removed', () => {
    const step = fc.record({
      who: fc.nat({ max: 8 }),
      what: fc.constantFrom('answer', 'answer', 'answer', 'join', 'remove', 'next', 'close', 'again'),
      place: fc.nat({ max: 4 }),
    })
    fc.assert(
      fc.property(
        fc.constantFrom<Way>('live', 'peer', 'race', 'self'),
        fc.boolean(),
        fc.array(step, { maxLength: 70 }),
        (way, names, steps) => {
          let room = folded([opened({ way })])
          for (const { who, what, place } of steps) {
            const rounds = room.rounds.length
            const round = Math.max(0, rounds - 1)
            const events: Record<typeof what, RoomEvent> = {
              answer: {
                kind: 'answered',
                at: 3000,
                player: id(who),
                round,
                key: `${who}${place}`,
                answer: { kind: 'choose', means: String(place) },
              },
              join: { kind: 'joined', at: 3000, player: id(who), hash: HASH },
              remove: { kind: 'removed', at: 3000, player: id(who) },
              next: { kind: 'asked', at: 3000, round: rounds, item: (room.rounds.at(-1)?.item ?? -1) + 1, vote: 1 },
              close: { kind: 'closed', at: 3000, round },
              again: { kind: 'asked', at: 3000, round: rounds, item: room.rounds.at(-1)?.item ?? 0, vote: 2 },
            }
            room = fold(room, [events[what]]).room ?? room
          }
          const report = roomForReport(room, names)
          expect(readReport(writeReport(report))).toEqual({ report })
          const seated = [...room.players.values()].filter(({ standing }) => standing === 'in').map((one) => one.id)
          for (const [number, { answers }] of room.rounds.entries()) {
            const counted = [...answers].filter(([player]) => seated.includes(player))
            const groups = report.rounds[number]?.groups ?? []
            expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(counted.length)
            const right = counted.filter(([, given]) => given.right).length
            expect(findingsOf(report).questions[number]?.right).toMatchObject({ count: right, of: counted.length })
          }
          const given = (report.people ?? []).reduce((sum, one) => sum + one.given.length, 0)
          const all = report.rounds.flatMap(({ groups }) => groups).reduce((sum, { count }) => sum + count, 0)
          expect(given).toBe(names ? all : 0)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('says what is wrong with a file that holds no report, whatever is in it', () => {
    const file = writeReport(classOf('live', 4, [1, 2], true))
    expect(readReport('')).toEqual({ fault: 'not-json' })
    expect(readReport('{"kind":"port-authority question set"}')).toEqual({ fault: 'not-a-report' })
    expect(readReport(file.replace('"version": 1,', '"version": 2,'))).toEqual({ fault: 'newer-version' })
    expect(readReport(file.replaceAll(/"means": "[^"]*"/g, '"means": "no such thing"'))).toEqual({
      fault: 'other-questions',
    })
    const dice = random(77)
    for (let turn = 0; turn < 400; turn++) {
      const at = dice.int(0, file.length - 1)
      const mutated = file.slice(0, at) + String.fromCharCode(dice.int(32, 126)) + file.slice(at + dice.int(0, 3))
      const read = readReport(mutated)
      if ('report' in read) expect(() => findingsOf(read.report)).not.toThrow()
    }
  })
})

describe('what a report says', () => {
  it('counts right answers with the interval of Wilson, and who was silent as neither right nor wrong', () => {
    const [first] = findingsOf({ ...classOf('live', 30, [12]), players: 34 }).questions
    expect(first?.right).toMatchObject({ count: 12, of: 30, share: 0.4 })
    // Wilson's interval for 12 of 30, as R's prop.test(correct = FALSE) gives it: 0.2459 to 0.5768.
    expect(first?.right.low).toBeCloseTo(0.2459, 3)
    expect(first?.right.high).toBeCloseTo(0.5768, 3)
    expect(first?.silent).toBe(4)
    expect(first?.options.reduce((sum, count) => sum + count, 0)).toBe(30)
  })

  it('calls an idea alive when most follow it, gone when nobody does, and keeps quiet on too little', () => {
    const alive = findingsOf(classOf('live', 30, [5])).ideas
    expect(alive[0]).toMatchObject({ chosen: 25, offered: 30, standing: 'shaky' })
    expect(alive.slice(1).every(({ chosen, standing }) => chosen === 0 && standing === 'firm')).toBe(true)
    expect(findingsOf(classOf('live', 4, [0])).ideas.every(({ standing }) => standing === 'open')).toBe(true)
  })

  it('says beside each rate what guessing would give', () => {
    const { questions, ideas } = findingsOf(classOf('live', 10, [5, 5, 5, 5]))
    for (const { posed, guess } of questions) {
      const body = bodyOf(posed)
      expect(guess).toBeCloseTo('options' in body ? 1 / body.options.length : 0)
    }
    for (const { guess } of ideas) expect(guess).toBeGreaterThan(0)
  })

  it('goes through all answers that can be pressed, for any kind of question', () => {
    for (const { id: template } of TEMPLATES) {
      const body = bodyOf({ template, seed: 1 })
      const guess = guessOf(body)
      if (body.kind === 'type') expect(guess).toBeUndefined()
      if (guess) expect(guess.right).toBeGreaterThan(0)
      if (guess) expect(guess.right).toBeLessThanOrEqual(0.5)
    }
  })

  it('has both votes, and who changed how', () => {
    const players = 10
    const posed = PLAN[0] ?? expect.fail('no question')
    const vote = (round: number, number: number, right: boolean): RoomEvent => ({
      kind: 'answered',
      at: 2001,
      player: id(number),
      round,
      key: `${round}`,
      answer: { kind: 'choose', means: placeOf(round === 0 ? posed : variantOf(posed, 1), right) },
    })
    const numbers = Array.from({ length: players }, (_, number) => number)
    const room = folded([
      opened({ way: 'peer' }),
      ...numbers.map((number): RoomEvent => ({ kind: 'joined', at: 1001, player: id(number), hash: HASH })),
      { kind: 'asked', at: 2000, round: 0, item: 0, vote: 1 },
      ...numbers.map((number) => vote(0, number, number < 4)),
      { kind: 'asked', at: 3000, round: 1, item: 0, vote: 2 },
      // One of those who were right is not any more, five have learned it, and one did not vote again.
      ...numbers.slice(0, 9).map((number) => vote(1, number, number > 0)),
    ])
    const { peer, ideas } = findingsOf(roomForReport(room, false))
    expect(peer).toHaveLength(1)
    expect(peer[0]).toMatchObject({
      before: { count: 4, of: 10 },
      after: { count: 8, of: 9 },
      moved: { stayedRight: 3, gained: 5, lost: 1, stayedWrong: 0 },
    })
    // (6/11 - 2/11) ± 1.96 √((6/11 + 2/11 - (4/11)²) / 11)
    expect(peer[0]?.change?.difference).toBeCloseTo(4 / 9)
    expect(peer[0]?.change?.low).toBeCloseTo(4 / 11 - 1.96 * Math.sqrt((8 / 11 - (4 / 11) ** 2) / 11))
    expect(Math.max(...ideas.map(({ offered }) => offered))).toBe(10)
    expect(pairedChange({ stayedRight: 0, gained: 0, lost: 0, stayedWrong: 0 })).toBeUndefined()
  })

  it('compares the two parts of a pair of tests, in one class or in two', () => {
    const part = (seed: number, which: 'before' | 'after', right: number): Report => {
      const plan: readonly Posed[] = pairOf(seed, which, CHOOSE).slice(0, 3)
      const report = classOf('live', 8, [])
      return {
        ...report,
        rounds: plan.map((posed, item) => {
          const answer = (place: string) => {
            const body = bodyOf(posed)
            const option = 'options' in body ? body.options[Number(place)] : undefined
            return { kind: 'choose' as const, means: option?.means ?? '' }
          }
          return {
            item,
            vote: 1,
            posed,
            groups: [
              { version: 0, answer: answer(placeOf(posed, true)), count: right },
              { version: 0, answer: answer(placeOf(posed, false)), count: 8 - right },
            ],
          }
        }),
      }
    }
    const [before, after] = [part(4, 'before', 2), part(4, 'after', 7)]
    const across = gainAcross(before, after)
    expect(across?.templates).toHaveLength(3)
    expect(across?.gain.difference).toBeCloseTo(5 / 8)
    expect(across?.gain.low).toBeGreaterThan(0.3)
    const both = {
      ...before,
      rounds: [...before.rounds, ...after.rounds.map((one) => ({ ...one, item: one.item + 3 }))],
    }
    expect(findingsOf(both).pairs.map(({ gain }) => gain.difference)).toEqual([5 / 8, 5 / 8, 5 / 8])
    expect(gainAcross(before, part(9, 'after', 3))?.templates ?? []).not.toContain('nothing')
  })

  it('counts with own numbers by what each was asked', () => {
    const { questions, ideas } = findingsOf(classOf('self', 24, [6, 20, 24, 12]))
    expect(questions.map(({ right }) => right.count)).toEqual([6, 20, 24, 12])
    expect(questions.every(({ own, options }) => own && options.length === 0)).toBe(true)
    expect(ideas[0]?.chosen).toBeGreaterThan(0)
  })
})

describe('what to teach next', () => {
  const report = classOf('live', 30, [5, 8, 25, 30])
  const findings = findingsOf(report)
  const lessons = lessonsOf(report, findings, en)

  it('is at most three ideas, the liveliest first, each with a question that was asked and the line that proves it', () => {
    expect(lessons.length).toBeGreaterThan(1)
    expect(lessons.length).toBeLessThanOrEqual(3)
    const lively = findings.ideas.filter(({ chosen, standing }) => chosen > 0 && standing !== 'firm').slice(0, 3)
    expect(lessons.map(({ misconception }) => misconception)).toEqual(lively.map(({ misconception }) => misconception))
    for (const { proof, asked, line, templates } of lessons) {
      expect(asked).toBe(true)
      expect(report.rounds.some(({ posed }) => 'template' in posed && posed.template === proof.template)).toBe(true)
      expect(line).not.toBe('')
      expect(templates.length).toBeGreaterThan(0)
      expect(templates.length).toBeLessThanOrEqual(3)
    }
  })

  it('names levels that exist and templates that do', () => {
    for (const { levels, templates } of lessons) {
      for (const level of levels) expect(levelById(level)).toBeDefined()
      for (const template of templates) expect(TEMPLATES.some((one) => one.id === template)).toBe(true)
    }
    expect(roundFor(lessons, 4).focus).toEqual([...new Set(lessons.flatMap(({ templates }) => templates))])
    expect(itemsFor(lessons).length).toBe(roundFor(lessons, 4).focus.length)
  })

  it('says nothing where nobody was mistaken', () => {
    const perfect = classOf('live', 30, [30, 30])
    expect(lessonsOf(perfect, findingsOf(perfect), en)).toEqual([])
  })

  it('shows a question for an idea that came up in a team shift', () => {
    const team: Report = {
      ...classOf('live', 5, []),
      way: 'team',
      team: {
        level: '1.4',
        routed: 50,
        first: 40,
        rightFirst: 30,
        windows: 20,
        ideas: [{ misconception: 'closed-is-silent', chosen: 10 }],
      },
    }
    const [lesson] = lessonsOf(team, findingsOf(team), en)
    expect(lesson).toMatchObject({ misconception: 'closed-is-silent', chosen: 10, offered: 50, asked: false })
  })
})

describe('tables for a spreadsheet', () => {
  const report = classOf('live', 6, [2, 3], true)
  const rowsOf = (csv: string) => Papa.parse<string[]>(csv).data

  it('have a row for each question, idea and person', () => {
    const findings = findingsOf(report)
    const said = findings.questions.map(() => ({ stem: 'a, "b"', answer: '443' }))
    expect(rowsOf(questionsCsv(findings, said, WORDS))).toHaveLength(3)
    expect(rowsOf(questionsCsv(findings, said, WORDS))[1]?.slice(0, 6)).toEqual(['1', '1', 'a, "b"', '443', '6', '2'])
    const ideas = rowsOf(ideasCsv(findings, (idea) => ({ name: idea, right: 'so' }), WORDS))
    expect(ideas).toHaveLength(findings.ideas.length + 1)
    expect(rowsOf(peopleCsv(findings, WORDS))).toHaveLength(7)
    expect(rowsOf(peopleCsv(findings, WORDS))[0]).toEqual(['name', 'right', 'answered', '1', '2'])
  })

  it('run no formula that somebody has chosen for a name', () => {
    const people = (report.people ?? []).map((person, place) =>
      place === 0 ? { ...person, name: '=HYPERLINK("http://192.0.2.1")' } : person,
    )
    const [, first] = rowsOf(peopleCsv(findingsOf({ ...report, people }), WORDS))
    expect(first?.[0]).toBe(`'=HYPERLINK("http://192.0.2.1")`)
  })
})
