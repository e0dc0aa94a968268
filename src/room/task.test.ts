import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answer, Body } from '../quiz/question'
import { TEMPLATES } from '../quiz/templates'
import { random } from '../shift/random'
import { findingsOf } from './findings'
import { bodyOf } from './posed'
import { readReport, writeReport } from './report'
import type { Result, Task } from './task'
import {
  codesIn,
  isLate,
  readResult,
  readTask,
  reportOf,
  versionOf,
  writeResult,
  writeRoundTask,
  writeSetTask,
} from './task'

const HOW = { title: 'Week 3', language: 'en', until: Date.UTC(2026, 10, 27, 18) } as const
const QUERY = writeRoundTask({ topics: [], length: 10, seed: 77, level: 2, focus: [] }, HOW)

const taskOf = (query: string): Task => {
  const task = readTask(query)
  if ('fault' in task) throw new Error(task.fault)
  return task
}

/** Some answer to a question, right or not. */
function someAnswer(body: Body, dice: ReturnType<typeof random>): Answer {
  switch (body.kind) {
    case 'choose':
    case 'predict':
      return { kind: body.kind, means: dice.pick(body.options).means }
    case 'several':
      return { kind: 'several', means: body.options.filter(() => dice.next() < 0.5).map(({ means }) => means) }
    case 'type':
      return { kind: 'type', text: dice.next() < 0.5 ? body.answer : '443' }
    case 'order':
      return { kind: 'order', means: dice.shuffle(body.items).map(({ means }) => means) }
    case 'match':
      return { kind: 'match', pairs: body.left.map(({ means }) => [means, dice.pick(body.right).means] as const) }
  }
}

function someResult(query: string, seed: number, name = 'Ada'): Result {
  const dice = random(seed)
  const version = dice.int(0, 7)
  const answers = versionOf(taskOf(query), version).map((posed) =>
    dice.next() < 0.1 ? undefined : someAnswer(bodyOf(posed), dice),
  )
  return { query, name, version, at: Date.UTC(2026, 10, 26, 8, seed % 60), answers }
}

const resultOf = (code: string): Result => {
  const read = readResult(code)
  if ('fault' in read) throw new Error(read.fault)
  return read.result
}

describe('a task in a link', () => {
  it('has its questions, its language and its deadline, whatever the title', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.constantFrom('en', 'es'), fc.nat(), (title, language, minutes) => {
        const until = minutes * 60_000
        const query = writeRoundTask(
          { topics: ['nat'], length: 5, seed: 3, level: 2, focus: [] },
          { title, language, until },
        )
        const task = taskOf(new URL(`http://192.0.2.1/#/class/task?${query}`).hash.split('?').slice(1).join('?'))
        expect(task).toMatchObject({ title: title.trim(), language, until })
        expect(task.plan).toHaveLength(5)
      }),
      { numRuns: 50 },
    )
  })

  it('can be a question set, but not with own questions', () => {
    const items = TEMPLATES.slice(0, 3).map(({ id }, at) => ({ key: at + 1, template: id, count: 2, fixed: {} }))
    const written = writeSetTask({ title: 'A', seed: 5, items }, HOW)
    expect('query' in written && taskOf(written.query).plan).toHaveLength(6)
    const own = { kind: 'choose' as const, stem: 'x', options: [], explanation: '' }
    expect(writeSetTask({ title: 'A', seed: 5, items: [{ key: 1, own }] }, HOW)).toEqual({ fault: 'own-questions' })
    expect(writeSetTask({ title: 'A', seed: 5, items: [] }, HOW)).toEqual({ fault: 'empty' })
  })

  it('is refused when it is none, whatever stands in it', () => {
    expect(readTask('')).toEqual({ fault: 'unreadable' })
    expect(readTask('l=en&q=r%3Fn%3D5')).toEqual({ fault: 'unreadable' })
    expect(readTask('l=xx&q=r%3Fn%3D5%26s%3D1')).toEqual({ fault: 'unreadable' })
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(() => readTask(`${QUERY.slice(0, 20)}${a}&q=${b}`)).not.toThrow()
      }),
    )
  })

  it('gives neighbours other numbers', () => {
    const stems = [0, 1, 2].map((version) => JSON.stringify(versionOf(taskOf(QUERY), version)))
    expect(new Set(stems).size).toBe(3)
  })
})

