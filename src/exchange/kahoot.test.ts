import { existsSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { readSheet } from 'read-excel-file/universal'
import { describe, expect, it } from 'vitest'
import type { OwnQuestion } from '../quiz/set'
import { KAHOOT_HEADER, KAHOOT_HEADER_ROW, kahoot } from './kahoot'
import { nastyQuestion, ownSet, paperOf, WANTED, words } from './papers.test-support'
import { readXlsx } from './read-xlsx'
import { toLine } from './rich'
import type { Paper, Task } from './task'
import { lengthOf } from './target'

const exported = async (paper: Paper) => {
  const prepared = kahoot.prepare([paper], words.sheet, WANTED)
  const [file] = await prepared.write()
  const bytes = typeof file?.content === 'object' ? file.content : new Uint8Array()
  return { ...prepared, name: file?.name, bytes }
}

const choose = (stem: string, ...options: readonly string[]): OwnQuestion => ({
  kind: 'choose',
  stem,
  options: options.map((text, index) => ({ text, right: index === 0, feedback: '' })),
  explanation: '',
})

describe("Kahoot's sheet", () => {
  it('has its headers on row 8 from column B, to the letter, and the questions from row 9', async () => {
    const paper = paperOf(ownSet([choose('Which port has SSH?', '22', '23', '25'), choose('And HTTPS?', '443', '80')]))
    const { bytes, name } = await exported(paper)
    expect(name).toBe('own-kahoot.xlsx')
    const rows = await readSheet(new Blob([bytes]), { trim: false })
    expect(rows[7]).toEqual([
      null,
      'Question - max 120 characters',
      'Answer 1 - max 75 characters',
      'Answer 2 - max 75 characters',
      'Answer 3 - max 75 characters',
      'Answer 4 - max 75 characters',
      'Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs',
      'Correct answer(s) - choose at least one',
    ])
    expect(rows).toHaveLength(10)
    expect(rows.slice(8).map(([number, stem, , , , , seconds]) => [number, stem, seconds])).toEqual([
      [1, 'Which port has SSH?', 30],
      [2, 'And HTTPS?', 30],
    ])
    for (const [index, right] of ['22', '443'].entries()) {
      const row = rows[8 + index] ?? []
      expect(row[1 + Number(row[7])]).toBe(right)
    }
  })

  const LAYOUTS = '../shared/export-layouts.md'
  it.runIf(existsSync(LAYOUTS))('has the headers that were gathered', () => {
    const gathered = readFileSync(LAYOUTS, 'utf8')
    expect(KAHOOT_HEADER_ROW).toBe(8)
    for (const header of KAHOOT_HEADER.filter((one) => !one.startsWith('Answer')))
      expect(gathered).toContain(`"${header}"`)
    expect(gathered).toContain('"Answer n - max 75 characters"')
  })

  it('counts characters, not units of UTF-16, and names what is too long with its figures', async () => {
    const stem = `${'😀'.repeat(119)}?`
    const answer = '🔒'.repeat(75)
    const { unfit } = await exported(
      paperOf(
        ownSet([
          choose(stem, answer, 'b'),
          choose(`${stem}!?`, `${answer}!`, 'b'),
          choose('Five?', 'a', 'b', 'c', 'd', 'e'),
        ]),
      ),
    )
    expect(unfit.map(({ number, because }) => [number, because])).toEqual([
      [
        2,
        [
          { why: 'long-stem', has: 122, takes: 120 },
          { why: 'long-option', text: `${answer}!`, has: 76, takes: 75 },
        ],
      ],
      [3, [{ why: 'many-options', has: 5, takes: 4 }]],
    ])
  })

  it('never cuts a text: what stands in it is what was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(nastyQuestion, { minLength: 1, maxLength: 4 }), async (questions) => {
        const paper = paperOf(ownSet(questions))
        const { unfit, bytes } = await exported(paper)
        const tasks = paper.tasks.filter((task) => !unfit.some(({ number }) => number === task.number))
        const rows = (await readSheet(new Blob([bytes]), { trim: false })).slice(8)
        const said = ({ body, stem }: Task) => [
          toLine(stem),
          ...('options' in body ? body.options.map(({ text }) => toLine(text)) : []),
        ]
        expect(rows.map(([, ...cells]) => cells.slice(0, 5).filter((cell) => cell !== null))).toEqual(
          tasks.map((task) => said(task)),
        )
        for (const [, stem, ...cells] of rows) {
          expect(lengthOf(String(stem))).toBeLessThanOrEqual(120)
          for (const cell of cells.slice(0, 4)) expect(lengthOf(String(cell ?? ''))).toBeLessThanOrEqual(75)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('has every text in a cell of type text: no formula, whatever it begins with', async () => {
    const { bytes } = await exported(paperOf(ownSet([choose('=1+1', '=cmd()', '+a', '-b', '@c')], '=title')))
    const parts = unzipSync(bytes)
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
    expect(sheet).not.toContain('<f>')
    for (const [, type, cell] of sheet.matchAll(/<c ([^>]*)>(.*?)<\/c>/g))
      if (/\D/.test(cell?.replaceAll(/<[^>]*>/g, '') ?? '')) expect(type).toMatch(/t="(?:s|inlineStr|str)"/)
  })

  it('has the same questions when it is read again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(nastyQuestion, { minLength: 1, maxLength: 4 }), async (questions) => {
        const paper = paperOf(ownSet(questions))
        const { unfit, bytes } = await exported(paper)
        const tasks = paper.tasks.filter((task) => !unfit.some(({ number }) => number === task.number))
        const read = await readXlsx(bytes)
        if ('fault' in read) {
          expect([read.fault, tasks]).toEqual(['empty', []])
          return
        }
        const kept = ({ body, stem }: Task) => [
          toLine(stem),
          'options' in body ? body.options.map(({ text, right }) => `${right} ${toLine(text)}`).toSorted() : [],
        ]
        expect(read.remarks).toEqual([])
        expect(paperOf(ownSet(read.questions)).tasks.map((task) => kept(task))).toEqual(tasks.map((task) => kept(task)))
      }),
      { numRuns: 60 },
    )
  })

  it('is refused when it is no sheet, or would unpack to more than a sheet has', async () => {
    expect(await readXlsx(new Uint8Array([1, 2, 3]))).toEqual({ fault: 'not-a-sheet' })
    expect(await readXlsx(new Uint8Array(zipSync({ 'a.txt': strToU8('no sheet') })))).toEqual({ fault: 'not-a-sheet' })
    const bomb = new Uint8Array(zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(30_000_000) }))
    expect(bomb.length).toBeLessThan(100_000)
    expect(await readXlsx(bomb)).toEqual({ fault: 'too-large' })
  })

  it('never breaks the reader, however it is damaged', async () => {
    const { bytes } = await exported(paperOf(ownSet([choose('Which?', 'a', 'b')])))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 8 }),
        fc.nat({ max: bytes.length }),
        fc.boolean(),
        async (changes, end, cut) => {
          const damaged = bytes.slice(0, cut ? end : bytes.length)
          for (const [at, byte] of changes) damaged[at] = byte
          expect(await readXlsx(damaged)).toBeDefined()
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('says so of a question with several right answers, because Kahoot is content with one of them', async () => {
    const several: OwnQuestion = {
      ...choose('Which?', 'a', 'b', 'c'),
      kind: 'several',
      options: ['a', 'b', 'c'].map((text) => ({ text, right: text !== 'c', feedback: '' })),
    }
    const paper = paperOf(ownSet([several]))
    expect((await exported(paper)).unfit[0]?.because).toEqual([{ why: 'any-of-several' }])
    expect(kahoot.prepare([paper], words.sheet, { split: true, seconds: 20 }).fitting).toBe(3)
  })
})
