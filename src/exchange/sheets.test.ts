import { existsSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { parse } from 'papaparse'
import { describe, expect, it } from 'vitest'
import type { OwnQuestion } from '../quiz/set'
import { isFormula } from './csv'
import { everyTemplate, mutated, nastyQuestion, ownSet, paperOf, textOf, WANTED, words } from './papers.test-support'
import { readCsv } from './read-csv'
import { toLine, toPlain } from './rich'
import {
  BLOOKET_HEADER,
  GIMKIT_HEADER,
  WAYGROUND_HEADER,
  ZIPGRADE_HEADER,
  blackboard,
  blooket,
  gimkit,
  wayground,
  zipgrade,
} from './sheets'
import type { Paper, Task } from './task'
import type { Target, Wanted } from './target'

const exported = async (target: Target, papers: readonly Paper[], wanted: Wanted = WANTED) => {
  const prepared = target.prepare(papers, words.sheet, wanted)
  const [file] = await prepared.write()
  return { ...prepared, name: file?.name ?? '', text: textOf(file?.content) }
}

const rowsOf = (text: string): string[][] => parse<string[]>(text).data

const choose = (stem: string, ...options: readonly string[]): OwnQuestion => ({
  kind: 'choose',
  stem,
  options: options.map((text, index) => ({ text, right: index === 0, feedback: '' })),
  explanation: 'Because **IANA** says so.',
})

const SSH = choose('Which port has `ssh`?', '22', '23', '25')
const SEVERAL: OwnQuestion = {
  kind: 'several',
  stem: 'Which are for mail?',
  options: ['25', '443', '587'].map((text) => ({ text, right: text !== '443', feedback: '' })),
  explanation: '',
}
const TYPED: OwnQuestion = {
  kind: 'type',
  stem: 'Which port has HTTPS?',
  options: [
    { text: '443', right: true, feedback: '' },
    { text: '80', right: false, feedback: 'That is HTTP.' },
  ],
  explanation: '',
}

describe('headers', () => {
  const LAYOUTS = '../shared/export-layouts.md'

  it('of Blooket: a title of eight fields, then its columns; CRLF, no byte-order mark', async () => {
    const { text } = await exported(blooket, [paperOf(ownSet([SSH]))])
    expect(text.split('\r\n').slice(0, 2)).toEqual([
      'Blooket Import Template,,,,,,,',
      'Question #,Question Text,Answer 1,Answer 2,Answer 3 (Optional),Answer 4 (Optional),Time Limit (sec) (Max: 300 seconds),Correct Answer(s) (Only include Answer #)',
    ])
    expect(text.replaceAll('\r\n', '')).not.toContain('\n')
    expect(text.charCodeAt(0)).not.toBe(0xfeff)
  })

  it('of Gimkit: a title of five fields, then its columns', async () => {
    const { text } = await exported(gimkit, [paperOf(ownSet([SSH]))])
    expect(text.split('\r\n').slice(0, 2)).toEqual([
      'Gimkit Spreadsheet Import Template,,,,',
      'Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2 (Optional),Incorrect Answer 3 (Optional)',
    ])
  })

  it('of Wayground: its columns, then help in words', async () => {
    const { text } = await exported(wayground, [paperOf(ownSet([SSH]))])
    expect(text.split('\r\n')[0]).toBe(
      'Question Text,Question Type,Option 1,Option 2,Option 3,Option 4,Option 5,Correct Answer,Time in seconds,Image Link,Answer explanation',
    )
    expect(rowsOf(text)[1]?.[0]).toContain('required')
  })

  it('of a ZipGrade key, without a byte-order mark', async () => {
    const { text } = await exported(zipgrade, [paperOf(ownSet([SSH]))])
    expect(text.split('\r\n')[0]).toBe('Key Letter,Question Number,Response/Mapping,Point Value')
    expect(text.charCodeAt(0)).not.toBe(0xfeff)
  })

  it.runIf(existsSync(LAYOUTS))('are those that were gathered from the vendors, to the letter', () => {
    const gathered = readFileSync(LAYOUTS, 'utf8')
    for (const header of [BLOOKET_HEADER, GIMKIT_HEADER, ZIPGRADE_HEADER]) expect(gathered).toContain(header.join(','))
    const [from, to] = [WAYGROUND_HEADER.slice(0, 3), WAYGROUND_HEADER.slice(6)]
    expect(gathered).toContain(`${from.join(',')},…,${to.join(',')}`)
  })
})

describe('rows', () => {
  it('of Blooket have the time, and the right answer by its place', async () => {
    const paper = paperOf(ownSet([SSH]))
    const [task] = paper.tasks
    const { text } = await exported(blooket, [paper], { split: false, seconds: 60 })
    const [, , row = []] = rowsOf(text)
    expect(row).toHaveLength(8)
    expect([row[0], row[1], row[6]]).toEqual(['1', 'Which port has ssh?', '60'])
    expect(row[1 + Number(row[7])]).toBe('22')
    expect(task?.body.kind).toBe('choose')
  })

  it('of Gimkit have the right answer first', async () => {
    const { text } = await exported(gimkit, [paperOf(ownSet([SSH]))])
    const [, , row = []] = rowsOf(text)
    expect(row[1]).toBe('22')
    expect(row.slice(2).toSorted()).toEqual(['', '23', '25'])
  })

  it('of Wayground have the explanation, and blanks with their answers', async () => {
    const { text } = await exported(wayground, [paperOf(ownSet([SSH, TYPED]))])
    const [, , chosen = [], typed = []] = rowsOf(text)
    expect(chosen[10]).toBe('Because IANA says so.')
    expect(chosen[1 + Number(chosen[7])]).toBe('22')
    expect(typed.slice(0, 8)).toEqual(['Which port has HTTPS?', 'Fill-in-the-Blank', '443', '', '', '', '', ''])
  })

  it('of a ZipGrade key have the letters of the printed sheet, for each variant', async () => {
    const set = ownSet([SSH, TYPED, SEVERAL])
    const papers = [paperOf(set, 'A'), paperOf(set, 'B')]
    const { text, unfit } = await exported(zipgrade, papers)
    const letters = (paper: Paper, number: number) => {
      const body = paper.tasks[number - 1]?.body
      return body && 'options' in body
        ? body.options.map(({ right }, index) => (right ? 'ABCDE'.charAt(index) : '')).join('')
        : ''
    }
    expect(rowsOf(text).slice(1)).toEqual(
      papers.flatMap((paper) => [1, 3].map((number) => [paper.variant, String(number), letters(paper, number), '1'])),
    )
    expect(unfit.map(({ variant, number }) => [variant, number])).toEqual([
      ['A', 2],
      ['B', 2],
    ])
  })

  it('of Blackboard are divided by tabs, one record a line, with no header and no blank line', async () => {
    const { text } = await exported(blackboard, [paperOf(ownSet([SSH, SEVERAL, TYPED]))])
    const lines = text.split('\r\n').map((line) => line.split('\t'))
    expect(lines.map(([kind, stem]) => [kind, stem])).toEqual([
      ['MC', 'Which port has ssh?'],
      ['MA', 'Which are for mail?'],
      ['NUM', 'Which port has HTTPS?'],
    ])
    const said = new Map(
      lines[0]?.slice(2).flatMap((cell, index, cells) => (index % 2 === 0 ? [[cell, cells[index + 1]]] : [])),
    )
    expect(Object.fromEntries(said)).toEqual({ '22': 'correct', '23': 'incorrect', '25': 'incorrect' })
    expect(lines[2]?.slice(2)).toEqual(['443', '0'])
  })

  it('of Blackboard stop at 250, and the questions that are left are named', async () => {
    const many = Array.from({ length: 200 }, (_, index) => choose(`Question ${index}?`, 'a', 'b'))
    const set = ownSet(many)
    const paper = paperOf(set)
    const tasks = [...paper.tasks, ...paper.tasks].map((task, index) => ({ ...task, number: index + 1 }))
    const { text, unfit } = await exported(blackboard, [{ ...paper, tasks }])
    expect(text.split('\r\n')).toHaveLength(250)
    expect(unfit).toHaveLength(150)
    expect(unfit[0]).toEqual({ variant: 'A', number: 251, because: [{ why: 'full', takes: 250 }] })
  })
})

describe('what does not fit', () => {
  it('is named with reason and figure, and left out', async () => {
    const six = choose('Six?', 'a', 'b', 'c', 'd', 'e', 'f')
    const listed = choose('Look:\n\n- one\n- two', 'a', 'b')
    const pictured = choose('![a door](https://example.org/door.png) Which?', 'a', 'b')
    const paper = paperOf({ ...ownSet([SSH, six, listed, TYPED, SEVERAL, pictured]), images: true })
    const { text, unfit } = await exported(blooket, [paper])
    expect(unfit.map(({ number, because }) => [number, ...because])).toEqual([
      [2, { why: 'many-options', has: 6, takes: 4 }],
      [3, { why: 'form' }],
      [4, { why: 'kind', kind: 'type' }],
      [5, { why: 'any-of-several' }],
      [6, { why: 'form' }],
    ])
    expect(rowsOf(text)).toHaveLength(3)
  })

  it('is what a tool prints in more than one line; one line is put behind the question', () => {
    for (const task of paperOf(everyTemplate(5)).tasks) {
      const { unfit } = gimkit.prepare([{ ...paperOf(ownSet([])), tasks: [task] }], words.sheet, WANTED)
      const long = task.views.some((view) => view.kind === 'text' && view.lines.length > 1)
      if (long)
        expect(unfit[0]?.because.some(({ why }) => why === 'views' || why === 'kind' || why === 'any-of-several')).toBe(
          true,
        )
    }
  })

  it('may be asked as one yes-or-no question for each option', async () => {
    const paper = paperOf(ownSet([SEVERAL]))
    const { text, unfit, changes } = await exported(gimkit, [paper], { split: true, seconds: 30 })
    expect(unfit).toEqual([])
    expect(changes).toEqual({ split: [1] })
    const rows = rowsOf(text).slice(2)
    expect(Object.fromEntries(rows.map(([stem, right]) => [stem, right]))).toEqual({
      'Which are for mail? Is this right: 25?': 'yes',
      'Which are for mail? Is this right: 443?': 'no',
      'Which are for mail? Is this right: 587?': 'yes',
    })
  })
})

const SHEETS = [blooket, gimkit, wayground, zipgrade, blackboard]

describe('a spreadsheet that opens the file', () => {
  it('finds no formula, whatever a teacher has written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(nastyQuestion, { minLength: 1, maxLength: 4 }), async (questions) => {
        for (const target of SHEETS) {
          const { text } = await exported(target, [paperOf(ownSet(questions, '=cmd'))], { split: true, seconds: 5 })
          const rows = target.id === 'blackboard' ? text.split('\r\n').map((line) => line.split('\t')) : rowsOf(text)
          for (const cell of rows.flat()) expect(isFormula(cell), cell).toBe(false)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('finds an apostrophe before what would have been one, and the export says so', async () => {
    const paper = paperOf(ownSet([choose('What shows TCP sockets?', '-tan', '=1+1', '+t', '@SUM(A1)')]))
    for (const target of [blooket, gimkit, wayground, blackboard]) {
      const { text, changes } = await exported(target, [paper])
      for (const cell of ["'-tan", "'=1+1", "'+t", "'@SUM(A1)"]) expect(text).toContain(cell)
      expect(changes).toEqual({ apostrophe: [1] })
    }
  })
})

/** What a sheet can keep of a task: the words, and which answers are right. */
const kept = (task: Task, order: boolean) => {
  const { body } = task
  const options =
    'options' in body
      ? body.options.map(({ text, right }) => `${right} ${toLine(text)}`)
      : 'entries' in body
        ? body.entries.filter(({ right }) => right).map(({ text, right }) => `${right} ${text}`)
        : []
  return [toLine(task.stem), order ? options : options.toSorted()]
}

describe('a sheet that is read again', () => {
  it.each([blooket, gimkit, wayground])('has the same questions (%#)', async (target) => {
    await fc.assert(
      fc.asyncProperty(fc.array(nastyQuestion, { minLength: 1, maxLength: 4 }), async (questions) => {
        const paper = paperOf(ownSet(questions))
        const { text, unfit } = await exported(target, [paper])
        const tasks = paper.tasks.filter((task) => !unfit.some(({ number }) => number === task.number))
        const read = readCsv(text)
        if ('fault' in read) {
          expect([read.fault, tasks]).toEqual(['empty', []])
          return
        }
        expect(read.remarks).toEqual([])
        const order = target.id !== 'gimkit'
        const again = paperOf(ownSet(read.questions)).tasks
        const sorted = (list: readonly Task[]) => list.map((task) => kept(task, false))
        expect(sorted(again)).toEqual(sorted(tasks))
        if (order)
          expect(read.questions.map(({ options }) => options.length)).toEqual(
            tasks.map((task) => (kept(task, true)[1] ?? []).length),
          )
        if (target.id === 'wayground')
          expect(again.map(({ explanation }) => toPlain(explanation).replaceAll(/\s+/g, ' '))).toEqual(
            tasks.map(({ explanation }) => toPlain(explanation).replaceAll(/\s+/g, ' ').trim()),
          )
      }),
      { numRuns: 200 },
    )
  })

  it('may have a plain header, semicolons, and the answer in place of its number', () => {
    const read = readCsv(
      '\ufeffPregunta;Opción 1;Opción 2;Correcta;Explicación\n¿SSH?;22;23;1;IANA\n¿HTTPS?;80;443;443;\n',
    )
    expect(read).toEqual({
      questions: [
        {
          kind: 'choose',
          stem: '¿SSH?',
          options: [
            { text: '22', right: true, feedback: '' },
            { text: '23', right: false, feedback: '' },
          ],
          explanation: 'IANA',
        },
        {
          kind: 'choose',
          stem: '¿HTTPS?',
          options: [
            { text: '80', right: false, feedback: '' },
            { text: '443', right: true, feedback: '' },
          ],
          explanation: '',
        },
      ],
      remarks: [],
    })
  })

  it('keeps the rows that are valid and names the line of those that are not', () => {
    const file = [
      'Question Text,Question Type,Option 1,Option 2,Correct Answer',
      '"Two',
      'lines?",Multiple Choice,a,b,1',
      'Draw it,Draw,,,',
      'No right one,Multiple Choice,a,b,7',
      '"An open quote,Multiple Choice,a,b,1',
      'Still here,,a,b,2',
      'The same twice,,a,a,1',
      ',,a,b,1',
    ].join('\r\n')
    const read = readCsv(file)
    if ('fault' in read) return expect.fail(read.fault)
    expect(read.questions.map(({ stem }) => stem)).toEqual(['Two\nlines?', 'Still here'])
    expect(read.remarks.map(({ line, why }) => [line, why])).toEqual([
      [4, 'kind'],
      [5, 'right-place'],
      [6, 'open-quote'],
      [8, 'twins'],
      [9, 'no-stem'],
    ])
  })

  it('is refused when it is too large, has no header or nothing in it', () => {
    expect(readCsv('x'.repeat(3_000_000))).toEqual({ fault: 'too-large' })
    expect(readCsv('a,b\n1,2\n')).toEqual({ fault: 'no-header' })
    expect(readCsv('')).toEqual({ fault: 'empty' })
    expect(readCsv('Question,Correct Answer,Incorrect Answer 1\n')).toEqual({ fault: 'empty' })
  })

  it('never breaks the reader, however it is damaged', async () => {
    const paper = paperOf(ownSet(fc.sample(nastyQuestion, { numRuns: 6, seed: 4 })))
    const { text } = await exported(wayground, [paper], { split: true, seconds: 30 })
    fc.assert(
      fc.property(mutated(text), (damaged) => {
        expect(readCsv(damaged)).toBeDefined()
      }),
      { numRuns: 10_000 },
    )
  })

  it('takes no time to speak of when every line of a large file opens a quotation mark', () => {
    const file = `Question,Correct Answer,Incorrect Answer 1\n${'"x,y,z\n'.repeat(200_000)}`
    const read = readCsv(file)
    expect('remarks' in read && read.remarks.length).toBeGreaterThan(1000)
  })
})