describe('a code that is handed in', () => {
  it('has the answers of every kind of question in it', () => {
    const seen = new Set<string>()
    for (let seed = 0; seed < 30; seed++) {
      const query = writeRoundTask({ topics: [], length: 20, seed, level: 3, focus: [] }, HOW)
      const result = someResult(query, seed, 'Zoë Ωmega')
      expect(resultOf(writeResult(result))).toEqual(result)
      for (const answer of result.answers) if (answer) seen.add(answer.kind)
    }
    expect([...seen].toSorted()).toEqual(['choose', 'match', 'order', 'predict', 'several', 'type'])
  })

  it('is short enough for a chat, and survives line breaks in it', () => {
    const code = writeResult(someResult(QUERY, 4))
    expect(code.length).toBeLessThan(320)
    expect(readResult(code.replaceAll(/(.{40})/g, '$1\r\n '))).toEqual(readResult(code))
  })

  it('is refused after any of 10,000 mutations, and nothing breaks', () => {
    const dice = random(12)
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    let refused = 0
    for (let turn = 0; turn < 10_000; turn++) {
      const code = writeResultOnce(turn % 20)
      const at = dice.int(0, code.length - 1)
      const kind = dice.int(0, 3)
      const letter = dice.pick(letters.split('').filter((one) => one !== code[at]))
      const mutated =
        kind === 0
          ? code.slice(0, at) + letter + code.slice(at + 1)
          : kind === 1
            ? code.slice(0, at) + code.slice(at + dice.int(1, 4))
            : kind === 2
              ? code.slice(0, at) + letter + code.slice(at)
              : code.slice(0, at) + code.slice(at).split('').toReversed().join('')
      if (mutated === code) {
        refused++
        continue
      }
      if ('fault' in readResult(mutated)) refused++
    }
    expect(refused).toBe(10_000)
  })

  it('is none when it is anything else', () => {
    expect(readResult('')).toEqual({ fault: 'not-a-code' })
    expect(readResult('hello')).toEqual({ fault: 'not-a-code' })
    expect(readResult('PA2-abc')).toEqual({ fault: 'newer-version' })
    expect(readResult('PA1-abc')).toEqual({ fault: 'damaged' })
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect('fault' in readResult(`PA1-${text}`)).toBe(true)
      }),
    )
  })

  it('is found among others in what somebody has pasted', () => {
    const codes = [1, 2, 3].map((seed) => writeResult(someResult(QUERY, seed)))
    expect(codesIn(`\n${codes[0]},  ${codes[1]}\r\n${codes[2]};`)).toEqual(codes)
  })
})

const written = new Map<number, string>()
function writeResultOnce(seed: number): string {
  const known = written.get(seed) ?? writeResult(someResult(QUERY, seed))
  written.set(seed, known)
  return known
}

describe('the report of codes', () => {
  const task = taskOf(QUERY)
  const results = Array.from({ length: 25 }, (_, seed) => someResult(QUERY, seed, `Learner ${seed}`))

  it('counts every answer once, by the numbers that each had', () => {
    const report = reportOf(task, results, true)
    expect(readReport(writeReport(report))).toEqual({ report })
    const { questions, people } = findingsOf(report)
    for (const [place, { right }] of questions.entries())
      expect(right.of).toBe(results.filter(({ answers }) => answers[place]).length)
    expect(people?.map(({ answered }) => answered)).toEqual(
      results.map(({ answers }) => answers.filter((answer) => answer !== undefined).length),
    )
  })

  it('names nobody unless that is wanted, and knows who was late', () => {
    expect(JSON.stringify(reportOf(task, results, false))).not.toContain('Learner')
    expect(isLate(task, { ...someResult(QUERY, 1), at: HOW.until + 60_000 })).toBe(true)
    expect(isLate(task, { ...someResult(QUERY, 1), at: HOW.until })).toBe(false)
    expect(findingsOf(reportOf(task, [], false)).ideas).toEqual([])
  })
})
